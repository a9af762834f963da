#include "audit/audit_store_contract.hpp"
#include "storage/mongo/mongo_fixture.hpp"
#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::audit {
namespace {

struct InSqlite {
    using Database = storage::SqliteDatabase;
    static Database open_empty() { return Database::in_memory(); }
    static std::unique_ptr<Store> open(Database& database, IdSource& ids) { return open_sqlite_store(database, ids); }
};
struct InMongo {
    using Database = storage::MongoTestDatabase;
    static Database open_empty() { return {}; }
    static std::unique_ptr<Store> open(Database& database, IdSource& ids) {
        return database.opened([&](storage::MongoDatabase& opened) { return open_mongo_store(opened, ids); });
    }
};
using Backends = testing::Types<InSqlite, InMongo>;
INSTANTIATE_TYPED_TEST_SUITE_P(Audit, StoreContract, Backends);

}  // namespace
}  // namespace fitview::audit
