#include "http/client_address.hpp"
#include "http/pipeline/steps.hpp"

namespace fitview::http {

void name_request(Exchange& exchange) {
    const Request& request = exchange.request;
    const auto& proxies = exchange.ports->settings.trusted_proxies;

    const std::string_view asked = request.headers.get("X-Request-Id");
    exchange.request_id = telemetry::is_request_id(asked) ? std::string(asked) : telemetry::new_request_id();
    exchange.trace = telemetry::continue_trace(request.headers.get("traceparent"));

    const bool behind_proxy = is_trusted(request.peer, proxies);
    exchange.client_address = behind_proxy
                                  ? client_address(request.peer, request.headers.joined("X-Forwarded-For"), proxies)
                                  : plain_address(request.peer);
    exchange.secure =
        request.secure || (behind_proxy && equal_ignoring_case(request.headers.get("X-Forwarded-Proto"), "https"));
}

}  // namespace fitview::http
