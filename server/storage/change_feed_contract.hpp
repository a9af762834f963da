#pragma once
// What every change feed must do; see cache_contract.hpp for how a back end joins. A Backend here also has
// `std::unique_ptr<ChangeFeed> open_again()`, the same feed as another process sees it.
#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "storage/change_feed.hpp"

namespace fitview::storage {

template <class Backend>
class ChangeFeedContract : public testing::Test {
protected:
    /// The revisions after `sequence`.
    std::string revisions(std::int64_t sequence, int limit = 100) {
        std::string text;
        for (const Change& change : feed_->since(sequence, limit).items) text += std::to_string(change.revision) + " ";
        return text;
    }
    Backend backend_;
    std::unique_ptr<ChangeFeed> feed_ = backend_.open_empty();
};
TYPED_TEST_SUITE_P(ChangeFeedContract);

TYPED_TEST_P(ChangeFeedContract, AnEmptyFeedIsAtItsBeginning) {
    EXPECT_EQ(this->feed_->latest(), 0);
    EXPECT_TRUE(this->feed_->since(0, 10).items.empty());
    EXPECT_TRUE(this->feed_->since(0, 10).complete);
}

TYPED_TEST_P(ChangeFeedContract, ChangesComeInOrderWithWhatWasSaid) {
    this->feed_->append("products", "65f0", 3);
    this->feed_->append("models", "65f1", 1);
    const std::vector<Change> changes = this->feed_->since(0, 10).items;
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].collection, "products");
    EXPECT_EQ(changes[0].id, "65f0");
    EXPECT_EQ(changes[0].revision, 3);
    EXPECT_GT(changes[0].sequence, 0);
    EXPECT_GT(changes[1].sequence, changes[0].sequence);
    EXPECT_EQ(this->feed_->latest(), changes[1].sequence);
}

TYPED_TEST_P(ChangeFeedContract, AReaderGoesOnWhereItWas) {
    for (int revision = 1; revision <= 5; ++revision) this->feed_->append("products", "65f0", revision);
    const std::vector<Change> first = this->feed_->since(0, 2).items;
    ASSERT_EQ(first.size(), 2U);
    EXPECT_EQ(this->revisions(first.back().sequence), "3 4 5 ");
    EXPECT_EQ(this->revisions(this->feed_->latest()), "");
    EXPECT_THROW(this->feed_->since(0, 0), std::invalid_argument);
    EXPECT_THROW(this->feed_->since(0, ChangeFeed::read_limit + 1), std::invalid_argument);
}

TYPED_TEST_P(ChangeFeedContract, AnotherProcessSeesTheSame) {
    const auto other = this->backend_.open_again();
    this->feed_->append("products", "65f0", 1);
    EXPECT_EQ(other->latest(), this->feed_->latest());
    other->append("products", "65f0", 2);
    EXPECT_EQ(this->revisions(0), "1 2 ");
}

TYPED_TEST_P(ChangeFeedContract, ATrimmedFeedSaysThatChangesAreMissing) {
    for (int revision = 1; revision <= 5; ++revision) this->feed_->append("products", "65f0", revision);
    const std::int64_t second = this->feed_->since(0, 2).items.back().sequence;
    const std::int64_t third = this->feed_->since(0, 3).items.back().sequence;
    EXPECT_EQ(this->feed_->trim(2), 3);
    EXPECT_FALSE(this->feed_->since(0, 10).complete);
    EXPECT_FALSE(this->feed_->since(second, 10).complete);
    EXPECT_TRUE(this->feed_->since(third, 10).complete);
    EXPECT_EQ(this->revisions(third), "4 5 ");
    const std::int64_t last = this->feed_->latest();
    EXPECT_EQ(this->feed_->trim(0), 2);
    EXPECT_EQ(this->feed_->latest(), last);
    EXPECT_FALSE(this->feed_->since(third, 10).complete);
    EXPECT_TRUE(this->feed_->since(last, 10).complete);
    EXPECT_EQ(this->feed_->trim(10), 0);
}

TYPED_TEST_P(ChangeFeedContract, AFollowerOfManyWritersMissesNothing) {
    constexpr int writers = 4;
    constexpr int each = 30;
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([this, writer] {
            for (int round = 0; round < each; ++round) this->feed_->append("products", std::to_string(writer), round);
        });
    }
    std::set<std::pair<std::string, std::int64_t>> seen;
    for (std::int64_t sequence = 0; seen.size() < writers * each;) {
        for (const Change& change : this->feed_->since(sequence, 7).items) {
            EXPECT_GT(change.sequence, sequence);
            sequence = change.sequence;
            seen.emplace(change.id, change.revision);
        }
        if (sequence >= this->feed_->latest() && sequence >= writers * each && seen.size() < writers * each) break;
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(seen.size(), std::size_t(writers * each));
}

REGISTER_TYPED_TEST_SUITE_P(ChangeFeedContract, AnEmptyFeedIsAtItsBeginning, ChangesComeInOrderWithWhatWasSaid,
                            AReaderGoesOnWhereItWas, AnotherProcessSeesTheSame, ATrimmedFeedSaysThatChangesAreMissing,
                            AFollowerOfManyWritersMissesNothing);

}  // namespace fitview::storage
