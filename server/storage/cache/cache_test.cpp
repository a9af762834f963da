#include <gtest/gtest.h>

#include "storage/cache/cache_contract.hpp"
#include "storage/redis/redis_fixture.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::storage {
namespace {

struct InProcess {
    std::unique_ptr<Cache> open_empty() { return open_in_process_cache(std::size_t{8} << 20U, clock); }
    void pass(Milliseconds span) { clock.advance(span); }
    testkit::FixedClock clock;
};
struct InRedis : RedisOfTests {
    std::unique_ptr<Cache> open_empty() { return absent.empty() ? open_redis_cache(*client) : nullptr; }
    void pass(Milliseconds span) { shorten_lifetimes(span); }
};
using Backends = testing::Types<InProcess, InRedis>;
INSTANTIATE_TYPED_TEST_SUITE_P(Cache, CacheContract, Backends);

constexpr Milliseconds hour = std::chrono::hours(1);

TEST(InProcessCache, AHitSharesTheBytes) {
    const testkit::FixedClock clock;
    const auto cache = open_in_process_cache(1 << 20U, clock);
    const SharedBytes value = shared_bytes("v");
    cache->put("k", value, hour);
    EXPECT_EQ(cache->find("k").get(), value.get());
}

TEST(InProcessCache, StaysWithinItsBytes) {
    const testkit::FixedClock clock;
    constexpr std::size_t limit = 1 << 20U;
    const auto cache = open_in_process_cache(limit, clock);
    for (int number = 0; number < 5000; ++number) {
        cache->put("k" + std::to_string(number), shared_bytes(std::string(1000, 'x')), hour);
        cache->push("list", std::string(1000, 'y'), 10, hour);
    }
    const CacheFigures figures = cache->figures();
    EXPECT_LE(figures.bytes, limit);
    EXPECT_GT(figures.bytes, limit / 2);
    EXPECT_GT(figures.entries, 500U);
}

TEST(InProcessCache, WhatWasUsedLongestAgoGoesFirst) {
    const testkit::FixedClock clock;
    const auto cache = open_in_process_cache(1 << 20U, clock);
    cache->put("used", shared_bytes("v"), hour);
    cache->put("unused", shared_bytes("v"), hour);
    for (int number = 0; number < 5000; ++number) {
        cache->put("k" + std::to_string(number), shared_bytes(std::string(1000, 'x')), hour);
        ASSERT_TRUE(cache->find("used"));
    }
    EXPECT_FALSE(cache->find("unused"));
}

TEST(InProcessCache, AValueTooLargeIsNotKeptAndLeavesNothingOld) {
    const testkit::FixedClock clock;
    const auto cache = open_in_process_cache(1 << 20U, clock);
    cache->put("k", shared_bytes("small"), hour);
    cache->put("k", shared_bytes(std::string(1 << 17U, 'x')), hour);
    EXPECT_FALSE(cache->find("k"));
    EXPECT_EQ(cache->figures().bytes, 0U);
}

TEST(RedisCache, AValueTooLargeIsNotKeptAndLeavesNothingOld) {
    RedisOfTests redis;
    FITVIEW_SKIP_WHEN_ABSENT(redis.absent);
    const auto cache = open_redis_cache(*redis.client);
    cache->put("k", shared_bytes("small"), hour);
    cache->put("k", shared_bytes(std::string(9 << 20U, 'x')), hour);
    EXPECT_FALSE(cache->find("k"));
}

}  // namespace
}  // namespace fitview::storage
