#pragma once
// What leases must do on every back end; see cache_contract.hpp for how one joins.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "storage/lease.hpp"

namespace fitview::storage {

template <class Backend>
class LeaseContract : public testing::Test {
protected:
    static constexpr Milliseconds duration{1000};
    std::optional<Lease> acquire(std::string_view owner) { return leases_->acquire("sweeper", owner, duration); }
    Backend backend_;
    std::unique_ptr<Leases> leases_ = backend_.open_empty();
};
TYPED_TEST_SUITE_P(LeaseContract);

TYPED_TEST_P(LeaseContract, OneOwnerAtATime) {
    const auto first = this->acquire("a");
    ASSERT_TRUE(first);
    EXPECT_EQ(first->name, "sweeper");
    EXPECT_EQ(first->owner, "a");
    EXPECT_FALSE(this->acquire("b"));
    EXPECT_TRUE(this->leases_->acquire("exporter", "b", this->duration));
}

TYPED_TEST_P(LeaseContract, ALeaseThatIsOverGoesToAnotherWithAHigherFence) {
    const auto first = this->acquire("a");
    this->backend_.pass(this->duration - Milliseconds(1));
    EXPECT_FALSE(this->acquire("b"));
    this->backend_.pass(Milliseconds(1));
    const auto second = this->acquire("b");
    ASSERT_TRUE(second);
    EXPECT_GT(second->fence, first->fence);
    EXPECT_FALSE(this->leases_->renew(*first, this->duration));
    EXPECT_FALSE(this->leases_->release(*first));
    EXPECT_FALSE(this->acquire("a"));
}

TYPED_TEST_P(LeaseContract, ARenewedLeaseHolds) {
    auto lease = this->acquire("a");
    for (int time = 0; time < 3; ++time) {
        this->backend_.pass(this->duration - Milliseconds(1));
        lease = this->leases_->renew(*lease, this->duration);
        ASSERT_TRUE(lease);
    }
    EXPECT_FALSE(this->acquire("b"));
    this->backend_.pass(this->duration);
    EXPECT_TRUE(this->leases_->renew(*lease, this->duration)) << "over, but nobody else took it";
}

TYPED_TEST_P(LeaseContract, AReleasedLeaseIsFreeAtOnce) {
    const auto first = this->acquire("a");
    EXPECT_TRUE(this->leases_->release(*first));
    EXPECT_FALSE(this->leases_->release(*first));
    EXPECT_FALSE(this->leases_->renew(*first, this->duration));
    const auto second = this->acquire("b");
    ASSERT_TRUE(second);
    EXPECT_GT(second->fence, first->fence);
}

TYPED_TEST_P(LeaseContract, AnOwnerThatStartsAnewTakesItsOwnLease) {
    const auto before = this->acquire("a");
    const auto after = this->acquire("a");
    ASSERT_TRUE(after);
    EXPECT_GT(after->fence, before->fence);
    EXPECT_FALSE(this->leases_->renew(*before, this->duration));
}

TYPED_TEST_P(LeaseContract, OfManyOwnersOneGetsIt) {
    std::atomic<int> holders = 0;
    std::vector<std::thread> threads;
    for (int owner = 0; owner < 6; ++owner) {
        threads.emplace_back([&, owner] { holders += this->acquire(std::to_string(owner)) ? 1 : 0; });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(holders, 1);
}

REGISTER_TYPED_TEST_SUITE_P(LeaseContract, OneOwnerAtATime, ALeaseThatIsOverGoesToAnotherWithAHigherFence,
                            ARenewedLeaseHolds, AReleasedLeaseIsFreeAtOnce, AnOwnerThatStartsAnewTakesItsOwnLease,
                            OfManyOwnersOneGetsIt);

}  // namespace fitview::storage
