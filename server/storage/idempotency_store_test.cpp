#include "storage/idempotency_store_contract.hpp"

#include <gtest/gtest.h>

#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::storage {
namespace {

struct InSqlite {
    std::unique_ptr<IdempotencyStore> open_empty() { return open_sqlite_idempotency_store(database, clock); }
    void pass(Milliseconds span) { clock.advance(span); }
    testkit::FixedClock clock;
    SqliteDatabase database = SqliteDatabase::in_memory();
};
using Backends = testing::Types<InSqlite>;
INSTANTIATE_TYPED_TEST_SUITE_P(IdempotencyStore, IdempotencyStoreContract, Backends);

}  // namespace
}  // namespace fitview::storage
