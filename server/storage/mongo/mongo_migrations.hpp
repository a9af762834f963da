#pragma once
// How documents that an earlier version wrote come to look like today's.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fitview::storage {

class MongoDatabase;

/// One step of a feature's documents. Once released it never changes; a later step corrects it. It may run more than
/// once, also on two machines at the same time, and while the previous version still writes: what it does twice must be
/// the same as once.
struct MongoMigration {
    std::string name;  ///< says what it does: "add whether a session is of a batch"
    std::function<void(MongoDatabase&)> function;
};

/// Runs those of `migrations` that were not run yet, in order, and remembers them in `schema_migrations`.
/// Fails: ForeignSchema when the database knows a step that is not among them; Unavailable.
void migrate(MongoDatabase& database, std::string_view feature, const std::vector<MongoMigration>& migrations);

}  // namespace fitview::storage
