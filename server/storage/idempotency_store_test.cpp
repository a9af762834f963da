#include "storage/idempotency_store_contract.hpp"

#include <gtest/gtest.h>

#include "storage/mongo/mongo_fixture.hpp"
#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::storage {
namespace {

struct InSqlite {
    std::unique_ptr<IdempotencyStore> open_empty() { return open_sqlite_idempotency_store(database, clock); }
    void pass(Milliseconds span) { clock.advance(span); }
    testkit::FixedClock clock;
    SqliteDatabase database = SqliteDatabase::in_memory();
};
struct InMongo {
    std::unique_ptr<IdempotencyStore> open_empty() {
        return database.opened([this](MongoDatabase& opened) { return open_mongo_idempotency_store(opened, clock); });
    }
    void pass(Milliseconds span) { clock.advance(span); }
    testkit::FixedClock clock;
    MongoTestDatabase database;
};
using Backends = testing::Types<InSqlite, InMongo>;
INSTANTIATE_TYPED_TEST_SUITE_P(IdempotencyStore, IdempotencyStoreContract, Backends);

}  // namespace
}  // namespace fitview::storage
