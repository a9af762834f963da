#include "storage/data_move.hpp"
#include "storage/mongo/bson_collection.hpp"

namespace fitview::storage {

std::unique_ptr<Collection> open_mongo_data_moves(MongoDatabase& database) {
    database.ensure(data_moves, {});
    return open_bson(database, bson_of<DataMove>(data_moves, text_keys()));
}

}  // namespace fitview::storage
