#pragma once
// An audit record as every back end stores it.
#include <boost/describe/class.hpp>

#include <map>
#include <optional>
#include <string>

#include "base/id.hpp"
#include "base/time.hpp"
#include "telemetry/audit_trail.hpp"

namespace fitview::audit {

/// The names are the guide's.
struct Row {
    AuditId id;
    std::string event_type;
    std::optional<UserId> user_id;
    std::string action;
    std::string resource_type;
    std::string resource_id;
    std::string status;
    std::map<std::string, std::string> metadata;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(Row, (),
                      (id, event_type, user_id, action, resource_type, resource_id, status, metadata, created_at))

inline Row row_of(const AuditId& id, const telemetry::AuditRecord& record) {
    return {.id = id,
            .event_type = record.event_type,
            .user_id = record.user_id,
            .action = record.action,
            .resource_type = record.resource_type,
            .resource_id = record.resource_id,
            .status = record.succeeded ? "success" : "failure",
            .metadata = {record.metadata.begin(), record.metadata.end()},
            .created_at = record.created_at};
}

inline telemetry::AuditRecord record_of(const Row& row) {
    return {.event_type = row.event_type,
            .user_id = row.user_id,
            .action = row.action,
            .resource_type = row.resource_type,
            .resource_id = row.resource_id,
            .succeeded = row.status == "success",
            .metadata = {row.metadata.begin(), row.metadata.end()},
            .created_at = row.created_at};
}

}  // namespace fitview::audit
