#pragma once
// What every store of style variations must do; a back end joins by being listed in style_store_test.cpp.
#include <gtest/gtest.h>

#include "style/style_store.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::style {

inline Variation some_variation(std::uint32_t number, std::uint32_t session = 1, Style style = Style::formal) {
    return {.id = testkit::id<VariationId>(number),
            .session_id = testkit::id<TryonId>(session),
            .user_id = testkit::id<UserId>(5),
            .style = style,
            .result_key = "style_results/abc.webp",
            .ai_provider = "fallback",
            .processing_time_ms = 1200,
            .created_at = Timestamp::from_milliseconds(1000 + number),
            .expires_at = Timestamp::from_milliseconds(9000)};
}

/// `Backend` has `Database`, `open_empty()` and `open(database)`.
template <class Backend>
class StoreContract : public testing::Test {
protected:
    typename Backend::Database database_ = Backend::open_empty();
    std::unique_ptr<Store> store_ = Backend::open(database_);
};
TYPED_TEST_SUITE_P(StoreContract);

TYPED_TEST_P(StoreContract, KeepsEveryMember) {
    const Variation added = this->store_->add(some_variation(1));
    EXPECT_EQ(added, some_variation(1));
    EXPECT_EQ(this->store_->find(added.session_id, Style::formal), added);
    EXPECT_FALSE(this->store_->find(added.session_id, Style::party));
    EXPECT_FALSE(this->store_->find(testkit::id<TryonId>(2), Style::formal));
}

TYPED_TEST_P(StoreContract, OfTwoForOneSessionAndStyleTheFirstStays) {
    this->store_->add(some_variation(1));
    EXPECT_EQ(this->store_->add(some_variation(2)).id, some_variation(1).id);
    EXPECT_EQ(this->store_->list(some_variation(1).session_id).size(), 1U);
}

TYPED_TEST_P(StoreContract, ListsASessionOldestFirst) {
    this->store_->add(some_variation(3, 1, Style::party));
    this->store_->add(some_variation(2, 1, Style::casual));
    this->store_->add(some_variation(4, 7));
    EXPECT_EQ(this->store_->list(testkit::id<TryonId>(1)),
              (std::vector{some_variation(2, 1, Style::casual), some_variation(3, 1, Style::party)}));
}

TYPED_TEST_P(StoreContract, ForgetsASession) {
    this->store_->add(some_variation(1, 1));
    this->store_->add(some_variation(2, 2));
    this->store_->remove_all(testkit::id<TryonId>(1));
    this->store_->remove_all(testkit::id<TryonId>(1));
    EXPECT_TRUE(this->store_->list(testkit::id<TryonId>(1)).empty());
    EXPECT_EQ(this->store_->list(testkit::id<TryonId>(2)).size(), 1U);
}

TYPED_TEST_P(StoreContract, GoesThroughAUsersInPieces) {
    for (std::uint32_t number = 1; number <= 3; ++number) this->store_->add(some_variation(number, number));
    const UserId user = some_variation(1).user_id;
    const auto first = this->store_->all_of(user, std::nullopt, 2);
    ASSERT_EQ(first.size(), 2U);
    const auto rest = this->store_->all_of(user, first.back().id, 2);
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_EQ(rest.front().id, testkit::id<VariationId>(3));
    EXPECT_TRUE(this->store_->all_of(testkit::id<UserId>(6), std::nullopt, 2).empty());
}

REGISTER_TYPED_TEST_SUITE_P(StoreContract, KeepsEveryMember, OfTwoForOneSessionAndStyleTheFirstStays,
                            ListsASessionOldestFirst, ForgetsASession, GoesThroughAUsersInPieces);

}  // namespace fitview::style
