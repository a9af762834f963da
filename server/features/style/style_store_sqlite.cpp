#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/row_collection.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "style/style_store.hpp"

namespace fitview::style {
namespace {

using storage::Durability;
using storage::SqliteConnection;
using storage::Statement;

const char* const create_table =
    "CREATE TABLE style_variations (id TEXT PRIMARY KEY, session_id TEXT NOT NULL, user_id TEXT NOT NULL, style TEXT "
    "NOT NULL, result_key TEXT NOT NULL, ai_provider TEXT NOT NULL, processing_time_ms INTEGER NOT NULL, created_at "
    "INTEGER NOT NULL, expires_at INTEGER NOT NULL, UNIQUE (session_id, style)) STRICT;"
    "CREATE INDEX style_variations_user ON style_variations (user_id, id);";

std::string select_variations() {
    return "SELECT " + storage::column_list<Variation>() + " FROM style_variations ";
}

class SqliteStore final : public Store {
public:
    explicit SqliteStore(storage::SqliteDatabase& database) : database_(database) {
        storage::migrate(database, "style", {{"create style variations", create_table}});
    }

    Variation add(const Variation& variation) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            Statement insert =
                connection.prepare(storage::insert_sql<Variation>("style_variations") + " ON CONFLICT DO NOTHING");
            storage::bind_members(insert, variation);
            insert.run();
            return *read(connection, variation.session_id, variation.style);
        });
    }

    std::optional<Variation> find(const TryonId& session, Style style) override {
        return database_.read([&](SqliteConnection& connection) { return read(connection, session, style); });
    }

    std::vector<Variation> list(const TryonId& session) override {
        return database_.read([&](SqliteConnection& connection) {
            Statement statement =
                connection.prepare(select_variations() + "WHERE session_id = ? ORDER BY created_at, id");
            statement.bind_all(session);
            return storage::read_rows<Variation>(statement);
        });
    }

    void remove_all(const TryonId& session) override {
        database_.write(Durability::durable, [&](SqliteConnection& connection) {
            connection.run("DELETE FROM style_variations WHERE session_id = ?", session);
        });
    }

    std::vector<Variation> all_of(const UserId& user, const std::optional<VariationId>& after, int limit) override {
        return database_.read([&](SqliteConnection& connection) {
            Statement statement =
                connection.prepare(select_variations() + "WHERE user_id = ? AND id > ? ORDER BY id LIMIT ?");
            statement.bind_all(user, after ? after->str() : std::string(), limit);
            return storage::read_rows<Variation>(statement);
        });
    }

private:
    static std::optional<Variation> read(SqliteConnection& connection, const TryonId& session, Style style) {
        Statement statement = connection.prepare(select_variations() + "WHERE session_id = ? AND style = ?");
        statement.bind_all(session, style);
        return storage::read_next<Variation>(statement);
    }

    storage::SqliteDatabase& database_;
};

}  // namespace

std::unique_ptr<Store> open_sqlite_store(storage::SqliteDatabase& database) {
    return std::make_unique<SqliteStore>(database);
}

storage::Collections sqlite_collections(storage::SqliteDatabase& database) {
    return storage::collections(storage::open_rows(database, storage::rows_of<Variation>("style_variations", "id")));
}

}  // namespace fitview::style
