#include <array>

#include "http/pipeline/steps.hpp"
#include "reflect/json_write.hpp"
#include "telemetry/log.hpp"
#include "telemetry/metrics.hpp"

namespace fitview::http {
namespace {

using telemetry::Level;

struct Refusal {
    FailureCode code;
    int status;
    std::string_view title;
    Level level;  ///< of the log line of a request that ends so
};

/// What each code means outside. Every code has one line; a test walks the enumeration.
using enum FailureCode;
constexpr std::array<Refusal, 32> table{{
    {malformed_request, 400, "The request cannot be read", Level::info},
    {unauthenticated, 401, "Not signed in", Level::info},
    {bad_credentials, 401, "Wrong e-mail address or password", Level::info},
    {token_expired, 401, "The token has expired", Level::info},
    {token_reused, 401, "The token was used before", Level::warning},
    {forbidden, 403, "Not allowed", Level::info},
    {not_found, 404, "Not found", Level::info},
    {method_not_allowed, 405, "Method not allowed", Level::info},
    {not_acceptable, 406, "Not acceptable", Level::info},
    {timeout, 408, "The request was not sent in time", Level::info},
    {conflict, 409, "Conflict", Level::info},
    {email_taken, 409, "The e-mail address is taken", Level::info},
    {insufficient_stock, 409, "Not enough in stock", Level::info},
    {quantity_limit, 409, "Too many of one article", Level::info},
    {cart_full, 409, "The cart is full", Level::info},
    {cart_empty, 409, "The cart is empty", Level::info},
    {ambiguous_line, 409, "Several lines match", Level::info},
    {illegal_transition, 409, "Not possible in this state", Level::info},
    {not_try_on_ready, 409, "Not ready for try-on", Level::info},
    {request_in_progress, 409, "The first request is still running", Level::info},
    {precondition_failed, 412, "Changed in the meantime", Level::info},
    {payload_too_large, 413, "The body is too large", Level::info},
    {uri_too_long, 414, "The address is too long", Level::info},
    {unsupported_media_type, 415, "Unsupported media type", Level::info},
    {invalid_input, 422, "The input is not acceptable", Level::info},
    {consent_required, 422, "Consent is required", Level::info},
    {unusable_picture, 422, "The picture cannot be used", Level::info},
    {idempotency_key_reused, 422, "The idempotency key was used for another request", Level::info},
    {rate_limited, 429, "Too many requests", Level::info},
    {headers_too_large, 431, "The headers are too large", Level::info},
    {internal, 500, "Internal error", Level::error},
    {unavailable, 503, "Temporarily unavailable", Level::warning},
}};

const Refusal& refusal_of(FailureCode code) {
    for (const Refusal& refusal : table) {
        if (refusal.code == code) return refusal;
    }
    return refusal_of(internal);
}

void append_problem(std::string& json, const Problem& problem) {
    json += '{';
    if (problem.pointer) {
        json += R"("pointer":)";
        reflect::write_string(json, *problem.pointer);
    } else {
        json += R"("parameter":)";
        reflect::write_string(json, problem.parameter.value_or(""));
    }
    json += R"(,"detail":)";
    reflect::write_string(json, problem.detail);
    if (problem.stock) json += R"(,"stock":)" + std::to_string(*problem.stock);
    json += '}';
}

std::string problem_json(const Refusal& refusal, const Failure& failure, const std::string& request_id) {
    const std::string_view code = fitview::name_of(refusal.code);
    std::string json = R"({"type":"urn:fitview:problem:)" + std::string(code) + R"(","title":)";
    reflect::write_string(json, refusal.title);
    json += R"(,"status":)" + std::to_string(refusal.status) + R"(,"detail":)";
    reflect::write_string(json, failure.detail());
    json += R"(,"code":")" + std::string(code) + R"(","request_id":)";
    reflect::write_string(json, request_id);
    // 422 always says where; a refusal of the whole body points at its root.
    const bool lacks_place = refusal.status == 422 && failure.problems().empty();
    if (lacks_place || !failure.problems().empty()) {
        json += R"(,"errors":[)";
        if (lacks_place) append_problem(json, at_pointer("", failure.detail()));
        bool first = true;
        for (const Problem& problem : failure.problems()) {
            if (!first) json += ',';
            first = false;
            append_problem(json, problem);
        }
        json += ']';
    }
    return json + '}';
}

void report_undeclared(const Exchange& exchange, FailureCode code) {
    if (!exchange.route || !exchange.action || exchange.route->all_failures().contains(code)) return;
    const Ports& ports = *exchange.ports;
    ports.log.error(
        "a route refused with a code it does not declare",
        {{"route", exchange.route->path}, {"code", fitview::name_of(code)}, {"request_id", exchange.request_id}});
    ports.metrics.counter("fitview_undeclared_failures_total", "Refusals with codes their routes do not declare").add();
    if (ports.on_undeclared) ports.on_undeclared(*exchange.route, code);
}

}  // namespace

int status_of(FailureCode code) {
    return refusal_of(code).status;
}
std::string_view title_of(FailureCode code) {
    return refusal_of(code).title;
}

Response failure_response(Exchange& exchange, const Failure& failure) {
    constexpr int retry_default = 1;
    const Refusal& refusal = refusal_of(failure.code());
    exchange.failure = refusal.code;
    report_undeclared(exchange, refusal.code);
    Response response;
    response.status = refusal.status;
    response.headers.add("Content-Type", "application/problem+json");
    if (refusal.status == 401) {
        response.headers.add("WWW-Authenticate", exchange.token_fault
                                                     ? R"(Bearer realm="fitview", error="invalid_token")"
                                                     : R"(Bearer realm="fitview")");
    }
    const bool waiting_helps = refusal.status == 429 || refusal.status == 503;
    if (failure.retry_after() || waiting_helps) {
        response.headers.add("Retry-After", std::to_string(failure.retry_after().value_or(retry_default)));
    }
    response.body = problem_json(refusal, failure, exchange.request_id);
    return response;
}

Response unavailable_response(Exchange& exchange, std::string_view what) {
    exchange.ports->log.warning("back end unavailable", {{"fault", what}, {"request_id", exchange.request_id}});
    constexpr int retry_seconds = 5;
    return failure_response(
        exchange,
        Failure(unavailable, "A part of the service is away: try again in a moment.").retry_after(retry_seconds));
}

Response internal_response(Exchange& exchange, std::string_view what) {
    exchange.ports->log.error("unexpected exception",
                              {{"fault", what},
                               {"request_id", exchange.request_id},
                               {"route", exchange.route ? std::string_view(exchange.route->path) : ""}});
    return failure_response(exchange, Failure(internal, "Something went wrong on our side."));
}

}  // namespace fitview::http
