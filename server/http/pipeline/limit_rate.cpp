#include <algorithm>

#include "http/client_address.hpp"
#include "http/pipeline/steps.hpp"
#include "telemetry/log.hpp"
#include "telemetry/metrics.hpp"

namespace fitview::http {
namespace {

const RateRule& rule_of(const Exchange& exchange) {
    static const RateRule none;
    const RateRules& rules = exchange.ports->settings.rates;
    switch (exchange.route->limit) {
        case Limit::none:
            return none;
        case Limit::tryon:
            return rules.tryon;
        default:
            return rules.normal;
    }
}

std::string_view name_of(Limit limit) {
    return limit == Limit::tryon ? "tryon" : "default";
}

void refuse_if_over(Exchange& exchange, const storage::RateDecision& decision) {
    exchange.rate = decision;
    if (decision.allowed) return;
    throw Failure(FailureCode::rate_limited, "Too many calls: try again later.")
        .retry_after(std::max(1, decision.reset_seconds));
}

void count(Exchange& exchange, const std::string& who) {
    const auto& rule = rule_of(exchange);
    if (!rule) return;
    std::string key(name_of(exchange.route->limit));
    key += ' ';
    key += who;
    storage::RateDecision decision;
    try {
        decision = exchange.ports->limiter.take(key, *rule);
    } catch (const Unavailable& gone) {
        // A limiter that is away must not take the shop with it; sign-in attempts, below, are not let through
        // uncounted.
        exchange.ports->log.warning("rate limiter unavailable", {{"fault", gone.what()}});
        exchange.ports->metrics.counter("fitview_rate_limiter_failures_total", "Calls let through uncounted").add();
        return;
    }
    refuse_if_over(exchange, decision);
}

}  // namespace

void limit_by_address(Exchange& exchange) {
    if (!exchange.identity) count(exchange, "address " + rate_address(exchange.client_address));
}

void limit_by_user(Exchange& exchange) {
    if (exchange.identity) count(exchange, "user " + exchange.identity->user_id.str());
}

void count_login_attempt(Exchange& exchange, const std::string& key) {
    const auto& rule = exchange.ports->settings.rates.login;
    if (rule) refuse_if_over(exchange, exchange.ports->limiter.take("login " + key, *rule));
}

void add_rate_headers(const Exchange& exchange, Response& response) {
    if (!exchange.rate) return;
    response.headers.set("RateLimit-Limit", std::to_string(exchange.rate->limit));
    response.headers.set("RateLimit-Remaining", std::to_string(exchange.rate->remaining));
    response.headers.set("RateLimit-Reset", std::to_string(exchange.rate->reset_seconds));
}

}  // namespace fitview::http
