#include <gtest/gtest.h>

#include "storage/lease_contract.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::storage {
namespace {

struct InSqlite {
    std::unique_ptr<Leases> open_empty() { return open_sqlite_leases(database, clock); }
    void pass(Milliseconds span) { clock.advance(span); }
    testkit::FixedClock clock;
    SqliteDatabase database = SqliteDatabase::in_memory();
};
using Backends = testing::Types<InSqlite>;
INSTANTIATE_TYPED_TEST_SUITE_P(Lease, LeaseContract, Backends);

}  // namespace
}  // namespace fitview::storage
