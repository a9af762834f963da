#pragma once
// What every idempotency store must do; see cache_contract.hpp for how a back end joins.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "storage/idempotency_store.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::storage {

template <class Backend>
class IdempotencyStoreContract : public testing::Test {
protected:
    using Kind = IdempotencyState::Kind;
    static constexpr Milliseconds lease = std::chrono::seconds(30);

    IdempotencyState begin(std::string_view fingerprint = "post /orders", std::uint32_t entity = 1) {
        return store_->begin(user_, "key", fingerprint, testkit::id<ProductId>(entity).bytes(), lease);
    }
    const UserId user_ = testkit::id<UserId>(1);
    const UserId other_ = testkit::id<UserId>(2);
    const StoredAnswer answer_{
        .status = 201, .headers = {{"Location", "/api/v1/orders/1"}, {"X-Empty", ""}}, .body = std::string("a\0b", 3)};
    Backend backend_;
    std::unique_ptr<IdempotencyStore> store_ = backend_.open_empty();
};
TYPED_TEST_SUITE_P(IdempotencyStoreContract);

TYPED_TEST_P(IdempotencyStoreContract, TheSameRequestGetsTheStoredAnswer) {
    const IdempotencyState first = this->begin();
    ASSERT_EQ(first.kind, TestFixture::Kind::fresh);
    EXPECT_TRUE(this->store_->complete(this->user_, "key", first.fence, this->answer_));
    for (int again = 0; again < 2; ++again) {
        const IdempotencyState state = this->begin();
        EXPECT_EQ(state.kind, TestFixture::Kind::replay);
        EXPECT_EQ(state.answer, this->answer_);
    }
}

TYPED_TEST_P(IdempotencyStoreContract, ASecondRequestMeetsTheRunningOne) {
    this->begin();
    EXPECT_EQ(this->begin().kind, TestFixture::Kind::in_progress);
}

TYPED_TEST_P(IdempotencyStoreContract, AnotherRequestUnderTheKeyIsTold) {
    const IdempotencyState first = this->begin();
    EXPECT_EQ(this->begin("post /cart").kind, TestFixture::Kind::key_reused);
    this->store_->complete(this->user_, "key", first.fence, this->answer_);
    EXPECT_EQ(this->begin("post /cart").kind, TestFixture::Kind::key_reused);
}

TYPED_TEST_P(IdempotencyStoreContract, UsersAndKeysDoNotMix) {
    this->begin();
    const IdBytes entity{};
    EXPECT_EQ(this->store_->begin(this->other_, "key", "x", entity, this->lease).kind, TestFixture::Kind::fresh);
    EXPECT_EQ(this->store_->begin(this->user_, "Key", "x", entity, this->lease).kind, TestFixture::Kind::fresh);
}

TYPED_TEST_P(IdempotencyStoreContract, AReleasedKeyIsFreeForAnything) {
    const IdempotencyState first = this->begin();
    EXPECT_TRUE(this->store_->release(this->user_, "key", first.fence));
    EXPECT_EQ(this->begin("post /cart").kind, TestFixture::Kind::fresh);
    EXPECT_FALSE(this->store_->release(this->user_, "key", first.fence)) << "the first run's proof is spent";
}

TYPED_TEST_P(IdempotencyStoreContract, ARunThatDiedIsTakenOverWithItsEntity) {
    const IdempotencyState dead = this->begin("post /orders", 1);
    this->backend_.pass(this->lease);
    const IdempotencyState next = this->begin("post /orders", 2);
    ASSERT_EQ(next.kind, TestFixture::Kind::fresh);
    EXPECT_EQ(next.entity_id, testkit::id<ProductId>(1).bytes());
    EXPECT_FALSE(this->store_->complete(this->user_, "key", dead.fence, this->answer_));
    EXPECT_FALSE(this->store_->release(this->user_, "key", dead.fence));
    EXPECT_TRUE(this->store_->complete(this->user_, "key", next.fence, this->answer_));
}

