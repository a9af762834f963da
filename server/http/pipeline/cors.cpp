#include <algorithm>

#include "http/pipeline/steps.hpp"

namespace fitview::http {
namespace {

constexpr std::string_view allowed_headers =
    "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, Prefer, "
    "X-Request-Id, "
    "traceparent";
constexpr std::string_view exposed_headers =
    "ETag, Idempotency-Replayed, Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, "
    "X-Request-Id";

bool is_allowed(const Exchange& exchange, std::string_view origin) {
    const auto& origins = exchange.ports->settings.allowed_origins;
    return std::find(origins.begin(), origins.end(), origin) != origins.end();
}

}  // namespace

std::optional<Response> answer_preflight(const Exchange& exchange, const Router& router) {
    const Headers& headers = exchange.request.headers;
    if (exchange.request.method != Method::options || !headers.has("Origin") ||
        !headers.has("Access-Control-Request-Method")) {
        return std::nullopt;
    }
    const std::string allowed = router.allowed(exchange.request.path());
    if (allowed.empty()) return std::nullopt;
    Response response;
    response.status = 204;
    response.headers.add("Allow", allowed);
    // Without the allow headers the browser refuses; an origin that is not ours learns nothing.
    if (is_allowed(exchange, headers.get("Origin"))) {
        response.headers.add("Access-Control-Allow-Methods", allowed);
        response.headers.add("Access-Control-Allow-Headers", allowed_headers);
        response.headers.add("Access-Control-Max-Age", "600");
    }
    return response;
}

void add_cors_headers(const Exchange& exchange, Response& response) {
    const auto origin = exchange.request.headers.find("Origin");
    // Caches must keep answers to different origins apart, also the answer to a call that named none.
    response.headers.add("Vary", "Origin");
    if (!origin || !is_allowed(exchange, *origin)) return;
    response.headers.add("Access-Control-Allow-Origin", *origin);
    if (exchange.request.method != Method::options)
        response.headers.add("Access-Control-Expose-Headers", exposed_headers);
}

}  // namespace fitview::http
