#pragma once
// What every try-on store must do; a back end joins by being listed in tryon_store_test.cpp.
#include <gtest/gtest.h>

#include "testkit/deterministic.hpp"
#include "tryon/tryon_store.hpp"

namespace fitview::tryon {

inline Session some_session(std::uint32_t number, std::uint32_t user = 1, std::int64_t created = 1000) {
    Session session{.id = testkit::id<TryonId>(number), .user_id = testkit::id<UserId>(user)};
    session.model_id = testkit::id<ModelId>(7);
    session.product_id = testkit::id<ProductId>(8);
    session.retailer_id = testkit::id<UserId>(9);
    session.model_name = "Riya";
    session.product_name = "Royal Blue Silk Kurta";
    session.options.preview = true;
    session.size_scale = 1.09;
    session.input_hash = "inputs";
    session.stage = "waiting";
    session.created_at = Timestamp::from_milliseconds(created);
    session.updated_at = session.created_at;
    session.expires_at = Timestamp::from_milliseconds(created + 1'000'000);
    return session;
}

/// `Backend` has `Database`, `open_empty()` and `open(database)`.
template <class Backend>
class StoreContract : public testing::Test {
protected:
    typename Backend::Database database_ = Backend::open_empty();
    std::unique_ptr<Store> store_ = Backend::open(database_);
    Timestamp now_ = Timestamp::from_milliseconds(5000);
};
TYPED_TEST_SUITE_P(StoreContract);

TYPED_TEST_P(StoreContract, KeepsEveryMember) {
    Session session = some_session(1);
    session.status = Status::failed;
    session.quality = Quality{.score = 0.25,
                              .parts = {{"pose", 0.5}},
                              .warnings = {"Stand straight"},
                              .fit = Fit{.zones = {{"chest", "tight", -1.5}}, .notes = {"Ends at the knee."}}};
    session.error = SessionError{"unusable_picture", "Stand straight"};
    session.overlay_key = "tryon_results/a-fit.webp";
    session.person_mask_key = "user_uploads/a/b-person.png";
    session.outfit = {{.product_id = session.product_id, .name = "Dupatta", .drape = engine::DrapeWay::one_shoulder}};
    this->store_->add(session);
    EXPECT_EQ(this->store_->find(session.id, this->now_), session);
}

TYPED_TEST_P(StoreContract, OnlyTheOwnerFindsIt) {
    this->store_->add(some_session(1, 1));
    EXPECT_TRUE(this->store_->find_own(testkit::id<UserId>(1), testkit::id<TryonId>(1), this->now_));
    EXPECT_FALSE(this->store_->find_own(testkit::id<UserId>(2), testkit::id<TryonId>(1), this->now_));
    EXPECT_FALSE(this->store_->set_favorite(testkit::id<UserId>(2), testkit::id<TryonId>(1), true, this->now_));
    this->store_->remove(testkit::id<TryonId>(1));
    EXPECT_FALSE(this->store_->find_own(testkit::id<UserId>(1), testkit::id<TryonId>(1), this->now_));
}

TYPED_TEST_P(StoreContract, HistoryIsNewestFirstFilteredAndPaged) {
    this->store_->add(some_session(1, 1, 1000));
    this->store_->add(some_session(3, 1, 2000));
    this->store_->add(some_session(2, 1, 2000));
    this->store_->add(some_session(4, 2, 3000));
    const UserId user = testkit::id<UserId>(1);
    const auto ids = [&](const HistoryFilter& filter, const Paging& paging) {
        std::vector<TryonId> found;
        for (const Session& session : this->store_->history(user, filter, paging, this->now_).items)
            found.push_back(session.id);
        return found;
    };
    EXPECT_EQ(ids({}, {}), (std::vector{testkit::id<TryonId>(3), testkit::id<TryonId>(2), testkit::id<TryonId>(1)}));
    EXPECT_EQ(ids({}, {.page = 2, .page_size = 2}), std::vector{testkit::id<TryonId>(1)});
    EXPECT_EQ(this->store_->history(user, {}, {.page = 9, .page_size = 2}, this->now_).total, 3);
    this->store_->set_favorite(user, testkit::id<TryonId>(2), std::nullopt, this->now_);
    EXPECT_EQ(ids({.favorite = true, .status = {}}, {}), std::vector{testkit::id<TryonId>(2)});
    EXPECT_EQ(ids({.favorite = false, .status = {}}, {}).size(), 2U);
    EXPECT_TRUE(ids({.favorite = {}, .status = Status::completed}, {}).empty());
}

TYPED_TEST_P(StoreContract, AMarkIsSetOrTurned) {
    this->store_->add(some_session(1));
    const auto mark = [&](std::optional<bool> favorite) {
        return this->store_->set_favorite(testkit::id<UserId>(1), testkit::id<TryonId>(1), favorite, this->now_)
            ->is_favorite;
    };
    EXPECT_TRUE(mark(std::nullopt));
    EXPECT_FALSE(mark(std::nullopt));
    EXPECT_TRUE(mark(true));
    EXPECT_TRUE(mark(true));
    EXPECT_FALSE(mark(false));
}

TYPED_TEST_P(StoreContract, ExpiredSessionsAreFoundByTheSweeperOnly) {
    this->store_->add(some_session(1));
    const Timestamp later = this->now_ + Milliseconds(2'000'000);
    EXPECT_FALSE(this->store_->find(testkit::id<TryonId>(1), later));
    EXPECT_EQ(this->store_->history(testkit::id<UserId>(1), {}, {}, later).total, 0);
    ASSERT_EQ(this->store_->expired(later, 10).size(), 1U);
    EXPECT_TRUE(this->store_->expired(this->now_, 10).empty());
    this->store_->remove(testkit::id<TryonId>(1));
    EXPECT_TRUE(this->store_->expired(later, 10).empty());
}

TYPED_TEST_P(StoreContract, AnEarlierWorkerCannotOverwriteItsSuccessor) {
    const TryonId id = testkit::id<TryonId>(1);
    this->store_->add(some_session(1));
    auto paused = this->store_->begin(id, 1, this->now_);
    auto successor = this->store_->begin(id, 2, this->now_);
    ASSERT_TRUE(paused && successor);
    EXPECT_FALSE(this->store_->begin(id, 1, this->now_));
    EXPECT_FALSE(this->store_->report(id, 1, 50, "drape"));
    EXPECT_TRUE(this->store_->report(id, 2, 50, "drape"));
    paused->status = Status::completed;
    EXPECT_FALSE(this->store_->finish(*paused));
    successor->status = Status::completed;
    successor->result_key = "tryon_results/a.webp";
    successor->overlay_key = "tryon_results/a-fit.webp";
    EXPECT_TRUE(this->store_->finish(*successor));
    EXPECT_FALSE(this->store_->finish(*successor));
    EXPECT_EQ(this->store_->find(id, this->now_)->result_key, "tryon_results/a.webp");
    EXPECT_EQ(this->store_->find(id, this->now_)->overlay_key, "tryon_results/a-fit.webp");
    EXPECT_FALSE(this->store_->begin(id, 3, this->now_));
}

TYPED_TEST_P(StoreContract, FinishingKeepsAMarkSetMeanwhile) {
    const TryonId id = testkit::id<TryonId>(1);
    this->store_->add(some_session(1));
    auto session = this->store_->begin(id, 1, this->now_);
    this->store_->set_favorite(testkit::id<UserId>(1), id, true, this->now_);
    session->status = Status::completed;
    EXPECT_TRUE(this->store_->finish(*session));
    EXPECT_TRUE(this->store_->find(id, this->now_)->is_favorite);
}

TYPED_TEST_P(StoreContract, PendingSessionsThatNobodyTouchedAreFound) {
    this->store_->add(some_session(2, 1, 2000));
    this->store_->add(some_session(1, 1, 1000));
    Session done = some_session(3, 1, 500);
    done.status = Status::completed;
    this->store_->add(done);
    const auto stale = this->store_->stale_pending(this->now_, {}, 10);
    ASSERT_EQ(stale.size(), 2U);
    EXPECT_EQ(stale.front().id, testkit::id<TryonId>(1));
    EXPECT_TRUE(this->store_->stale_pending(Timestamp::from_milliseconds(900), {}, 10).empty());
}

TYPED_TEST_P(StoreContract, PendingSessionsAreFoundPageByPageAlsoThoseOfOneMoment) {
    for (const std::uint32_t number : {4U, 2U, 1U, 3U, 5U}) this->store_->add(some_session(number, 1, 1000));
    this->store_->add(some_session(6, 1, 2000));
    std::string found;
    PendingPlace last;
    for (auto page = this->store_->stale_pending(this->now_, last, 2); !page.empty();
         page = this->store_->stale_pending(this->now_, last, 2)) {
        for (const Session& session : page) found += session.id.str().back();
        last = {.updated_at = page.back().updated_at, .id = page.back().id};
    }
    EXPECT_EQ(found, "123456");
}

TYPED_TEST_P(StoreContract, OfTwoResultsForTheSameInputsTheFirstStays) {
    const Result first{.input_hash = "a",
                       .result_key = "tryon_results/1.webp",
                       .mask_key = "tryon_results/1.png",
                       .quality = {},
                       .ai_provider = "fallback",
                       .processing_time_ms = 100,
                       .created_at = this->now_};
    Result second = first;
    second.result_key = "tryon_results/2.webp";
    EXPECT_EQ(this->store_->add_result(first), first);
    EXPECT_EQ(this->store_->add_result(second), first);
    this->store_->remove_result("tryon_results/1.webp");
    EXPECT_FALSE(this->store_->find_result("a"));
}

TYPED_TEST_P(StoreContract, EverythingOfAUserIsListedInPieces) {
    for (std::uint32_t number = 1; number <= 5; ++number) this->store_->add(some_session(number));
    const UserId user = testkit::id<UserId>(1);
    const auto first = this->store_->all_of(user, std::nullopt, 3);
    ASSERT_EQ(first.size(), 3U);
    EXPECT_EQ(this->store_->all_of(user, first.back().id, 3).size(), 2U);
    const Consent consent{.id = testkit::id<ConsentId>(1),
                          .user_id = user,
                          .purpose = "p",
                          .text_version = 1,
                          .given_at = this->now_,
                          .withdrawn_at = {}};
    this->store_->add_consent(consent);
    EXPECT_EQ(this->store_->consents_of(user), std::vector{consent});
    this->store_->remove_consents(user);
    EXPECT_TRUE(this->store_->consents_of(user).empty());
}

REGISTER_TYPED_TEST_SUITE_P(StoreContract, KeepsEveryMember, OnlyTheOwnerFindsIt, HistoryIsNewestFirstFilteredAndPaged,
                            AMarkIsSetOrTurned, ExpiredSessionsAreFoundByTheSweeperOnly,
                            AnEarlierWorkerCannotOverwriteItsSuccessor, FinishingKeepsAMarkSetMeanwhile,
                            PendingSessionsThatNobodyTouchedAreFound,
                            PendingSessionsAreFoundPageByPageAlsoThoseOfOneMoment,
                            OfTwoResultsForTheSameInputsTheFirstStays, EverythingOfAUserIsListedInPieces);

}  // namespace fitview::tryon