TYPED_TEST_P(IdempotencyStoreContract, ARunThatIsLateButNotReplacedStillCounts) {
    const IdempotencyState late = this->begin();
    this->backend_.pass(2 * this->lease);
    EXPECT_TRUE(this->store_->complete(this->user_, "key", late.fence, this->answer_));
}

TYPED_TEST_P(IdempotencyStoreContract, ADeadRunDoesNotKeepTheKeyFromAnotherRequest) {
    this->begin("post /orders", 1);
    this->backend_.pass(this->lease);
    const IdempotencyState next = this->begin("post /cart", 2);
    EXPECT_EQ(next.kind, TestFixture::Kind::fresh);
    EXPECT_EQ(next.entity_id, testkit::id<ProductId>(2).bytes());
}

TYPED_TEST_P(IdempotencyStoreContract, AKeyIsFreeAgainAfterADay) {
    const IdempotencyState first = this->begin();
    this->store_->complete(this->user_, "key", first.fence, this->answer_);
    this->backend_.pass(IdempotencyStore::kept - Milliseconds(1));
    EXPECT_EQ(this->begin().kind, TestFixture::Kind::replay);
    EXPECT_EQ(this->store_->remove_expired(100), 0);
    this->backend_.pass(Milliseconds(1));
    EXPECT_EQ(this->begin("post /cart", 9).entity_id, testkit::id<ProductId>(9).bytes());
}

TYPED_TEST_P(IdempotencyStoreContract, ExpiredKeysAreRemovedWithinTheLimit) {
    for (int key = 0; key < 5; ++key) this->store_->begin(this->user_, std::to_string(key), "x", {}, this->lease);
    this->backend_.pass(IdempotencyStore::kept);
    EXPECT_EQ(this->store_->remove_expired(3), 3);
    EXPECT_EQ(this->store_->remove_expired(3), 2);
}

TYPED_TEST_P(IdempotencyStoreContract, ErasureForgetsOneUserOnly) {
    const IdempotencyState first = this->begin();
    this->store_->complete(this->user_, "key", first.fence, this->answer_);
    this->store_->begin(this->other_, "key", "x", {}, this->lease);
    EXPECT_EQ(this->store_->remove_all(this->user_), 1);
    EXPECT_EQ(this->begin().kind, TestFixture::Kind::fresh);
    EXPECT_EQ(this->store_->begin(this->other_, "key", "x", {}, this->lease).kind, TestFixture::Kind::in_progress);
}

TYPED_TEST_P(IdempotencyStoreContract, AnAnswerTooLongFreesTheKey) {
    const IdempotencyState first = this->begin();
    StoredAnswer large = this->answer_;
    large.body.assign(IdempotencyStore::body_limit + 1, 'x');
    EXPECT_TRUE(this->store_->complete(this->user_, "key", first.fence, large));
    EXPECT_EQ(this->begin("post /cart").kind, TestFixture::Kind::fresh);
}

TYPED_TEST_P(IdempotencyStoreContract, OfManyAtOnceOneRuns) {
    std::atomic<int> fresh = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 6; ++thread) {
        threads.emplace_back([&] { fresh += this->begin().kind == TestFixture::Kind::fresh ? 1 : 0; });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(fresh, 1);
}

REGISTER_TYPED_TEST_SUITE_P(IdempotencyStoreContract, TheSameRequestGetsTheStoredAnswer,
                            ASecondRequestMeetsTheRunningOne, AnotherRequestUnderTheKeyIsTold, UsersAndKeysDoNotMix,
                            AReleasedKeyIsFreeForAnything, ARunThatDiedIsTakenOverWithItsEntity,
                            ARunThatIsLateButNotReplacedStillCounts, ADeadRunDoesNotKeepTheKeyFromAnotherRequest,
                            AKeyIsFreeAgainAfterADay, ExpiredKeysAreRemovedWithinTheLimit, ErasureForgetsOneUserOnly,
                            AnAnswerTooLongFreesTheKey, OfManyAtOnceOneRuns);

}  // namespace fitview::storage
