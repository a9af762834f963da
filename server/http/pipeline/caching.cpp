#include "http/etag.hpp"
#include "http/pipeline/steps.hpp"
#include "http/replies.hpp"

namespace fitview::http {
namespace {

bool is_public(const Exchange& exchange) {
    if (!exchange.route || exchange.route->limit == Limit::none) return false;
    const Access access = exchange.route->access;
    return access == Access::public_ || (access == Access::optional && !exchange.identity);
}

void become_not_modified(Response& response) {
    response.status = 304;
    response.body = std::string();
    response.headers.remove("Content-Type");
    response.headers.remove("Content-Disposition");
}

}  // namespace

void apply_caching(const Exchange& exchange, Response& response) {
    const Method method = exchange.request.method;
    const bool read = method == Method::get || method == Method::head;
    if (response.status != 200 || !read || !is_public(exchange)) {
        response.headers.set_if_absent("Cache-Control", cache::personal);
        if (response.status != 200 || !read) return;
    }
    response.headers.set_if_absent("Cache-Control", cache::revalidate);
    // What everybody may see must not be kept for somebody whose view it is not.
    if (exchange.route->access == Access::optional) response.headers.add("Vary", "Authorization");
    // A tag over the bytes for public documents that bring none; streams have no bytes yet.
    const bool held = response.size() && !std::holds_alternative<FileBody>(response.body);
    if (is_public(exchange) && held && !response.headers.has("ETag")) {
        response.headers.set("ETag", content_etag(response.bytes()));
    }
    const auto etag = response.headers.find("ETag");
    if (!etag || !exchange.request.headers.has("If-None-Match")) return;
    if (names_etag(exchange.request.headers.joined("If-None-Match"), *etag, true).value_or(false))
        become_not_modified(response);
}

}  // namespace fitview::http
