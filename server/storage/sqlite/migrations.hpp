#pragma once
// How a feature's tables come to be and change.
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sqlite/sqlite_connection.hpp"

namespace fitview::storage {

class SqliteDatabase;

/// One step of a feature's schema. Once released it never changes; a later step corrects it.
/// Rows longer than some 200 bytes belong in ordinary tables: WITHOUT ROWID keeps whole rows in the inner pages too,
/// which made a read by key four times as slow at 1200 bytes.
struct Migration {
    std::string name;                                 ///< says what it does: "add popularity to products"
    std::string sql;                                  ///< run first; may be empty
    std::function<void(SqliteConnection&)> function;  ///< run after `sql`, for what SQL cannot do; may be empty

    Migration(std::string step, std::string script, std::function<void(SqliteConnection&)> more = {})
        : name(std::move(step)), sql(std::move(script)), function(std::move(more)) {}
};

/// The database was made by a newer program, or by one with other steps: writing to it could lose data.
class ForeignSchema : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Brings the tables of `feature` to the last of `migrations` in one durable transaction; does nothing when they are
/// there. Steps done are kept in the table `schema_migrations` (feature, version from 1, name). Safe when several
/// processes start. Fails: ForeignSchema when the database has a step these migrations do not have at that place; what
/// a step throws, with nothing changed.
void migrate(SqliteDatabase& database, std::string_view feature, const std::vector<Migration>& migrations);

}  // namespace fitview::storage
