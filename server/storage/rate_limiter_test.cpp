#include <gtest/gtest.h>

#include "base/failure.hpp"
#include "storage/rate_limiter_contract.hpp"
#include "storage/redis/redis_fixture.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::storage {
namespace {

struct InProcess {
    std::unique_ptr<RateLimiter> open_empty() { return open_in_process_rate_limiter(clock); }
    void pass(Milliseconds span) { clock.advance(span); }
    testkit::FixedClock clock;
};
struct InRedis : RedisOfTests {
    std::unique_ptr<RateLimiter> open_empty() {
        return absent.empty() ? open_redis_rate_limiter(*client, &clock) : nullptr;
    }
    void pass(Milliseconds span) { clock.advance(span); }
    testkit::FixedClock clock;
};
using Backends = testing::Types<InProcess, InRedis>;
INSTANTIATE_TYPED_TEST_SUITE_P(RateLimiter, RateLimiterContract, Backends);

constexpr RateLimit once_a_minute{.count = 1, .window = std::chrono::minutes(1)};

TEST(InProcessRateLimiter, ForgetsTheOldestWindowsWhenThereAreTooManyKeys) {
    testkit::FixedClock clock;
    const auto limiter = open_in_process_rate_limiter(clock, 160);
    limiter->take("first", once_a_minute);
    EXPECT_FALSE(limiter->take("first", once_a_minute).allowed);
    for (int key = 0; key < 2000; ++key) limiter->take("k" + std::to_string(key), once_a_minute);
    EXPECT_TRUE(limiter->take("first", once_a_minute).allowed);
    EXPECT_FALSE(limiter->take("first", once_a_minute).allowed);
}

TEST(InProcessRateLimiter, AClockSetBackLocksNobodyOut) {
    testkit::FixedClock clock;
    const auto limiter = open_in_process_rate_limiter(clock);
    limiter->take("k", once_a_minute);
    clock.advance(-std::chrono::hours(5));
    EXPECT_TRUE(limiter->take("k", once_a_minute).allowed);
}

TEST(RedisRateLimiter, NodesShareTheirCounters) {
    RedisOfTests one;
    FITVIEW_SKIP_WHEN_ABSENT(one.absent);
    const auto here = open_redis_rate_limiter(*one.client);
    RedisClient other(one.client->address(), telemetry::no_log());
    const auto there = open_redis_rate_limiter(other);
    EXPECT_TRUE(here->take("k", once_a_minute).allowed);
    const RateDecision refused = there->take("k", once_a_minute);
    EXPECT_FALSE(refused.allowed);
    EXPECT_GT(refused.reset_seconds, 50);
    EXPECT_LE(refused.reset_seconds, 60);
}

TEST(RedisRateLimiter, LeavesNothingBehindOnceTheWindowIsOver) {
    RedisOfTests redis;
    FITVIEW_SKIP_WHEN_ABSENT(redis.absent);
    open_redis_rate_limiter(*redis.client)->take("k", once_a_minute);
    redis.shorten_lifetimes(std::chrono::minutes(1));
    EXPECT_EQ(redis.client->run({"DBSIZE"}).integer, 0);
}

class Away final : public RateLimiter {
    RateDecision take(std::string_view, const RateLimit&) override { throw Unavailable("away"); }
};

TEST(RateLimiterWithFallback, CountsByItselfWhileTheSharedCountersAreAway) {
    const testkit::FixedClock clock;
    const auto limiter = open_rate_limiter_with_fallback(std::make_unique<Away>(), open_in_process_rate_limiter(clock));
    EXPECT_TRUE(limiter->take("k", once_a_minute).allowed);
    EXPECT_FALSE(limiter->take("k", once_a_minute).allowed);
}

}  // namespace
}  // namespace fitview::storage
