#include <gtest/gtest.h>

#include "storage/lease_contract.hpp"
#include "storage/mongo/mongo_fixture.hpp"
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
struct InMongo {
    std::unique_ptr<Leases> open_empty() {
        return database.opened([this](MongoDatabase& opened) { return open_mongo_leases(opened, clock); });
    }
    void pass(Milliseconds span) { clock.advance(span); }
    testkit::FixedClock clock;
    MongoTestDatabase database;
};
using Backends = testing::Types<InSqlite, InMongo>;
INSTANTIATE_TYPED_TEST_SUITE_P(Lease, LeaseContract, Backends);

}  // namespace
}  // namespace fitview::storage
