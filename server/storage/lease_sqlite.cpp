#include "storage/lease.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/row_collection.hpp"
#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::storage {
namespace {

// A released lease keeps its row, so that fences only grow.
const Migration create_table("create leases", R"(
    CREATE TABLE leases (
        name TEXT PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL, fence INTEGER NOT NULL) WITHOUT ROWID;
)");

class SqliteLeases final : public Leases {
public:
    SqliteLeases(SqliteDatabase& database, const Clock& clock) : database_(database), clock_(clock) {
        migrate(database, "leases", {create_table});
    }

    // Durable: after a loss of power no fence may be given twice.
    std::optional<Lease> acquire(std::string_view name, std::string_view owner, Milliseconds duration) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) -> std::optional<Lease> {
            const Timestamp now = clock_.now();
            Statement upsert = connection.prepare(
                "INSERT INTO leases (name, owner, until, fence) VALUES (:name, :owner, :until, 1)"
                " ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until, fence = fence + 1"
                " WHERE until <= :now OR owner = excluded.owner RETURNING fence");
            upsert.bind(":name", name).bind(":owner", owner).bind(":until", now + duration).bind(":now", now);
            if (!upsert.step()) return std::nullopt;
            return Lease{.name = std::string(name),
                         .owner = std::string(owner),
                         .until = now + duration,
                         .fence = upsert.get<std::int64_t>(0)};
        });
    }

    std::optional<Lease> renew(const Lease& lease, Milliseconds duration) override {
        Lease renewed = lease;
        renewed.until = clock_.now() + duration;
        const bool held = database_.write(Durability::relaxed, [&](SqliteConnection& connection) {
            return connection.run("UPDATE leases SET until = ? WHERE name = ? AND owner = ? AND fence = ?",
                                  renewed.until, lease.name, lease.owner, lease.fence) > 0;
        });
        if (!held) return std::nullopt;
        return renewed;
    }

    bool release(const Lease& lease) override {
        return database_.write(Durability::relaxed, [&](SqliteConnection& connection) {
            return connection.run("UPDATE leases SET owner = '', until = 0 WHERE name = ? AND owner = ? AND fence = ?",
                                  lease.name, lease.owner, lease.fence) > 0;
        });
    }

private:
    SqliteDatabase& database_;
    const Clock& clock_;
};

}  // namespace

std::unique_ptr<Leases> open_sqlite_leases(SqliteDatabase& database, const Clock& clock) {
    return std::make_unique<SqliteLeases>(database, clock);
}

Collections sqlite_lease_collections(SqliteDatabase& database) {
    return collections(open_rows(database, rows_of<Lease>("leases", "name")));
}

}  // namespace fitview::storage
