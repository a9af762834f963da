#include "products/products_store_contract.hpp"
#include "storage/mongo/mongo_fixture.hpp"
#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::products {
namespace {

struct InSqlite {
    using Database = storage::SqliteDatabase;
    static Database open_empty() { return Database::in_memory(); }
    static std::unique_ptr<storage::ChangeFeed> open_feed(Database& database) {
        return storage::open_sqlite_change_feed(database);
    }
    static std::unique_ptr<Store> open(Database& database) { return open_sqlite_store(database); }
};
struct InMongo {
    using Database = storage::MongoTestDatabase;
    static Database open_empty() { return {}; }
    static std::unique_ptr<storage::ChangeFeed> open_feed(Database& database) {
        return database.opened([](storage::MongoDatabase& opened) {
            open_mongo_store(opened);  // the collection is there before it is followed
            return storage::open_mongo_change_feed(opened);
        });
    }
    static std::unique_ptr<Store> open(Database& database) {
        return database.opened([](storage::MongoDatabase& opened) { return open_mongo_store(opened); });
    }
};
using Backends = testing::Types<InSqlite, InMongo>;
INSTANTIATE_TYPED_TEST_SUITE_P(Products, StoreContract, Backends);

}  // namespace
}  // namespace fitview::products
