#pragma once
// What every session store must do; a back end joins by being listed in session_store_test.cpp.
#include <gtest/gtest.h>

#include "identity/session_store.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::identity {

inline Session some_session(std::uint32_t number, std::uint32_t user, std::int64_t created) {
    return {.id = testkit::id<SessionId>(number),
            .user_id = testkit::id<UserId>(user),
            .refresh_id = "first",
            .created_at = Timestamp::from_milliseconds(created),
            .expires_at = Timestamp::from_milliseconds(created + 1000),
            .revoked_at = {}};
}

/// `Backend` has `Database`, `open_empty()` and `open_sessions(database)`.
template <class Backend>
class SessionStoreContract : public testing::Test {
protected:
    typename Backend::Database database_ = Backend::open_empty();
    std::unique_ptr<SessionStore> store_ = Backend::open_sessions(database_);
    Timestamp later_ = Timestamp::from_milliseconds(5000);
};
TYPED_TEST_SUITE_P(SessionStoreContract);

TYPED_TEST_P(SessionStoreContract, OfTwoThatSpendOneTokenOneSucceeds) {
    const Session session = some_session(1, 1, 100);
    this->store_->add(session);
    EXPECT_TRUE(this->store_->rotate(session.id, "first", "second", this->later_));
    EXPECT_FALSE(this->store_->rotate(session.id, "first", "third", this->later_));
    EXPECT_EQ(this->store_->find(session.id)->refresh_id, "second");
    EXPECT_EQ(this->store_->find(session.id)->expires_at, this->later_);
}

TYPED_TEST_P(SessionStoreContract, RevokedSessionsAreNeverRotatedAndKeepTheirTime) {
    const Session session = some_session(1, 1, 100);
    this->store_->add(session);
    this->store_->revoke(session.id, this->later_);
    this->store_->revoke(session.id, this->later_ + Milliseconds(1));
    EXPECT_EQ(this->store_->find(session.id)->revoked_at, this->later_);
    EXPECT_FALSE(this->store_->rotate(session.id, "first", "second", this->later_));
}

TYPED_TEST_P(SessionStoreContract, RevokingAllSparesOneAndOtherUsers) {
    this->store_->add(some_session(1, 1, 100));
    this->store_->add(some_session(2, 1, 100));
    this->store_->add(some_session(3, 2, 100));
    this->store_->revoke_all(testkit::id<UserId>(1), testkit::id<SessionId>(2), this->later_);
    EXPECT_TRUE(this->store_->find(testkit::id<SessionId>(1))->revoked_at);
    EXPECT_FALSE(this->store_->find(testkit::id<SessionId>(2))->revoked_at);
    EXPECT_FALSE(this->store_->find(testkit::id<SessionId>(3))->revoked_at);
    this->store_->revoke_all(testkit::id<UserId>(1), std::nullopt, this->later_);
    EXPECT_TRUE(this->store_->find(testkit::id<SessionId>(2))->revoked_at);
}

TYPED_TEST_P(SessionStoreContract, ListsNewestFirstAndBreaksTiesById) {
    this->store_->add(some_session(2, 1, 100));
    this->store_->add(some_session(1, 1, 100));
    this->store_->add(some_session(3, 1, 200));
    std::vector<SessionId> ids;
    for (const Session& session : this->store_->of_user(testkit::id<UserId>(1), 10)) ids.push_back(session.id);
    EXPECT_EQ(ids, (std::vector{testkit::id<SessionId>(3), testkit::id<SessionId>(1), testkit::id<SessionId>(2)}));
    EXPECT_EQ(this->store_->of_user(testkit::id<UserId>(1), 2).size(), 2U);
}

TYPED_TEST_P(SessionStoreContract, RemovesExpiredOnesAndAllOfAUser) {
    this->store_->add(some_session(1, 1, 100));
    this->store_->add(some_session(2, 1, 9000));
    EXPECT_EQ(this->store_->remove_expired(this->later_, 10), 1);
    EXPECT_FALSE(this->store_->find(testkit::id<SessionId>(1)));
    this->store_->remove_all(testkit::id<UserId>(1));
    EXPECT_FALSE(this->store_->find(testkit::id<SessionId>(2)));
}

REGISTER_TYPED_TEST_SUITE_P(SessionStoreContract, OfTwoThatSpendOneTokenOneSucceeds,
                            RevokedSessionsAreNeverRotatedAndKeepTheirTime, RevokingAllSparesOneAndOtherUsers,
                            ListsNewestFirstAndBreaksTiesById, RemovesExpiredOnesAndAllOfAUser);

}  // namespace fitview::identity
