#include "identity/user_store.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/row_collection.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::identity {
namespace {

using storage::Durability;
using storage::SqliteConnection;
using storage::Statement;

class SqliteUserStore final : public UserStore {
public:
    explicit SqliteUserStore(storage::SqliteDatabase& database) : database_(database) {
        storage::migrate(
            database, "users",
            {{"create users",
              "CREATE TABLE users (id TEXT PRIMARY KEY, email TEXT NOT NULL, hashed_password TEXT NOT NULL, name TEXT "
              "NOT NULL, "
              "phone TEXT, role TEXT NOT NULL, measurements TEXT, gstin TEXT, state TEXT, created_at INTEGER NOT NULL, "
              "updated_at INTEGER NOT NULL) STRICT;"
              "CREATE UNIQUE INDEX users_email ON users (email);"
              "CREATE INDEX users_role ON users (role);"
              "CREATE INDEX users_created_at ON users (created_at);"}});
    }

    bool add(const User& user) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            Statement statement =
                connection.prepare(storage::insert_sql<User>("users") + " ON CONFLICT (email) DO NOTHING");
            storage::bind_members(statement, user);
            return statement.run() == 1;
        });
    }

    std::optional<User> find(const UserId& id) override { return find_where("id = ?", id.str()); }
    std::optional<User> find_by_email(const Email& email) override { return find_where("email = ?", email.str()); }

    bool replace(const User& user, const Timestamp& unchanged_since) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            Statement statement = connection.prepare(storage::update_sql<User>("users") +
                                                     " WHERE id = ? AND email = ? AND updated_at = ?");
            const int next = storage::bind_members(statement, user);
            statement.bind(next, user.id).bind(next + 1, user.email).bind(next + 2, unchanged_since);
            return statement.run() == 1;
        });
    }

    void remove(const UserId& id) override {
        database_.write(Durability::durable,
                        [&](SqliteConnection& connection) { connection.run("DELETE FROM users WHERE id = ?", id); });
    }

private:
    std::optional<User> find_where(const char* condition, const std::string& value) {
        return database_.read([&](SqliteConnection& connection) -> std::optional<User> {
            Statement statement =
                connection.prepare("SELECT " + storage::column_list<User>() + " FROM users WHERE " + condition);
            statement.bind(1, value);
            if (!statement.step()) return std::nullopt;
            return storage::read_row<User>(statement);
        });
    }

    storage::SqliteDatabase& database_;
};

}  // namespace

std::unique_ptr<UserStore> open_sqlite_user_store(storage::SqliteDatabase& database) {
    return std::make_unique<SqliteUserStore>(database);
}

storage::Collections sqlite_user_collections(storage::SqliteDatabase& database) {
    return storage::collections(storage::open_rows(database, storage::rows_of<User>("users", "id")));
}

}  // namespace fitview::identity
