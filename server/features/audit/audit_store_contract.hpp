#pragma once
// What every audit store must do; a back end joins by being listed in audit_store_test.cpp.
#include <gtest/gtest.h>

#include "audit/audit_store.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::audit {

/// `Backend` has `Database`, `open_empty()` and `open(database, ids)`.
template <class Backend>
class StoreContract : public testing::Test {
protected:
    void record(const char* type, std::int64_t at, bool succeeded) {
        store_->record({.event_type = type,
                        .user_id = user_,
                        .action = "POST /auth/login",
                        .resource_type = "user",
                        .resource_id = user_.str(),
                        .succeeded = succeeded,
                        .metadata = {{"status", "200"}},
                        .created_at = Timestamp::from_milliseconds(at)});
    }

    typename Backend::Database database_ = Backend::open_empty();
    testkit::CountingIds ids_;
    std::unique_ptr<Store> store_ = Backend::open(database_, ids_);
    const UserId user_ = testkit::id<UserId>(1);
};
TYPED_TEST_SUITE_P(StoreContract);

TYPED_TEST_P(StoreContract, KeepsRecordsByUserOldestFirst) {
    this->record("auth.change", 2000, false);
    this->record("auth.login", 1000, true);
    const auto records = this->store_->of_user(this->user_, 10);
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0].event_type, "auth.login");
    EXPECT_TRUE(records[0].succeeded);
    EXPECT_FALSE(records[1].succeeded);
    EXPECT_EQ(records[0].metadata.front().second, "200");
    EXPECT_EQ(this->store_->of_user(this->user_, 1).size(), 1U);
    EXPECT_TRUE(this->store_->of_user(testkit::id<UserId>(2), 10).empty());
}

TYPED_TEST_P(StoreContract, ForgetsOldOnes) {
    this->record("auth.login", 1000, true);
    this->record("auth.login", 1100, true);
    this->record("auth.change", 2000, false);
    EXPECT_EQ(this->store_->remove_before(Timestamp::from_milliseconds(1500), 1), 1);
    EXPECT_EQ(this->store_->remove_before(Timestamp::from_milliseconds(1500), 10), 1);
    EXPECT_EQ(this->store_->of_user(this->user_, 10).size(), 1U);
}

REGISTER_TYPED_TEST_SUITE_P(StoreContract, KeepsRecordsByUserOldestFirst, ForgetsOldOnes);

}  // namespace fitview::audit
