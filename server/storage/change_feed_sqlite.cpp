#include <stdexcept>

#include "storage/change_feed.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/rows.hpp"

namespace fitview::storage {
namespace {

// SQLite has one writer at a time, so sequences are committed in their order and none appears before an older one.
const Migration create_table("create changes", R"(
    CREATE TABLE changes (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT, collection TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL);
)");

class SqliteChangeFeed final : public ChangeFeed {
public:
    explicit SqliteChangeFeed(SqliteDatabase& database) : database_(database) {
        migrate(database, "change_feed", {create_table});
    }

    // Relaxed, so that it can join a write of either kind; it is as durable as the document's.
    void append(std::string_view collection, std::string_view id, std::int64_t revision) override {
        database_.write(Durability::relaxed, [&](SqliteConnection& connection) {
            connection.run("INSERT INTO changes (collection, id, revision) VALUES (?, ?, ?)", collection, id, revision);
        });
    }

    std::int64_t latest() override {
        return database_.read([](SqliteConnection& connection) { return latest(connection); });
    }

    Changes since(std::int64_t sequence, int limit) override {
        if (limit < 1 || limit > read_limit) throw std::invalid_argument("change feed: limit out of range");
        return database_.read([&](SqliteConnection& connection) {
            Changes changes;
            Statement oldest = connection.prepare("SELECT min(sequence) FROM changes");
            oldest.step();
            // An empty table may have had changes: then its sequence is beyond what was asked for.
            const std::int64_t first = oldest.is_null(0) ? latest(connection) + 1 : oldest.get<std::int64_t>(0);
            changes.complete = sequence + 1 >= first;
            Statement select = connection.prepare("SELECT " + column_list<Change>() +
                                                  " FROM changes WHERE sequence > ? ORDER BY sequence LIMIT ?");
            select.bind_all(sequence, limit);
            changes.items = read_rows<Change>(select);
            return changes;
        });
    }

    std::int64_t trim(std::int64_t kept) override {
        return database_.write(Durability::relaxed, [&](SqliteConnection& connection) {
            return connection.run("DELETE FROM changes WHERE sequence <= ?", latest(connection) - kept);
        });
    }

private:
    static std::int64_t latest(SqliteConnection& connection) {
        Statement select = connection.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'changes'");
        return select.step() ? select.get<std::int64_t>(0) : 0;
    }

    SqliteDatabase& database_;
};

}  // namespace

std::unique_ptr<ChangeFeed> open_sqlite_change_feed(SqliteDatabase& database) {
    return std::make_unique<SqliteChangeFeed>(database);
}

}  // namespace fitview::storage
