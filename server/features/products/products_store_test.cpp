#include "products/products_store_contract.hpp"
#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::products {
namespace {

struct InSqlite {
    using Database = storage::SqliteDatabase;
    static Database open_empty() { return Database::in_memory(); }
    static std::unique_ptr<storage::ChangeFeed> open_feed(Database& database) {
        return storage::open_sqlite_change_feed(database);
    }
    static std::unique_ptr<Store> open(Database& database, storage::ChangeFeed& feed) {
        return open_sqlite_store(database, feed);
    }
};
using Backends = testing::Types<InSqlite>;
INSTANTIATE_TYPED_TEST_SUITE_P(Products, StoreContract, Backends);

}  // namespace
}  // namespace fitview::products
