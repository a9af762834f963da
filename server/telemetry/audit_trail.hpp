#pragma once
// Who did what to personal or protected data; kept apart from logs because it must last.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"

namespace fitview::telemetry {

/// One entry of the audit trail. No secret and no personal text may be in it.
struct AuditRecord {
    std::string event_type;  ///< "auth.login", "data.export", "account.delete", …
    std::optional<UserId> user_id;
    std::string action;         ///< method and route template
    std::string resource_type;  ///< "user", "product", …; may be empty
    std::string resource_id;
    bool succeeded = true;  ///< `success` or `failure` on the wire
    std::vector<std::pair<std::string, std::string>> metadata;
    Timestamp created_at;
};

/// Keeps audit records. Thread-safe. May block on I/O; throws Unavailable when the back end is broken.
class AuditTrail {
public:
    virtual ~AuditTrail() = default;
    virtual void record(const AuditRecord& record) = 0;
};

/// An audit trail that keeps nothing, for tests and tools.
AuditTrail& no_audit_trail();

}  // namespace fitview::telemetry
