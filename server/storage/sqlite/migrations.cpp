#include "storage/sqlite/migrations.hpp"

#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::storage {
namespace {

constexpr std::string_view create_table =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    " feature TEXT NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL,"
    " PRIMARY KEY (feature, version)) WITHOUT ROWID";

/// How many of `migrations` the database has already.
std::size_t done_already(SqliteConnection& connection, std::string_view feature,
                         const std::vector<Migration>& migrations) {
    Statement select =
        connection.prepare("SELECT version, name FROM schema_migrations WHERE feature = ? ORDER BY version");
    select.bind(1, feature);
    std::size_t done = 0;
    for (; select.step(); ++done) {
        if (done >= migrations.size() || migrations[done].name != select.text(1)) {
            throw ForeignSchema("The database was made by another version of this program: it has the step \"" +
                                select.get<std::string>(1) + "\" of " + std::string(feature) +
                                ", which this one does not know.");
        }
    }
    return done;
}

}  // namespace

void migrate(SqliteDatabase& database, std::string_view feature, const std::vector<Migration>& migrations) {
    database.write(Durability::durable, [&](SqliteConnection& connection) {
        connection.run(create_table);
        for (std::size_t next = done_already(connection, feature, migrations); next < migrations.size(); ++next) {
            const Migration& migration = migrations[next];
            if (!migration.sql.empty()) connection.run_script(migration.sql);
            if (migration.function) migration.function(connection);
            connection.run("INSERT INTO schema_migrations (feature, version, name) VALUES (?, ?, ?)", feature,
                           static_cast<std::int64_t>(next + 1), migration.name);
        }
    });
}

}  // namespace fitview::storage
