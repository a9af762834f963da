#pragma once
// What every object ledger must do; see cache_contract.hpp for how a back end joins.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "storage/objects/object_ledger.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::storage {

template <class Backend>
class ObjectLedgerContract : public testing::Test {
protected:
    static ObjectKey key(std::string_view name) { return ObjectKey::of(std::string(name) + ".webp"); }
    LedgerEntry entry(std::string_view name) const {
        return {.key = key(name),
                .owner = std::nullopt,
                .purpose = "product_picture",
                .content_hash = "cafe",
                .reference_count = 1,
                .expires_at = std::nullopt};
    }
    LedgerEntry expiring(std::string_view name, Milliseconds after) const {
        LedgerEntry made = entry(name);
        made.expires_at = now_ + after;
        return made;
    }
    std::string due(Milliseconds after, int limit = 100) {
        std::string names;
        for (const LedgerEntry& entry : ledger_->condemn_due(now_ + after, limit)) names += entry.key.str() + " ";
        return names;
    }
    const Timestamp now_ = Timestamp::from_milliseconds(1772323200000);
    const UserId user_ = testkit::id<UserId>(1);
    Backend backend_;
    std::unique_ptr<ObjectLedger> ledger_ = backend_.open_empty();
};
TYPED_TEST_SUITE_P(ObjectLedgerContract);

TYPED_TEST_P(ObjectLedgerContract, KeepsWhatWasEnteredOnce) {
    LedgerEntry first = this->expiring("a", Milliseconds(5));
    first.owner = this->user_;
    EXPECT_TRUE(this->ledger_->add(first));
    EXPECT_FALSE(this->ledger_->add(this->entry("a")));
    EXPECT_EQ(this->ledger_->find(this->key("a")), first);
    EXPECT_EQ(this->ledger_->find(this->key("b")), std::nullopt);
}

TYPED_TEST_P(ObjectLedgerContract, AnObjectIsDueWhenNobodyHoldsIt) {
    this->ledger_->add(this->entry("a"));
    EXPECT_TRUE(this->ledger_->add_reference(this->key("a")));
    EXPECT_EQ(this->ledger_->release(this->key("a")), 1);
    EXPECT_EQ(this->due(Milliseconds(0)), "");
    EXPECT_EQ(this->ledger_->release(this->key("a")), 0);
    EXPECT_EQ(this->ledger_->release(this->key("a")), 0) << "below nothing there is nothing";
    EXPECT_EQ(this->due(Milliseconds(0)), "a.webp ");
    EXPECT_EQ(this->ledger_->release(this->key("b")), std::nullopt);
}

TYPED_TEST_P(ObjectLedgerContract, ALastReleaseDoesNotWaitForTheExpiry) {
    this->ledger_->add(this->expiring("a", std::chrono::hours(1000)));
    this->ledger_->release(this->key("a"));
    EXPECT_EQ(this->due(Milliseconds(0)), "a.webp ");
}

TYPED_TEST_P(ObjectLedgerContract, AnObjectIsDueFromItsExpiryOn) {
    this->ledger_->add(this->expiring("a", Milliseconds(1000)));
    EXPECT_EQ(this->due(Milliseconds(999)), "");
    EXPECT_EQ(this->due(Milliseconds(1000)), "a.webp ");
}

TYPED_TEST_P(ObjectLedgerContract, AnUnheldObjectWithAnExpiryWaitsForIt) {
    LedgerEntry uploading = this->expiring("a", Milliseconds(1000));
    uploading.reference_count = 0;
    this->ledger_->add(uploading);
    EXPECT_EQ(this->due(Milliseconds(999)), "");
    EXPECT_TRUE(this->ledger_->add_reference(this->key("a")));
    EXPECT_TRUE(this->ledger_->set_expiry(this->key("a"), std::nullopt));
    EXPECT_EQ(this->due(std::chrono::hours(1)), "");
    EXPECT_FALSE(this->ledger_->set_expiry(this->key("b"), this->now_));
}

TYPED_TEST_P(ObjectLedgerContract, ACondemnedObjectComesAgainUntilItIsForgotten) {
    this->ledger_->add(this->expiring("a", Milliseconds(0)));
    EXPECT_EQ(this->due(Milliseconds(0)), "a.webp ");
    EXPECT_FALSE(this->ledger_->add_reference(this->key("a"))) << "its object may be gone already";
    EXPECT_FALSE(this->ledger_->set_expiry(this->key("a"), std::nullopt));
    EXPECT_FALSE(this->ledger_->add(this->entry("a")));
    EXPECT_EQ(this->due(Milliseconds(0)), "a.webp ");
    EXPECT_TRUE(this->ledger_->forget(this->key("a")));
    EXPECT_FALSE(this->ledger_->forget(this->key("a")));
    EXPECT_EQ(this->due(Milliseconds(0)), "");
    EXPECT_TRUE(this->ledger_->add(this->entry("a")));
}

TYPED_TEST_P(ObjectLedgerContract, WhatIsDueComesInOrderWithinTheLimit) {
    for (const char* name : {"c", "a", "b"}) this->ledger_->add(this->expiring(name, Milliseconds(0)));
    EXPECT_EQ(this->due(Milliseconds(0), 3), "a.webp b.webp c.webp ");
    EXPECT_EQ(this->due(Milliseconds(0), 2), "a.webp b.webp ");
    EXPECT_THROW(this->due(Milliseconds(0), 0), std::invalid_argument);
    EXPECT_THROW(this->due(Milliseconds(0), ObjectLedger::list_limit + 1), std::invalid_argument);
}

TYPED_TEST_P(ObjectLedgerContract, TellsWhatIsPersonalToSomebody) {
    for (const char* name : {"c", "a", "b"}) {
        LedgerEntry mine = this->entry(name);
        mine.owner = this->user_;
        this->ledger_->add(mine);
    }
    LedgerEntry other = this->entry("o");
    other.owner = testkit::id<UserId>(2);
    this->ledger_->add(other);
    this->ledger_->add(this->entry("shop"));
    const auto names = [this](std::optional<ObjectKey> after, int limit) {
        std::string text;
        for (const LedgerEntry& entry : this->ledger_->of_owner(this->user_, after, limit))
            text += entry.key.str() + " ";
        return text;
    };
    EXPECT_EQ(names({}, 10), "a.webp b.webp c.webp ");
    EXPECT_EQ(names({}, 2), "a.webp b.webp ");
    EXPECT_EQ(names(this->key("b"), 2), "c.webp ");
}

REGISTER_TYPED_TEST_SUITE_P(ObjectLedgerContract, KeepsWhatWasEnteredOnce, AnObjectIsDueWhenNobodyHoldsIt,
                            ALastReleaseDoesNotWaitForTheExpiry, AnObjectIsDueFromItsExpiryOn,
                            AnUnheldObjectWithAnExpiryWaitsForIt, ACondemnedObjectComesAgainUntilItIsForgotten,
                            WhatIsDueComesInOrderWithinTheLimit, TellsWhatIsPersonalToSomebody);

}  // namespace fitview::storage
