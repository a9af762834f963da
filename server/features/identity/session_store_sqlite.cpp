#include "identity/session_store.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/row_collection.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::identity {
namespace {

using storage::Durability;
using storage::SqliteConnection;
using storage::Statement;

class SqliteSessionStore final : public SessionStore {
public:
    explicit SqliteSessionStore(storage::SqliteDatabase& database) : database_(database) {
        storage::migrate(
            database, "sessions",
            {{"create sessions",
              "CREATE TABLE sessions (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, refresh_id TEXT NOT NULL, "
              "created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, revoked_at INTEGER) STRICT, WITHOUT ROWID;"
              "CREATE INDEX sessions_user ON sessions (user_id, created_at DESC);"
              "CREATE INDEX sessions_expires_at ON sessions (expires_at);"},
             // Rows of this size belong into a table with row ids: without them every index page holds whole rows.
             {"keep sessions by row id",
              "CREATE TABLE sessions_by_row (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, refresh_id TEXT NOT NULL, "
              "created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, revoked_at INTEGER) STRICT;"
              "INSERT INTO sessions_by_row (id, user_id, refresh_id, created_at, expires_at, revoked_at) SELECT id, "
              "user_id, refresh_id, created_at, expires_at, revoked_at FROM sessions;"
              "DROP TABLE sessions;"
              "ALTER TABLE sessions_by_row RENAME TO sessions;"
              "CREATE INDEX sessions_user ON sessions (user_id, created_at DESC);"
              "CREATE INDEX sessions_expires_at ON sessions (expires_at);"}});
    }

    void add(const Session& session) override {
        database_.write(Durability::durable,
                        [&](SqliteConnection& connection) { storage::insert_row(connection, "sessions", session); });
    }

    std::optional<Session> find(const SessionId& id) override {
        return database_.read([&](SqliteConnection& connection) -> std::optional<Session> {
            Statement statement =
                connection.prepare("SELECT " + storage::column_list<Session>() + " FROM sessions WHERE id = ?");
            statement.bind(1, id);
            if (!statement.step()) return std::nullopt;
            return storage::read_row<Session>(statement);
        });
    }

    bool rotate(const SessionId& id, const std::string& spent, const std::string& next,
                const Timestamp& expires_at) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            return connection.run(
                       "UPDATE sessions SET refresh_id = ?, expires_at = ? WHERE id = ? AND refresh_id = ? AND "
                       "revoked_at IS NULL",
                       next, expires_at, id, spent) == 1;
        });
    }

    void revoke(const SessionId& id, const Timestamp& at) override {
        database_.write(Durability::durable, [&](SqliteConnection& connection) {
            connection.run("UPDATE sessions SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", at, id);
        });
    }

    void revoke_all(const UserId& user, const std::optional<SessionId>& except, const Timestamp& at) override {
        database_.write(Durability::durable, [&](SqliteConnection& connection) {
            connection.run(
                "UPDATE sessions SET revoked_at = ? WHERE user_id = ? AND revoked_at IS NULL AND id IS NOT ?", at, user,
                except);
        });
    }

    std::vector<Session> of_user(const UserId& user, int limit) override {
        return database_.read([&](SqliteConnection& connection) {
            Statement statement =
                connection.prepare("SELECT " + storage::column_list<Session>() +
                                   " FROM sessions WHERE user_id = ? ORDER BY created_at DESC, id LIMIT ?");
            statement.bind_all(user, limit);
            std::vector<Session> sessions;
            while (statement.step()) sessions.push_back(storage::read_row<Session>(statement));
            return sessions;
        });
    }

    void remove_all(const UserId& user) override {
        database_.write(Durability::durable, [&](SqliteConnection& connection) {
            connection.run("DELETE FROM sessions WHERE user_id = ?", user);
        });
    }

    int remove_expired(const Timestamp& before, int limit) override {
        return database_.write(Durability::relaxed, [&](SqliteConnection& connection) {
            return static_cast<int>(
                connection.run("DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < ? ORDER "
                               "BY expires_at LIMIT ?)",
                               before, limit));
        });
    }

private:
    storage::SqliteDatabase& database_;
};

}  // namespace

std::unique_ptr<SessionStore> open_sqlite_session_store(storage::SqliteDatabase& database) {
    return std::make_unique<SqliteSessionStore>(database);
}

storage::Collections sqlite_session_collections(storage::SqliteDatabase& database) {
    return storage::collections(storage::open_rows(database, storage::rows_of<Session>("sessions", "id")));
}

}  // namespace fitview::identity
