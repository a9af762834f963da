#include <boost/describe/class.hpp>

#include <map>

#include "audit/audit_store.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::audit {

/// A record as it is stored; the names are the guide's.
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

namespace {

using storage::Durability;
using storage::SqliteConnection;
using storage::Statement;

class SqliteStore final : public Store {
public:
    SqliteStore(storage::SqliteDatabase& database, IdSource& ids) : database_(database), ids_(ids) {
        storage::migrate(
            database, "audit",
            {{"create audit logs",
              "CREATE TABLE audit_logs (id TEXT PRIMARY KEY, event_type TEXT NOT NULL, user_id TEXT, action TEXT NOT "
              "NULL, "
              "resource_type TEXT NOT NULL, resource_id TEXT NOT NULL, status TEXT NOT NULL, metadata TEXT NOT NULL, "
              "created_at INTEGER NOT NULL) STRICT;"
              "CREATE INDEX audit_logs_user ON audit_logs (user_id, created_at, id);"
              "CREATE INDEX audit_logs_created_at ON audit_logs (created_at);"}});
    }

    void record(const telemetry::AuditRecord& record) override {
        const Row row{.id = ids_.make<AuditId>(),
                      .event_type = record.event_type,
                      .user_id = record.user_id,
                      .action = record.action,
                      .resource_type = record.resource_type,
                      .resource_id = record.resource_id,
                      .status = record.succeeded ? "success" : "failure",
                      .metadata = {record.metadata.begin(), record.metadata.end()},
                      .created_at = record.created_at};
        database_.write(Durability::relaxed,
                        [&](SqliteConnection& connection) { storage::insert_row(connection, "audit_logs", row); });
    }

    std::vector<telemetry::AuditRecord> of_user(const UserId& user, int limit) override {
        return database_.read([&](SqliteConnection& connection) {
            Statement statement =
                connection.prepare("SELECT " + storage::column_list<Row>() +
                                   " FROM audit_logs WHERE user_id = ? ORDER BY created_at, id LIMIT ?");
            statement.bind_all(user, limit);
            std::vector<telemetry::AuditRecord> records;
            while (statement.step()) {
                Row row = storage::read_row<Row>(statement);
                records.push_back({.event_type = std::move(row.event_type),
                                   .user_id = row.user_id,
                                   .action = std::move(row.action),
                                   .resource_type = std::move(row.resource_type),
                                   .resource_id = std::move(row.resource_id),
                                   .succeeded = row.status == "success",
                                   .metadata = {row.metadata.begin(), row.metadata.end()},
                                   .created_at = row.created_at});
            }
            return records;
        });
    }

    int remove_before(const Timestamp& before, int limit) override {
        return database_.write(Durability::relaxed, [&](SqliteConnection& connection) {
            return static_cast<int>(
                connection.run("DELETE FROM audit_logs WHERE id IN (SELECT id FROM audit_logs WHERE created_at < ? "
                               "ORDER BY created_at LIMIT ?)",
                               before, limit));
        });
    }

private:
    storage::SqliteDatabase& database_;
    IdSource& ids_;
};

}  // namespace

std::unique_ptr<Store> open_sqlite_store(storage::SqliteDatabase& database, IdSource& ids) {
    return std::make_unique<SqliteStore>(database, ids);
}

}  // namespace fitview::audit
