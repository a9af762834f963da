#include "audit/audit_row.hpp"
#include "audit/audit_store.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/row_collection.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::audit {

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
        const Row row = row_of(ids_.make<AuditId>(), record);
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
            while (statement.step()) records.push_back(record_of(storage::read_row<Row>(statement)));
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

storage::Collections sqlite_collections(storage::SqliteDatabase& database) {
    return storage::collections(storage::open_rows(database, storage::rows_of<Row>("audit_logs", "id")));
}

}  // namespace fitview::audit
