#pragma once
// The audit trail as the guide's `audit_logs` collection.
#include <memory>
#include <string>
#include <vector>

#include "base/id_source.hpp"
#include "storage/collection.hpp"
#include "telemetry/audit_trail.hpp"

namespace fitview::storage {
class MongoDatabase;
class SqliteDatabase;
}  // namespace fitview::storage

namespace fitview::audit {

/// Keeps audit records and finds them again; every back end passes `audit_store_contract.hpp`. Thread-safe; may block.
/// Throws Unavailable when the back end is away.
class Store : public telemetry::AuditTrail {
public:
    /// The user's records, oldest first, at most `limit`.
    virtual std::vector<telemetry::AuditRecord> of_user(const UserId& user, int limit) = 0;
    /// Deletes up to `limit` records made before `before`; returns how many.
    virtual int remove_before(const Timestamp& before, int limit) = 0;
};

/// Opens the store inside `database`; makes its table or collection when it is missing. Both must outlive it.
std::unique_ptr<Store> open_sqlite_store(storage::SqliteDatabase& database, IdSource& ids);
std::unique_ptr<Store> open_mongo_store(storage::MongoDatabase& database, IdSource& ids);

/// All it keeps, document by document, for moving to another engine. The store must have been opened before.
storage::Collections sqlite_collections(storage::SqliteDatabase& database);
storage::Collections mongo_collections(storage::MongoDatabase& database);

}  // namespace fitview::audit
