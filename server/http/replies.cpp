#include "http/replies.hpp"

#include <sys/stat.h>

#include "base/failure.hpp"
#include "http/endpoint.hpp"
#include "http/event_channel.hpp"

namespace fitview::http {
namespace {

/// A file name as a quoted text: what could end or break the header is left out.
std::string attachment(std::string_view name) {
    std::string value = "attachment; filename=\"";
    for (const char letter : name) {
        if (letter >= 0x20 && letter != '"' && letter != '\\' && letter != 0x7f) value += letter;
    }
    return value + '"';
}

void set_if_said(Headers& headers, std::string_view name, std::string_view value) {
    if (!value.empty()) headers.set(name, value);
}

template <class T>
Response described(const T& reply) {
    Response response;
    response.headers.set("Content-Type", reply.content_type);
    if (!reply.download_name.empty()) response.headers.set("Content-Disposition", attachment(reply.download_name));
    return response;
}

}  // namespace

Bytes bytes(std::string content, std::string content_type, std::string_view cache_control) {
    return {.content = std::make_shared<const std::string>(std::move(content)),
            .content_type = std::move(content_type),
            .cache_control = std::string(cache_control),
            .etag = {},
            .download_name = {}};
}

Response json_response(int status, std::string json) {
    Response response;
    response.status = status;
    response.headers.add("Content-Type", "application/json");
    response.body = std::move(json);
    return response;
}

Response respond(Bytes reply) {
    Response response = described(reply);
    set_if_said(response.headers, "Cache-Control", reply.cache_control);
    set_if_said(response.headers, "ETag", reply.etag);
    response.body = std::move(reply.content);
    return response;
}

Response respond(File reply) {
    struct stat status {};
    if (::stat(reply.path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) throw not_found("file");
    Response response = described(reply);
    set_if_said(response.headers, "Cache-Control", reply.cache_control);
    set_if_said(response.headers, "ETag", reply.etag);
    response.body = FileBody{std::move(reply.path), static_cast<std::uint64_t>(status.st_size)};
    return response;
}

Response respond(Stream reply) {
    Response response = described(reply);
    response.body = StreamedBody{std::move(reply.next)};
    return response;
}

Response respond(EventStream reply) {
    Response response;
    response.headers.set("Content-Type", "text/event-stream");
    response.headers.set("Cache-Control", cache::personal);
    response.headers.set("X-Accel-Buffering", "no");  // reverse proxies must not hold events back
    auto channel = std::make_shared<EventChannel>(std::move(reply.poll), reply.interval);
    response.body = EventsBody{channel, [channel, begin = std::move(reply.begin)] { begin(EventSender(channel)); }};
    return response;
}

Response respond(const Redirect& reply) {
    Response response;
    response.status = 303;
    response.headers.set("Location", reply.location);
    return response;
}

}  // namespace fitview::http
