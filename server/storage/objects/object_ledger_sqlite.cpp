#include <stdexcept>

#include "storage/objects/ledger_row.hpp"
#include "storage/objects/object_ledger.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/row_collection.hpp"
#include "storage/sqlite/rows.hpp"

namespace fitview::storage {
namespace {

const Migration create_table("create object_ledger", R"(
    CREATE TABLE object_ledger (
        key TEXT PRIMARY KEY, owner TEXT, purpose TEXT NOT NULL, content_hash TEXT NOT NULL,
        reference_count INTEGER NOT NULL, expires_at INTEGER, condemned INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
    CREATE INDEX object_ledger_by_owner ON object_ledger (owner, key) WHERE owner IS NOT NULL;
    CREATE INDEX object_ledger_by_expiry ON object_ledger (expires_at) WHERE expires_at IS NOT NULL AND condemned = 0;
    CREATE INDEX object_ledger_unheld ON object_ledger (key) WHERE reference_count = 0 AND expires_at IS NULL AND condemned = 0;
    CREATE INDEX object_ledger_condemned ON object_ledger (key) WHERE condemned = 1;
)");

void check_limit(int limit) {
    if (limit < 1 || limit > ObjectLedger::list_limit) throw std::invalid_argument("object ledger: limit out of range");
}

const std::string& select_columns() {
    static const std::string text = "SELECT " + column_list<LedgerEntry>() + " FROM object_ledger ";
    return text;
}

class SqliteObjectLedger final : public ObjectLedger {
public:
    explicit SqliteObjectLedger(SqliteDatabase& database) : database_(database) {
        migrate(database, "object_ledger", {create_table});
    }

    bool add(const LedgerEntry& entry) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            static const std::string insert = "INSERT OR IGNORE INTO object_ledger " + insert_list<LedgerEntry>();
            Statement statement = connection.prepare(insert);
            return bind_row(statement, entry).run() > 0;
        });
    }

    std::optional<LedgerEntry> find(const ObjectKey& key) override {
        return database_.read([&](SqliteConnection& connection) {
            Statement select = connection.prepare(select_columns() + "WHERE key = ?");
            select.bind(1, key);
            return read_next<LedgerEntry>(select);
        });
    }

    bool add_reference(const ObjectKey& key) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            return connection.run(
                       "UPDATE object_ledger SET reference_count = reference_count + 1 WHERE key = ? AND condemned = 0",
                       key) > 0;
        });
    }

    std::optional<int> release(const ObjectKey& key) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) -> std::optional<int> {
            Statement update = connection.prepare(
                "UPDATE object_ledger SET reference_count = max(reference_count - 1, 0),"
                " expires_at = CASE WHEN reference_count > 1 THEN expires_at END WHERE key = ? RETURNING "
                "reference_count");
            update.bind(1, key);
            if (!update.step()) return std::nullopt;
            return update.get<int>(0);
        });
    }

    bool set_expiry(const ObjectKey& key, const std::optional<Timestamp>& expires_at) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            return connection.run("UPDATE object_ledger SET expires_at = ? WHERE key = ? AND condemned = 0", expires_at,
                                  key) > 0;
        });
    }

    std::vector<LedgerEntry> condemn_due(const Timestamp& now, int limit) override {
        check_limit(limit);
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            connection.run(
                "UPDATE object_ledger SET condemned = 1 WHERE key IN ("
                " SELECT key FROM object_ledger WHERE expires_at <= ? AND expires_at IS NOT NULL AND condemned = 0 "
                "LIMIT ?)",
                now, limit);
            connection.run(
                "UPDATE object_ledger SET condemned = 1 WHERE key IN (SELECT key FROM object_ledger"
                " WHERE reference_count = 0 AND expires_at IS NULL AND condemned = 0 LIMIT ?)",
                limit);
            Statement select = connection.prepare(select_columns() + "WHERE condemned = 1 ORDER BY key LIMIT ?");
            select.bind(1, limit);
            return read_rows<LedgerEntry>(select);
        });
    }

    bool forget(const ObjectKey& key) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            return connection.run("DELETE FROM object_ledger WHERE key = ?", key) > 0;
        });
    }

    std::vector<LedgerEntry> of_owner(const UserId& owner, const std::optional<ObjectKey>& after, int limit) override {
        check_limit(limit);
        return database_.read([&](SqliteConnection& connection) {
            Statement select =
                connection.prepare(select_columns() + "WHERE owner = ? AND key > ? ORDER BY key LIMIT ?");
            select.bind_all(owner, after ? after->str() : std::string(), limit);
            return read_rows<LedgerEntry>(select);
        });
    }

private:
    SqliteDatabase& database_;
};

}  // namespace

std::unique_ptr<ObjectLedger> open_sqlite_object_ledger(SqliteDatabase& database) {
    return std::make_unique<SqliteObjectLedger>(database);
}

Collections sqlite_ledger_collections(SqliteDatabase& database) {
    return collections(open_rows(database, rows_of<LedgerRow>("object_ledger", "key")));
}

}  // namespace fitview::storage
