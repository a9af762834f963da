#pragma once
// Bytes to requests: Boost.Beast's HTTP/1 parser writing into our own type, with the limits and the strictness it
// lacks.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/failure.hpp"
#include "http/message.hpp"

namespace fitview::http {

struct ParserLimits {
    std::size_t target_max = 8192;
    std::size_t head_max = 32768;  ///< request line and header fields together
    std::size_t fields_max = 100;
};

/// Parses one request. Not thread-safe.
class RequestParser {
public:
    /// Fills in `request`, which must outlive it.
    RequestParser(Request& request, const ParserLimits& limits);
    ~RequestParser();
    RequestParser(const RequestParser&) = delete;
    RequestParser& operator=(const RequestParser&) = delete;

    /// Reads from the front of `bytes` and returns how many were used up; the rest must be given again with what
    /// follows. Stops after the head until `allow_body` was called.
    std::size_t feed(std::string_view bytes);

    /// Lets the body through, up to `max` bytes.
    void allow_body(std::size_t max);

    bool started() const;
    bool head_done() const;
    bool done() const;
    /// Why the request is refused: malformed_request, uri_too_long, headers_too_large or payload_too_large.
    const std::optional<Failure>& fault() const;

    // after the head
    std::optional<std::uint64_t> content_length() const;
    bool keep_alive() const;

private:
    class Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace fitview::http
