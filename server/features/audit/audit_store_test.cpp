#include "audit/audit_store.hpp"

#include <gtest/gtest.h>

#include "storage/sqlite/sqlite_database.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::audit {
namespace {

TEST(AuditStore, KeepsRecordsByUserAndForgetsOldOnes) {
    storage::SqliteDatabase database = storage::SqliteDatabase::in_memory();
    testkit::CountingIds ids;
    const auto store = open_sqlite_store(database, ids);
    const UserId user = testkit::id<UserId>(1);
    const auto record = [&](const char* type, std::int64_t at, bool succeeded) {
        store->record({.event_type = type,
                       .user_id = user,
                       .action = "POST /auth/login",
                       .resource_type = "user",
                       .resource_id = user.str(),
                       .succeeded = succeeded,
                       .metadata = {{"status", "200"}},
                       .created_at = Timestamp::from_milliseconds(at)});
    };
    record("auth.login", 1000, true);
    record("auth.change", 2000, false);
    const auto records = store->of_user(user, 10);
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0].event_type, "auth.login");
    EXPECT_FALSE(records[1].succeeded);
    EXPECT_EQ(records[0].metadata.front().second, "200");
    EXPECT_TRUE(store->of_user(testkit::id<UserId>(2), 10).empty());
    EXPECT_EQ(store->remove_before(Timestamp::from_milliseconds(1500), 10), 1);
    EXPECT_EQ(store->of_user(user, 10).size(), 1U);
}

}  // namespace
}  // namespace fitview::audit
