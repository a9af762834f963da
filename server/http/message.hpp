#pragma once
// Requests and responses as plain values, independent of the library that reads and writes them.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace fitview::http {

enum class Method { get, head, post, put, patch, del, options, other };

/// "GET", …; an unknown method is `other`.
Method method_of(std::string_view name);
std::string_view name_of(Method method);

/// Whether the two are equal but for the case of ASCII letters.
bool equal_ignoring_case(std::string_view left, std::string_view right);

/// Header fields in the order they came. Names compare without case.
class Headers {
public:
    using Field = std::pair<std::string, std::string>;

    /// The first field of that name, or nothing.
    std::optional<std::string_view> find(std::string_view name) const;
    /// The first field of that name, or an empty text.
    std::string_view get(std::string_view name) const { return find(name).value_or(std::string_view()); }
    std::vector<std::string_view> all(std::string_view name) const;
    bool has(std::string_view name) const { return find(name).has_value(); }
    /// All fields of that name joined with ", ", as lists are.
    std::string joined(std::string_view name) const;

    void add(std::string_view name, std::string_view value) { fields_.emplace_back(name, value); }
    /// Replaces every field of that name.
    void set(std::string_view name, std::string_view value);
    void set_if_absent(std::string_view name, std::string_view value);
    void remove(std::string_view name);

    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }
    std::size_t size() const { return fields_.size(); }

private:
    std::vector<Field> fields_;
};

/// Names and values of a query string, decoded, in order.
using TextFields = std::vector<std::pair<std::string, std::string>>;

/// One request with its whole body.
struct Request {
    Method method = Method::get;
    std::string method_name = "GET";
    std::string target = "/";  ///< as sent: path and query
    int version = 11;          ///< 10 or 11
    Headers headers;
    std::string body;
    std::string peer;     ///< address of the other end of the connection, without port
    bool secure = false;  ///< whether this connection itself is encrypted

    std::string_view path() const { return std::string_view(target).substr(0, target.find('?')); }
    std::string_view raw_query() const {
        const auto mark = target.find('?');
        return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
    }
};

class EventChannel;

/// Bytes made while they are sent. `next` appends some bytes and says whether more may follow; it runs on a worker.
struct StreamedBody {
    std::function<bool(std::string& chunk)> next;
};

/// A part of the file system sent without being read into memory at once.
struct FileBody {
    std::string path;
    std::uint64_t size = 0;
};

/// Server-sent events. `begin` runs on a worker once the answer is on its way.
struct EventsBody {
    std::shared_ptr<EventChannel> channel;
    std::function<void()> begin;
};

using SharedBytes = std::shared_ptr<const std::string>;
using ResponseBody = std::variant<std::string, SharedBytes, FileBody, StreamedBody, EventsBody>;

struct Response {
    int status = 200;
    Headers headers;
    ResponseBody body;

    /// The bytes when the body is held in memory, else an empty text.
    std::string_view bytes() const;
    /// The size when it is known before sending.
    std::optional<std::uint64_t> size() const;
};

/// The standard text of a status, "OK" for 200.
std::string_view reason_of(int status);

}  // namespace fitview::http
