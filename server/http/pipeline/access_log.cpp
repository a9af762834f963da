#include "http/pipeline/access_log.hpp"

#include <utility>

#include "telemetry/log.hpp"

namespace fitview::http {

RouteNumbers::RouteNumbers(telemetry::Metrics& metrics, std::string method, std::string route)
    : metrics_(metrics),
      method_(std::move(method)),
      route_(std::move(route)),
      seconds_(metrics.histogram("fitview_http_request_seconds", "Time from the end of a request's head to its answer",
                                 {{"method", method_}, {"route", route_}})) {}

void RouteNumbers::count(int status, double seconds) {
    const auto at = static_cast<std::size_t>(status) % status_max;
    telemetry::Counter* counter = by_status_[at].load(std::memory_order_acquire);
    if (!counter) {
        // Two threads may both look it up; they get the same one.
        counter = &metrics_.counter("fitview_http_requests_total", "Requests by route and status",
                                    {{"method", method_}, {"route", route_}, {"status", std::to_string(status)}});
        by_status_[at].store(counter, std::memory_order_release);
    }
    counter->add();
    seconds_.observe(seconds);
}

void write_access_log(const Exchange& exchange, int status, double milliseconds) {
    using telemetry::Field;
    std::vector<Field> fields;
    fields.reserve(12 + exchange.notes.size());
    fields.emplace_back("endpoint", exchange.request.path());
    fields.emplace_back("method", exchange.request.method_name);
    if (exchange.route) fields.emplace_back("route", exchange.route->path);
    const std::string user = exchange.identity ? exchange.identity->user_id.str() : std::string();
    if (!user.empty()) fields.emplace_back("user_id", user);
    fields.emplace_back("duration_ms", milliseconds);
    fields.emplace_back("status_code", status);
    if (exchange.failure) fields.emplace_back("code", fitview::name_of(*exchange.failure));
    fields.emplace_back("request_id", exchange.request_id);
    fields.emplace_back("trace_id", exchange.trace.trace_id);
    fields.emplace_back("span_id", exchange.trace.span_id);
    if (!exchange.trace.parent_id.empty()) fields.emplace_back("parent_id", exchange.trace.parent_id);
    for (const auto& [name, value] : exchange.notes) fields.emplace_back(name, value);
    const auto level = status >= 500 && status != 503 ? telemetry::Level::error
                       : status == 503                ? telemetry::Level::warning
                                                      : telemetry::Level::info;
    exchange.ports->log.write(level, "request", std::span<const Field>(fields));
}

}  // namespace fitview::http
