#pragma once
// Every collection of the shop, on either engine.
#include "storage/collection.hpp"

namespace fitview::storage {
class MongoDatabase;
class SqliteDatabase;
}  // namespace fitview::storage

namespace fitview::app {

/// What a shop is moved by, in the same order on both engines. The stores must have been opened before (open_stores);
/// a test holds every table against this list.
storage::Collections collections_of(storage::SqliteDatabase& database);
storage::Collections collections_of(storage::MongoDatabase& database);

}  // namespace fitview::app
