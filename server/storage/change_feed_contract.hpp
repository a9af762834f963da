#pragma once
// What every change feed must do; see cache_contract.hpp for how a back end joins. A Backend here has
// `std::unique_ptr<ChangeFeed> open_empty()`, `open_again()`, the same feed as another process sees it, and
// `change(number)`, which changes the product of that number as a store does; `change_other()` changes something else.
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "storage/change_feed.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::storage {

template <class Backend>
class ChangeFeedContract : public testing::Test {
protected:
    static std::string id(std::uint32_t number) { return testkit::id<ProductId>(number).str(); }
    /// What `cursor` tells of from now on, each once.
    static std::set<std::string> all(ChangeCursor& cursor, int limit = 100) {
        std::set<std::string> seen;
        for (Changes changes = cursor.next(limit); !changes.ids.empty(); changes = cursor.next(limit)) {
            EXPECT_TRUE(changes.complete);
            EXPECT_LE(changes.ids.size(), std::size_t(limit));
            seen.insert(changes.ids.begin(), changes.ids.end());
        }
        return seen;
    }
    Backend backend_;
    std::unique_ptr<ChangeFeed> feed_ = backend_.open_empty();
};
TYPED_TEST_SUITE_P(ChangeFeedContract);

TYPED_TEST_P(ChangeFeedContract, WhereNothingChangedThereIsNothing) {
    const auto cursor = this->feed_->follow("products");
    EXPECT_TRUE(cursor->next(10).ids.empty());
    EXPECT_TRUE(cursor->next(10).complete);
    EXPECT_THROW(cursor->next(0), std::invalid_argument);
    EXPECT_THROW(cursor->next(ChangeCursor::read_limit + 1), std::invalid_argument);
}

TYPED_TEST_P(ChangeFeedContract, TellsWhatChangesInOneCollection) {
    const auto cursor = this->feed_->follow("products");
    this->backend_.change(3);
    this->backend_.change_other();
    this->backend_.change(1);
    EXPECT_EQ(cursor->next(10).ids, (std::vector{this->id(3), this->id(1)}));
    EXPECT_TRUE(cursor->next(10).ids.empty());
    this->backend_.change(3);
    EXPECT_EQ(cursor->next(10).ids, std::vector{this->id(3)});
}

TYPED_TEST_P(ChangeFeedContract, AReaderGoesOnWhereItWas) {
    const auto cursor = this->feed_->follow("products");
    for (std::uint32_t number = 1; number <= 5; ++number) this->backend_.change(number);
    EXPECT_EQ(cursor->next(2).ids, (std::vector{this->id(1), this->id(2)}));
    EXPECT_EQ(cursor->next(10).ids, (std::vector{this->id(3), this->id(4), this->id(5)}));
}

TYPED_TEST_P(ChangeFeedContract, AnotherProcessSeesTheSame) {
    const auto other = this->backend_.open_again();
    const auto cursor = other->follow("products");
    this->backend_.change(1);
    EXPECT_EQ(this->all(*cursor), std::set{this->id(1)});
}

TYPED_TEST_P(ChangeFeedContract, AFollowerOfManyWritersMissesNothing) {
    constexpr std::uint32_t writers = 4;
    constexpr std::uint32_t each = 30;
    const auto cursor = this->feed_->follow("products");
    std::atomic<std::uint32_t> left = writers;
    std::vector<std::thread> threads;
    for (std::uint32_t writer = 0; writer < writers; ++writer) {
        threads.emplace_back([&, writer] {
            for (std::uint32_t round = 0; round < each; ++round) this->backend_.change(1 + writer * each + round);
            --left;
        });
    }
    std::set<std::string> seen;
    while (left > 0) seen.merge(this->all(*cursor, 7));
    for (std::thread& thread : threads) thread.join();
    seen.merge(this->all(*cursor, 7));
    EXPECT_EQ(seen.size(), std::size_t{writers * each});
}

REGISTER_TYPED_TEST_SUITE_P(ChangeFeedContract, WhereNothingChangedThereIsNothing, TellsWhatChangesInOneCollection,
                            AReaderGoesOnWhereItWas, AnotherProcessSeesTheSame, AFollowerOfManyWritersMissesNothing);

}  // namespace fitview::storage
