#pragma once
// What a handler can return. A described value is 200 with its JSON; `void` is 204; the others are below.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/page.hpp"
#include "http/event_stream.hpp"
#include "http/later.hpp"
#include "http/message.hpp"

namespace fitview::http {

namespace cache {
/// Pictures under addresses whose content never changes.
inline constexpr std::string_view immutable = "public, max-age=604800, immutable";
/// Anything that belongs to a person.
inline constexpr std::string_view personal = "private, no-store";
/// Public documents: may be kept, must be asked about.
inline constexpr std::string_view revalidate = "public, no-cache";
}  // namespace cache

/// 201 with the value; `location` becomes the header unless empty. It is relative to the server, e.g.
/// "/api/v1/products/…".
template <class T>
struct Created {
    T value;
    std::string location;
};
template <class T>
Created<T> created(T value, std::string location = {}) {
    return Created<T>{std::move(value), std::move(location)};
}

/// 202 with the value: the work goes on, `location` is where to look.
template <class T>
struct Accepted {
    T value;
    std::string location;
};
template <class T>
Accepted<T> accepted(T value, std::string location = {}) {
    return Accepted<T>{std::move(value), std::move(location)};
}

/// 200 with the value and its entity tag (quotes included, see revision_etag). `cache_control` overrides the usual one.
template <class T>
struct Tagged {
    T value;
    std::string etag;
    std::string cache_control;
};
template <class T>
Tagged<T> tagged(T value, std::string etag, std::string_view cache_control = {}) {
    return Tagged<T>{std::move(value), std::move(etag), std::string(cache_control)};
}

/// 200 with JSON that was encoded before: the bytes of a T and their entity tag. Nothing is copied.
template <class T>
struct Encoded {
    SharedBytes json;
    std::string etag;
};

/// 503 with the value: the call was understood, and what it tells is that the server cannot serve (health).
template <class T>
struct Unready {
    T value;
};

/// A page as it is; `{"items": […]}` for a plain vector.
template <class T>
Page<T> list(Page<T> page) {
    return page;
}
template <class T>
Items<T> list(std::vector<T> items) {
    return Items<T>{std::move(items)};
}

/// 200 with bytes. `download_name` makes it an attachment.
struct Bytes {
    SharedBytes content;
    std::string content_type;
    std::string cache_control;
    std::string etag;
    std::string download_name;
};
Bytes bytes(std::string content, std::string content_type, std::string_view cache_control = {});

/// 200 with a file, sent in pieces. 404 when it is not there.
struct File {
    std::string path;
    std::string content_type;
    std::string cache_control;
    std::string etag;
    std::string download_name;
};

/// 200 with bytes made while they are sent. `next` appends a piece and says whether more may follow. It runs on a
/// worker.
struct Stream {
    std::function<bool(std::string& piece)> next;
    std::string content_type;
    std::string download_name;
};

/// 303 to another address.
struct Redirect {
    std::string location;
};

/// One of several answers, where the status depends: `OneOf<Created<Session>, Accepted<Session>>`.
template <class... Replies>
struct OneOf {
    std::variant<Replies...> reply;

    template <class Reply>
    requires(std::is_constructible_v<std::variant<Replies...>, Reply>) OneOf(Reply one)
        : reply(std::move(one)) {}  // NOLINT(google-explicit-constructor): a reply is an answer
};

}  // namespace fitview::http
