#pragma once
// What every cache must do. A back end joins by being listed in cache_test.cpp and adds no cases of its own, so none
// can drift. A Backend has `std::unique_ptr<Cache> open_empty()` and `void pass(Milliseconds)`, which lets that much
// time go by; one on a real server may be absent (testkit/back_ends.hpp).
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <vector>

#include "storage/cache/cache.hpp"
#include "testkit/back_ends.hpp"

namespace fitview::storage {

inline SharedBytes shared_bytes(std::string text) {
    return std::make_shared<const std::string>(std::move(text));
}

template <class Backend>
class CacheContract : public testing::Test {
protected:
    void SetUp() override { FITVIEW_SKIP_WHEN_ABSENT(testkit::absence_of(backend_)); }
    std::string found(std::string_view key) {
        const SharedBytes value = cache_->find(key);
        return value ? *value : "(nothing)";
    }
    static constexpr Milliseconds hour = std::chrono::hours(1);
    Backend backend_;
    std::unique_ptr<Cache> cache_ = backend_.open_empty();
};
TYPED_TEST_SUITE_P(CacheContract);

TYPED_TEST_P(CacheContract, FindsWhatWasPutAndNothingElse) {
    const std::string bytes("a\0b\xFF", 4);
    this->cache_->put("product:1", shared_bytes(bytes), this->hour);
    EXPECT_EQ(this->found("product:1"), bytes);
    EXPECT_EQ(this->found("product:2"), "(nothing)");
    EXPECT_EQ(this->found("product:"), "(nothing)");
}

TYPED_TEST_P(CacheContract, FindsManyInTheOrderOfTheirKeys) {
    this->cache_->put("a", shared_bytes("1"), this->hour);
    this->cache_->push("list", "entry", 5, this->hour);
    this->cache_->put("b", shared_bytes("2"), this->hour);
    const auto found = this->cache_->find_all({"b", "missing", "list", "a"});
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(*found[0], "2");
    EXPECT_FALSE(found[1]);
    EXPECT_FALSE(found[2]);
    EXPECT_EQ(*found[3], "1");
    EXPECT_TRUE(this->cache_->find_all({}).empty());
}

TYPED_TEST_P(CacheContract, AnEmptyValueIsAValue) {
    this->cache_->put("k", shared_bytes(""), this->hour);
    EXPECT_EQ(this->found("k"), "");
}

TYPED_TEST_P(CacheContract, TheLastPutWins) {
    this->cache_->put("k", shared_bytes("old"), this->hour);
    this->cache_->put("k", shared_bytes("new"), this->hour);
    EXPECT_EQ(this->found("k"), "new");
}

TYPED_TEST_P(CacheContract, NothingIsFoundOnceItsLifetimeIsOver) {
    this->cache_->put("short", shared_bytes("v"), Milliseconds(1000));
    this->cache_->put("long", shared_bytes("v"), this->hour);
    this->backend_.pass(Milliseconds(1000));
    EXPECT_EQ(this->found("short"), "(nothing)");
    EXPECT_EQ(this->found("long"), "v");
    EXPECT_FALSE(this->cache_->remove("short"));
}

TYPED_TEST_P(CacheContract, APutBeginsANewLifetime) {
    this->cache_->put("k", shared_bytes("v"), Milliseconds(1000));
    this->backend_.pass(Milliseconds(700));
    this->cache_->put("k", shared_bytes("w"), Milliseconds(1000));
    this->backend_.pass(Milliseconds(700));
    EXPECT_EQ(this->found("k"), "w");
}

TYPED_TEST_P(CacheContract, RemoveTellsWhetherThereWasAnything) {
    this->cache_->put("k", shared_bytes("v"), this->hour);
    EXPECT_TRUE(this->cache_->remove("k"));
    EXPECT_FALSE(this->cache_->remove("k"));
    EXPECT_EQ(this->found("k"), "(nothing)");
}

TYPED_TEST_P(CacheContract, AnOlderRevisionDoesNotReplaceANewerOne) {
    EXPECT_TRUE(this->cache_->put_newer("k", 2, shared_bytes("two"), this->hour));
    EXPECT_FALSE(this->cache_->put_newer("k", 1, shared_bytes("one"), this->hour));
    EXPECT_EQ(this->found("k"), "two");
    EXPECT_TRUE(this->cache_->put_newer("k", 2, shared_bytes("two again"), this->hour));
    EXPECT_TRUE(this->cache_->put_newer("k", 3, shared_bytes("three"), this->hour));
    EXPECT_EQ(this->found("k"), "three");
}

TYPED_TEST_P(CacheContract, ACounterAddsUpUntilItsLifetimeIsOver) {
    EXPECT_EQ(this->cache_->add("n", 2, Milliseconds(1000)), 2);
    this->backend_.pass(Milliseconds(600));
    EXPECT_EQ(this->cache_->add("n", -5, Milliseconds(1000)), -3);
    this->backend_.pass(Milliseconds(600));
    EXPECT_EQ(this->cache_->add("n", 1, Milliseconds(1000)), 1) << "counting does not make it live longer";
}

TYPED_TEST_P(CacheContract, AListKeepsItsLastEntriesOldestFirst) {
    EXPECT_TRUE(this->cache_->list("l").empty());
    for (int number = 0; number < 45; ++number) this->cache_->push("l", std::to_string(number), 40, this->hour);
    const std::vector<std::string> list = this->cache_->list("l");
    ASSERT_EQ(list.size(), 40U);
    EXPECT_EQ(list.front(), "5");
    EXPECT_EQ(list.back(), "44");
}

TYPED_TEST_P(CacheContract, AListLivesOnWithEachEntry) {
    this->cache_->push("l", "a", 5, Milliseconds(1000));
    this->backend_.pass(Milliseconds(700));
    this->cache_->push("l", "b", 5, Milliseconds(1000));
    this->backend_.pass(Milliseconds(700));
    EXPECT_EQ(this->cache_->list("l"), (std::vector<std::string>{"a", "b"}));
    this->backend_.pass(Milliseconds(700));
    EXPECT_TRUE(this->cache_->list("l").empty());
}

TYPED_TEST_P(CacheContract, AKeyHoldsOneKindOfThing) {
    this->cache_->put("k", shared_bytes("7"), this->hour);
    EXPECT_TRUE(this->cache_->list("k").empty());
    EXPECT_EQ(this->cache_->add("k", 1, this->hour), 1);
    EXPECT_EQ(this->found("k"), "(nothing)");
    this->cache_->push("k", "entry", 5, this->hour);
    EXPECT_EQ(this->cache_->list("k"), std::vector<std::string>{"entry"});
    EXPECT_TRUE(this->cache_->put_newer("k", 1, shared_bytes("v"), this->hour));
    EXPECT_EQ(this->found("k"), "v");
}

TYPED_TEST_P(CacheContract, WrongKeysAndLifetimesAreRefused) {
    EXPECT_THROW(this->cache_->put("", shared_bytes("v"), this->hour), std::invalid_argument);
    EXPECT_THROW(this->cache_->put(std::string(Cache::key_limit + 1, 'k'), shared_bytes("v"), this->hour),
                 std::invalid_argument);
    EXPECT_THROW(this->cache_->put("k", shared_bytes("v"), Milliseconds(0)), std::invalid_argument);
    EXPECT_THROW(this->cache_->push("k", "v", 0, this->hour), std::invalid_argument);
}

TYPED_TEST_P(CacheContract, CountersOfManyThreadsLoseNothing) {
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([this] {
            for (int round = 0; round < 500; ++round) this->cache_->add("n", 1, this->hour);
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(this->cache_->add("n", 0, this->hour), 2000);
}

TYPED_TEST_P(CacheContract, CountsHitsAndMisses) {
    this->cache_->put("k", shared_bytes("v"), this->hour);
    this->cache_->find("k");
    this->cache_->find("k");
    this->cache_->find("other");
    EXPECT_EQ(this->cache_->figures().hits, 2U);
    EXPECT_EQ(this->cache_->figures().misses, 1U);
}

REGISTER_TYPED_TEST_SUITE_P(CacheContract, FindsWhatWasPutAndNothingElse, FindsManyInTheOrderOfTheirKeys,
                            AnEmptyValueIsAValue, TheLastPutWins, NothingIsFoundOnceItsLifetimeIsOver,
                            APutBeginsANewLifetime, RemoveTellsWhetherThereWasAnything,
                            AnOlderRevisionDoesNotReplaceANewerOne, ACounterAddsUpUntilItsLifetimeIsOver,
                            AListKeepsItsLastEntriesOldestFirst, AListLivesOnWithEachEntry, AKeyHoldsOneKindOfThing,
                            WrongKeysAndLifetimesAreRefused, CountersOfManyThreadsLoseNothing, CountsHitsAndMisses);

}  // namespace fitview::storage
