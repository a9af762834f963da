#include "storage/sqlite/snapshot.hpp"

#include "storage/sqlite/sqlite_connection.hpp"

namespace fitview::storage {

void write_snapshot(const std::string& path, const std::string& copy) {
    SqliteConnection connection(path, SqliteConnection::Mode::write);
    connection.run("VACUUM INTO ?", copy);
}

std::vector<ObjectKey> keys_in_snapshot(const std::string& path, const std::optional<ObjectKey>& after, int limit) {
    SqliteConnection connection(path, SqliteConnection::Mode::read_only);
    Statement select = connection.prepare("SELECT key FROM object_ledger WHERE key > ? ORDER BY key LIMIT ?");
    select.bind_all(after ? after->str() : std::string(), limit);
    std::vector<ObjectKey> keys;
    while (select.step()) keys.push_back(select.get<ObjectKey>(0));
    return keys;
}

}  // namespace fitview::storage
