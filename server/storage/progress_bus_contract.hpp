#pragma once
// What every progress bus must do; see cache_contract.hpp for how a back end joins.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "base/failure.hpp"
#include "storage/progress_bus.hpp"
#include "testkit/back_ends.hpp"

namespace fitview::storage {

template <class Backend>
class ProgressBusContract : public testing::Test {
protected:
    void SetUp() override { FITVIEW_SKIP_WHEN_ABSENT(testkit::absence_of(backend_)); }
    /// Long enough for any back end to deliver; a test that passes does not wait so long.
    static std::chrono::steady_clock::time_point soon() {
        return std::chrono::steady_clock::now() + std::chrono::seconds(10);
    }
    static std::chrono::steady_clock::time_point now() { return std::chrono::steady_clock::now(); }
    Backend backend_;
    std::unique_ptr<ProgressBus> bus_ = backend_.open_empty();
};
TYPED_TEST_SUITE_P(ProgressBusContract);

TYPED_TEST_P(ProgressBusContract, AListenerIsWokenByItsTopic) {
    Wakeup wakeup;
    const auto subscription = this->bus_->subscribe("tryon:1", [&] { wakeup.notify(); });
    std::thread publisher([this] { this->bus_->publish("tryon:1"); });
    EXPECT_TRUE(wakeup.wait_until(this->soon()));
    publisher.join();
    EXPECT_FALSE(wakeup.wait_until(this->now())) << "one message wakes once";
}

TYPED_TEST_P(ProgressBusContract, EveryListenerOfATopicIsWokenAndNoOther) {
    Wakeup first;
    Wakeup second;
    Wakeup other;
    const auto a = this->bus_->subscribe("tryon:1", [&] { first.notify(); });
    const auto b = this->bus_->subscribe("tryon:1", [&] { second.notify(); });
    const auto c = this->bus_->subscribe("tryon:2", [&] { other.notify(); });
    this->bus_->publish("tryon:1");
    EXPECT_TRUE(first.wait_until(this->soon()));
    EXPECT_TRUE(second.wait_until(this->soon()));
    EXPECT_FALSE(other.wait_until(this->now()));
}

TYPED_TEST_P(ProgressBusContract, ATopicWithoutListenersIsNoFault) {
    this->bus_->publish("nobody");
}

TYPED_TEST_P(ProgressBusContract, AnEndedSubscriptionIsNotCalledAgain) {
    for (int round = 0; round < 50; ++round) {
        std::atomic<bool> alive = true;
        std::atomic<bool> called_after_end = false;
        auto subscription = this->bus_->subscribe("t", [&] { called_after_end = called_after_end || !alive; });
        std::thread publisher([this] {
            for (int message = 0; message < 20; ++message) this->bus_->publish("t");
        });
        subscription.reset();
        alive = false;
        publisher.join();
        EXPECT_FALSE(called_after_end);
    }
}

TYPED_TEST_P(ProgressBusContract, TooManySubscriptionsAreRefusedUntilOneEnds) {
    std::vector<std::unique_ptr<ProgressBus::Subscription>> subscriptions;
    for (std::size_t number = 0; number < TypeParam::limit(); ++number) {
        subscriptions.push_back(this->bus_->subscribe("t", [] {}));
    }
    EXPECT_THROW(this->bus_->subscribe("t", [] {}), Unavailable);
    subscriptions.pop_back();
    EXPECT_NO_THROW(this->bus_->subscribe("t", [] {}));
}

REGISTER_TYPED_TEST_SUITE_P(ProgressBusContract, AListenerIsWokenByItsTopic, EveryListenerOfATopicIsWokenAndNoOther,
                            ATopicWithoutListenersIsNoFault, AnEndedSubscriptionIsNotCalledAgain,
                            TooManySubscriptionsAreRefusedUntilOneEnds);

}  // namespace fitview::storage
