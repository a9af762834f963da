#pragma once
// That documents are being moved into a database, or were: kept in the database itself.
#include <boost/describe/class.hpp>

#include <memory>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "storage/collection.hpp"

namespace fitview::storage {

class MongoDatabase;
class SqliteDatabase;

struct DataMove {
    std::string id = "move";  ///< there is one at most
    std::string source;       ///< where from, without secrets
    Timestamp started_at;
    std::optional<Timestamp> finished_at;
};
BOOST_DESCRIBE_STRUCT(DataMove, (), (id, source, started_at, finished_at))

/// The name of the collection that holds it.
constexpr const char* data_moves = "data_moves";

/// The collection of the one DataMove; makes its table or collection when it is missing.
std::unique_ptr<Collection> open_sqlite_data_moves(SqliteDatabase& database);
std::unique_ptr<Collection> open_mongo_data_moves(MongoDatabase& database);

std::optional<DataMove> find_move(Collection& moves);
void keep_move(Collection& moves, const DataMove& move);

}  // namespace fitview::storage
