#include "base/time.hpp"
#include "http/pipeline/steps.hpp"
#include "telemetry/audit_trail.hpp"
#include "telemetry/log.hpp"

namespace fitview::http {

void write_audit(const Exchange& exchange, const Response& response) noexcept {
    if (!exchange.route || exchange.route->audit.empty()) return;
    try {
        telemetry::AuditRecord record{
            .event_type = exchange.route->audit,
            .user_id = exchange.identity ? std::optional(exchange.identity->user_id) : std::nullopt,
            .action = exchange.request.method_name + ' ' + exchange.route->path,
            .resource_type = {},
            .resource_id = {},
            .succeeded = response.status < 400,
            .metadata = {{"request_id", exchange.request_id}, {"status_code", std::to_string(response.status)}},
            .created_at = exchange.ports->clock.now()};
        if (exchange.failure) record.metadata.emplace_back("code", name_of(*exchange.failure));
        if (!exchange.path_values.empty()) {
            record.resource_type = exchange.path_values.back().first;
            record.resource_id = exchange.path_values.back().second;
        }
        exchange.ports->audit.record(record);
    } catch (const std::exception& fault) {
        exchange.ports->log.error(
            "audit record not written",
            {{"event_type", exchange.route->audit}, {"fault", fault.what()}, {"request_id", exchange.request_id}});
    }
}

}  // namespace fitview::http
