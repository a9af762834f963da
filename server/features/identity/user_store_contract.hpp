#pragma once
// What every user store must do; a back end joins by being listed in user_store_test.cpp.
#include <gtest/gtest.h>

#include "identity/user_store.hpp"
#include "reflect/json_write.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::identity {

inline User some_user(std::uint32_t number, const std::string& email) {
    return {.id = testkit::id<UserId>(number),
            .email = *Email::check(email),
            .hashed_password = "hash",
            .name = *PersonName::check("Priya Sharma"),
            .phone = *Phone::check("+91 99999 99999"),
            .role = Role::customer,
            .measurements = Measurements{{{*MeasureName::check("bust"), *Number<20, 300>::check(92.5)}}},
            .gstin = {},
            .state = {},
            .created_at = Timestamp::from_milliseconds(1000),
            .updated_at = Timestamp::from_milliseconds(1000)};
}

/// `Backend` has `Database`, `open_empty()` and `open_users(database)`.
template <class Backend>
class UserStoreContract : public testing::Test {
protected:
    typename Backend::Database database_ = Backend::open_empty();
    std::unique_ptr<UserStore> store_ = Backend::open_users(database_);
};
TYPED_TEST_SUITE_P(UserStoreContract);

TYPED_TEST_P(UserStoreContract, KeepsEveryMember) {
    const User user = some_user(1, "priya@example.com");
    ASSERT_TRUE(this->store_->add(user));
    const auto found = this->store_->find(user.id);
    ASSERT_TRUE(found);
    EXPECT_EQ(reflect::encode_text(*found), reflect::encode_text(user));
    EXPECT_EQ(this->store_->find_by_email(user.email)->id, user.id);
    EXPECT_FALSE(this->store_->find(testkit::id<UserId>(2)));
}

TYPED_TEST_P(UserStoreContract, AnAddressIsTakenOnceWithoutLetterCase) {
    EXPECT_TRUE(this->store_->add(some_user(1, "priya@example.com")));
    EXPECT_FALSE(this->store_->add(some_user(2, "PRIYA@Example.com")));
    EXPECT_FALSE(this->store_->find(testkit::id<UserId>(2)));
}

TYPED_TEST_P(UserStoreContract, ReplacesOnlyWhatHasNotChangedMeanwhile) {
    const User user = some_user(1, "priya@example.com");
    this->store_->add(user);
    User changed = user;
    changed.phone = std::nullopt;
    changed.updated_at = Timestamp::from_milliseconds(2000);
    EXPECT_TRUE(this->store_->replace(changed, user.updated_at));
    EXPECT_FALSE(this->store_->replace(changed, user.updated_at));
    EXPECT_FALSE(this->store_->find(user.id)->phone);
}

TYPED_TEST_P(UserStoreContract, RemovedUsersFreeTheirAddress) {
    this->store_->add(some_user(1, "priya@example.com"));
    this->store_->remove(testkit::id<UserId>(1));
    this->store_->remove(testkit::id<UserId>(1));
    EXPECT_TRUE(this->store_->add(some_user(2, "priya@example.com")));
}

REGISTER_TYPED_TEST_SUITE_P(UserStoreContract, KeepsEveryMember, AnAddressIsTakenOnceWithoutLetterCase,
                            ReplacesOnlyWhatHasNotChangedMeanwhile, RemovedUsersFreeTheirAddress);

}  // namespace fitview::identity
