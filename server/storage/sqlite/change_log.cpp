#include "storage/sqlite/change_log.hpp"

#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::storage {
namespace {

// SQLite has one writer at a time, so sequences are committed in their order and none appears before an older one.
const Migration create_table("create changes", R"(
    CREATE TABLE changes (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT, collection TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL);
)");

}  // namespace

ChangeLog::ChangeLog(SqliteDatabase& database) : database_(database) {
    migrate(database, "change_feed", {create_table});
}

// Relaxed, so that it can join a write of either kind; it is as durable as the document's.
void ChangeLog::append(std::string_view collection, std::string_view id, std::int64_t revision) {
    database_.write(Durability::relaxed, [&](SqliteConnection& connection) {
        connection.run("INSERT INTO changes (collection, id, revision) VALUES (?, ?, ?)", collection, id, revision);
    });
}

}  // namespace fitview::storage
