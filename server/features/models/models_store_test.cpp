#include "models/models_store_contract.hpp"
#include "storage/mongo/mongo_fixture.hpp"
#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::models {
namespace {

struct InSqlite {
    using Database = storage::SqliteDatabase;
    static Database open_empty() { return Database::in_memory(); }
    static std::unique_ptr<Store> open(Database& database) { return open_sqlite_store(database); }
};
struct InMongo {
    using Database = storage::MongoTestDatabase;
    static Database open_empty() { return {}; }
    static std::unique_ptr<Store> open(Database& database) { return database.opened(open_mongo_store); }
};
using Backends = testing::Types<InSqlite, InMongo>;
INSTANTIATE_TYPED_TEST_SUITE_P(Models, StoreContract, Backends);

}  // namespace
}  // namespace fitview::models
