// The order of the steps, with the reason beside each. The contract fixes most of it (api-contract, "Order of checks").
#include "http/pipeline/access_log.hpp"
#include "http/pipeline/pipeline.hpp"
#include "http/pipeline/steps.hpp"
#include "telemetry/metrics.hpp"

namespace fitview::http {

struct Pipeline::RouteMetrics : RouteNumbers {
    using RouteNumbers::RouteNumbers;
};

Pipeline::Pipeline(const Router& router, const Ports& ports)
    : router_(router),
      ports_(ports),
      other_metrics_(std::make_unique<RouteMetrics>(ports.metrics, "other", "none")),
      in_flight_(ports.metrics.gauge("fitview_http_requests_in_flight", "Requests whose answer is not made yet")) {
    for (const Route& route : router.routes()) {
        route_metrics_.push_back(
            std::make_unique<RouteMetrics>(ports.metrics, std::string(name_of(route.method)), route.path));
    }
}

Pipeline::~Pipeline() = default;

template <class Steps>
std::optional<Response> Pipeline::guarded(Exchange& exchange, const Steps& steps) const {
    // The failure step: below it anything may throw, above it nothing may.
    try {
        return steps();
    } catch (const Failure& failure) {
        return failure_response(exchange, failure);
    } catch (const Unavailable& gone) {
        return unavailable_response(exchange, gone.what());
    } catch (const std::exception& fault) {
        return internal_response(exchange, fault.what());
    } catch (...) {
        return internal_response(exchange, "an exception of an unknown type");
    }
}

std::optional<Response> Pipeline::open(Exchange& exchange, std::optional<std::uint64_t> announced) const {
    in_flight_.add(1);
    exchange.ports = &ports_;
    exchange.arrived = std::chrono::steady_clock::now();
    exchange.due = exchange.arrived + std::chrono::seconds(30);
    name_request(exchange);  // first, so that every answer, even a refusal, carries its id
    return guarded(exchange, [&]() -> std::optional<Response> {
        // Browsers ask without a token and without counting against anyone.
        if (auto response = answer_preflight(exchange, router_)) return response;
        try {
            locate_route(exchange, router_);  // 404, 405: everything after it depends on the route
        } catch (const Failure& failure) {
            Response response = failure_response(exchange, failure);
            if (failure.code() == FailureCode::method_not_allowed) {
                response.headers.set("Allow", router_.allowed(exchange.request.path()));
            }
            return response;
        }
        check_size(exchange, announced);  // 413: before a byte of the body is read
        return std::nullopt;
    });
}

bool Pipeline::may_be_quick(const Exchange& exchange) const {
    return exchange.route->quick && !exchange.request.headers.has("Authorization") && !ports_.limiter_blocks &&
           exchange.route->audit.empty();
}

std::optional<Response> Pipeline::try_quick(Exchange& exchange) const {
    return guarded(exchange, [&]() -> std::optional<Response> {
        limit_by_address(exchange);
        require_token(exchange);
        check_acceptable(exchange);
        decode_inputs(exchange, *exchange.route->quick);
        Outcome outcome = exchange.action->run(exchange);
        if (auto* response = std::get_if<Response>(&outcome)) {
            apply_caching(exchange, *response);
            return std::move(*response);
        }
        return std::nullopt;
    });
}

std::optional<Response> Pipeline::admit(Exchange& exchange) const {
    auto refused = guarded(exchange, [&]() -> std::optional<Response> {
        look_at_token(exchange);     // refuses nothing yet: whose limit counts depends on it
        limit_by_address(exchange);  // before 401, so that guessing tokens is counted like any other call
        require_token(exchange);     // 401
        limit_by_user(exchange);     // needs the user
        require_role(exchange);      // 403; whose row it is, is the service's business
        return std::nullopt;
    });
    if (refused) write_audit(exchange, *refused);
    return refused;
}

Outcome Pipeline::answer(Exchange& exchange) const {
    std::shared_ptr<Waiting> waiting;
    auto response = guarded(exchange, [&]() -> std::optional<Response> {
        if (std::chrono::steady_clock::now() > exchange.due) {
            throw Failure(FailureCode::unavailable, "Too much is going on: try again in a moment.").retry_after(1);
        }
        check_acceptable(exchange);       // 406: before any work
        check_idempotency_key(exchange);  // 400
        decode_inputs(exchange,
                      *exchange.route->endpoint);  // 400, 415, 422 with every fault, 404 for a path of rubbish
        if (auto stored = claim_idempotency_key(exchange)) return stored;  // after decoding: it compares what is meant
        Outcome outcome = exchange.action->run(exchange);                  // existence, ownership, preconditions, rules
        if (auto* made = std::get_if<Response>(&outcome)) return std::move(*made);
        waiting = std::get<std::shared_ptr<Waiting>>(std::move(outcome));
        return std::nullopt;
    });
    if (!response) return waiting;
    settle_idempotency_key(exchange, *response);  // before caching changes the answer
    write_audit(exchange, *response);             // for success and for refusal
    apply_caching(exchange, *response);
    return std::move(*response);
}

Response Pipeline::resume(Exchange& exchange, const Waiting& waiting) const {
    Response response = *guarded(exchange, [&] { return std::optional(waiting.make()); });
    settle_idempotency_key(exchange, response);
    write_audit(exchange, response);
    apply_caching(exchange, response);
    return response;
}

Response Pipeline::refuse(Exchange& exchange, const Failure& failure) const {
    if (!exchange.ports) {
        in_flight_.add(1);
        exchange.ports = &ports_;
        exchange.arrived = std::chrono::steady_clock::now();
        name_request(exchange);
    }
    return failure_response(exchange, failure);
}

void Pipeline::conclude(Exchange& exchange, Response& response) const {
    response.headers.set("X-Request-Id", exchange.request_id);
    response.headers.set_if_absent("Cache-Control", "private, no-store");
    add_rate_headers(exchange, response);
    add_cors_headers(exchange, response);
    add_security_headers(exchange, response);
    write_log(exchange, response.status);
}

void Pipeline::conclude_abandoned(Exchange& exchange) const {
    constexpr int client_closed_request = 499;  // what proxies log in this case
    write_log(exchange, client_closed_request);
}

void Pipeline::write_log(const Exchange& exchange, int status) const {
    in_flight_.add(-1);
    const std::chrono::duration<double> span = std::chrono::steady_clock::now() - exchange.arrived;
    RouteMetrics& numbers = exchange.route ? *route_metrics_[exchange.route->index] : *other_metrics_;
    numbers.count(status, span.count());
    constexpr double milliseconds = 1000;
    write_access_log(exchange, status, span.count() * milliseconds);
}

}  // namespace fitview::http
