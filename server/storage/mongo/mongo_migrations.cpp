#include "storage/mongo/mongo_migrations.hpp"

#include "storage/mongo/mongo_database.hpp"
#include "storage/sqlite/migrations.hpp"

namespace fitview::storage {
namespace {

constexpr std::string_view schema_migrations = "schema_migrations";
constexpr std::int64_t steps_max = 1000;

}  // namespace

void migrate(MongoDatabase& database, std::string_view feature, const std::vector<MongoMigration>& migrations) {
    database.ensure(schema_migrations, {{.keys = bson("feature", 1, "version", 1), .unique = true}});
    const auto done =
        database.find(schema_migrations, bson("feature", feature), {.sort = bson("version", 1), .limit = steps_max});
    for (std::size_t at = 0; at < done.size(); ++at) {
        const auto name = find_member(done[at], "name");
        if (at >= migrations.size() || !name || name->text() != migrations[at].name) {
            throw ForeignSchema("The database was made by another version of this program: it has the step \"" +
                                (name ? name->text() : "?") + "\" of " + std::string(feature) +
                                ", which this one does not know.");
        }
    }
    for (std::size_t next = done.size(); next < migrations.size(); ++next) {
        migrations[next].function(database);
        // Another machine may have come first with the same step.
        database.insert(Durability::durable, schema_migrations,
                        bson("feature", feature, "version", std::int64_t(next + 1), "name", migrations[next].name));
    }
}

}  // namespace fitview::storage
