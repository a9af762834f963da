#include <gtest/gtest.h>

#include "storage/mongo/mongo_fixture.hpp"
#include "storage/objects/object_ledger_contract.hpp"
#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::storage {
namespace {

struct InSqlite {
    std::unique_ptr<ObjectLedger> open_empty() { return open_sqlite_object_ledger(database); }
    SqliteDatabase database = SqliteDatabase::in_memory();
};
struct InMongo {
    std::unique_ptr<ObjectLedger> open_empty() { return database.opened(open_mongo_object_ledger); }
    MongoTestDatabase database;
};
using Backends = testing::Types<InSqlite, InMongo>;
INSTANTIATE_TYPED_TEST_SUITE_P(ObjectLedger, ObjectLedgerContract, Backends);

}  // namespace
}  // namespace fitview::storage
