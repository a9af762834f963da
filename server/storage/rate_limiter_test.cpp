#include <gtest/gtest.h>

#include "storage/rate_limiter_contract.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::storage {
namespace {

struct InProcess {
    std::unique_ptr<RateLimiter> open_empty() { return open_in_process_rate_limiter(clock); }
    void pass(Milliseconds span) { clock.advance(span); }
    testkit::FixedClock clock;
};
using Backends = testing::Types<InProcess>;
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

}  // namespace
}  // namespace fitview::storage
