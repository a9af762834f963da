#include <gtest/gtest.h>

#include "storage/change_feed_contract.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "testkit/temporary_folder.hpp"

namespace fitview::storage {
namespace {

struct InSqlite {
    std::unique_ptr<ChangeFeed> open_empty() { return open_sqlite_change_feed(database); }
    std::unique_ptr<ChangeFeed> open_again() { return open_sqlite_change_feed(second_process); }
    testkit::TemporaryFolder folder;
    SqliteDatabase database = SqliteDatabase::open(folder.path() + "/shop.db");
    SqliteDatabase second_process = SqliteDatabase::open(folder.path() + "/shop.db");
};
using Backends = testing::Types<InSqlite>;
INSTANTIATE_TYPED_TEST_SUITE_P(ChangeFeed, ChangeFeedContract, Backends);

TEST(SqliteChangeFeed, AChangeIsKeptOnlyWithItsDocument) {
    SqliteDatabase database = SqliteDatabase::in_memory();
    const auto feed = open_sqlite_change_feed(database);
    EXPECT_THROW(database.write(Durability::durable,
                                [&](SqliteConnection&) {
                                    feed->append("products", "65f0", 1);
                                    throw std::range_error("the document could not be stored");
                                }),
                 std::range_error);
    EXPECT_TRUE(feed->since(0, 10).items.empty());
    database.write(Durability::durable, [&](SqliteConnection&) { feed->append("products", "65f0", 2); });
    EXPECT_EQ(feed->since(0, 10).items.at(0).revision, 2);
}

}  // namespace
}  // namespace fitview::storage
