#pragma once
// What every rate limiter must do; see cache_contract.hpp for how a back end joins.
#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "storage/rate_limiter.hpp"
#include "testkit/back_ends.hpp"

namespace fitview::storage {

template <class Backend>
class RateLimiterContract : public testing::Test {
protected:
    void SetUp() override { FITVIEW_SKIP_WHEN_ABSENT(testkit::absence_of(backend_)); }
    static constexpr RateLimit three_a_minute{.count = 3, .window = std::chrono::minutes(1)};
    Backend backend_;
    std::unique_ptr<RateLimiter> limiter_ = backend_.open_empty();
};
TYPED_TEST_SUITE_P(RateLimiterContract);

TYPED_TEST_P(RateLimiterContract, AllowsTheCountAndTellsWhatIsLeft) {
    const auto take = [this] { return this->limiter_->take("login:a", this->three_a_minute); };
    EXPECT_EQ(take(), (RateDecision{.allowed = true, .limit = 3, .remaining = 2, .reset_seconds = 60}));
    EXPECT_EQ(take(), (RateDecision{.allowed = true, .limit = 3, .remaining = 1, .reset_seconds = 60}));
    EXPECT_EQ(take(), (RateDecision{.allowed = true, .limit = 3, .remaining = 0, .reset_seconds = 60}));
    EXPECT_EQ(take(), (RateDecision{.allowed = false, .limit = 3, .remaining = 0, .reset_seconds = 60}));
}

TYPED_TEST_P(RateLimiterContract, ResetCountsDownRoundedUp) {
    this->limiter_->take("k", this->three_a_minute);
    this->backend_.pass(Milliseconds(15'500));
    EXPECT_EQ(this->limiter_->take("k", this->three_a_minute).reset_seconds, 45);
    this->backend_.pass(Milliseconds(44'499));
    EXPECT_EQ(this->limiter_->take("k", this->three_a_minute).reset_seconds, 1);
}

TYPED_TEST_P(RateLimiterContract, AWindowEndsItsLengthAfterItsFirstCallWhateverWasRefused) {
    for (int call = 0; call < 10; ++call) {
        this->limiter_->take("k", this->three_a_minute);
        this->backend_.pass(Milliseconds(5'000));
    }
    this->backend_.pass(Milliseconds(10'000));
    const RateDecision decision = this->limiter_->take("k", this->three_a_minute);
    EXPECT_TRUE(decision.allowed);
    EXPECT_EQ(decision.remaining, 2);
}

TYPED_TEST_P(RateLimiterContract, KeysCountApart) {
    for (int call = 0; call < 4; ++call) this->limiter_->take("a", this->three_a_minute);
    EXPECT_TRUE(this->limiter_->take("b", this->three_a_minute).allowed);
    EXPECT_FALSE(this->limiter_->take("a", this->three_a_minute).allowed);
}

TYPED_TEST_P(RateLimiterContract, ManyThreadsGetExactlyTheCount) {
    std::atomic<int> allowed = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&] {
            for (int call = 0; call < 50; ++call) {
                allowed += this->limiter_->take("k", {.count = 70, .window = std::chrono::minutes(1)}).allowed ? 1 : 0;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(allowed, 70);
}

TYPED_TEST_P(RateLimiterContract, ALimitOfNothingIsRefused) {
    EXPECT_THROW(this->limiter_->take("k", {.count = 0, .window = std::chrono::minutes(1)}), std::invalid_argument);
    EXPECT_THROW(this->limiter_->take("k", {.count = 1, .window = Milliseconds(0)}), std::invalid_argument);
}

REGISTER_TYPED_TEST_SUITE_P(RateLimiterContract, AllowsTheCountAndTellsWhatIsLeft, ResetCountsDownRoundedUp,
                            AWindowEndsItsLengthAfterItsFirstCallWhateverWasRefused, KeysCountApart,
                            ManyThreadsGetExactlyTheCount, ALimitOfNothingIsRefused);

}  // namespace fitview::storage
