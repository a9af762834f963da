#pragma once
// What every model store must do; a back end joins by being listed in models_store_test.cpp.
#include <gtest/gtest.h>

#include <string>

#include "models/models_store.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::models {

inline KnownModel known_model(std::uint32_t number) {
    return {
        .model = {.id = testkit::id<ModelId>(number),
                  .retailer_id = testkit::id<UserId>(1),
                  .name = *ModelName::check("Riya"),
                  .body_type = BodyType::curvy,
                  .height_cm = *HeightCm::check(165.5),
                  .measurements =
                      identity::Measurements{{{*identity::MeasureName::check("bust"), *Number<20, 300>::check(92.5)}}},
                  .skin_tone = SkinTone::olive,
                  .size = ModelSize::L,
                  .image =
                      pictures::Picture{.id = testkit::id<PictureId>(5),
                                        .key = storage::ObjectKey::of("models/m/5.webp"),
                                        .thumbnail_key = storage::ObjectKey::of("models/m/thumbnails/5_thumb.webp"),
                                        .width = 768,
                                        .height = 1024,
                                        .blurhash = "L6",
                                        .content_hash = "cafe"},
                  .fit_points = engine::BodyFitPoints{.points = {{{engine::BodyPoint::left_wrist, 0.25, 0.5, {}}}},
                                                      .strokes = {}},
                  .is_active = true,
                  .is_deleted = false,
                  .revision = 1,
                  .created_at = Timestamp::from_milliseconds(1000),
                  .updated_at = Timestamp::from_milliseconds(2000)},
        .figures = {
            .usage_count = 7,
            .try_on = {.state = pictures::TryOnState::ready, .score = 0.75, .reasons = {"The hands are cut off"}},
            .try_on_revision = 2}};
}

/// `Backend` has `Database`, `open_empty()` and `open(database)`.
template <class Backend>
class StoreContract : public testing::Test {
protected:
    std::string listed(const ModelQuery& query, const std::optional<UserId>& viewer = std::nullopt) {
        const ModelPage page = store_->list(query, viewer);
        std::string numbers;
        for (const KnownModel& known : page.items) numbers += std::to_string(known.model.id.bytes()[11]) + " ";
        return numbers + "of " + std::to_string(page.total);
    }

    typename Backend::Database database_ = Backend::open_empty();
    std::unique_ptr<Store> store_ = Backend::open(database_);
    const UserId shop_ = testkit::id<UserId>(1);
};
TYPED_TEST_SUITE_P(StoreContract);

TYPED_TEST_P(StoreContract, KeepsEveryMember) {
    const KnownModel full = known_model(1);
    KnownModel bare = known_model(2);
    bare.model.measurements.reset();
    bare.model.skin_tone.reset();
    bare.model.image.reset();
    this->store_->add(full);
    this->store_->add(bare);
    EXPECT_EQ(this->store_->find(full.model.id), full);
    EXPECT_EQ(this->store_->find(bare.model.id), bare);
    EXPECT_EQ(this->store_->find_all({bare.model.id, testkit::id<ModelId>(9), full.model.id}),
              (std::vector{bare, full}));
}

TYPED_TEST_P(StoreContract, ReplacesOnlyTheRevisionBefore) {
    KnownModel known = known_model(1);
    this->store_->add(known);
    known.model.name = *ModelName::check("Priya");
    known.model.revision = 2;
    EXPECT_TRUE(this->store_->replace(known.model));
    EXPECT_EQ(this->store_->find(known.model.id), known);
    EXPECT_FALSE(this->store_->replace(known.model));
}

TYPED_TEST_P(StoreContract, ListsWhatIsListedAndWhatIsTheViewersOwn) {
    for (std::uint32_t number = 1; number <= 4; ++number) {
        KnownModel known = known_model(number);
        if (number == 2) known.model.image.reset();
        if (number == 3) known.model.is_active = false;
        if (number == 4) known.model.is_deleted = true;
        this->store_->add(known);
    }
    EXPECT_EQ(this->listed({}), "1 of 1");
    EXPECT_EQ(this->listed({}, testkit::id<UserId>(2)), "1 of 1");
    EXPECT_EQ(this->listed({}, this->shop_), "1 2 3 of 3");
    EXPECT_EQ(this->store_->list_of_retailer(this->shop_, 10).size(), 3U);
}

TYPED_TEST_P(StoreContract, FiltersCombineAndRepeatedOnesWiden) {
    for (std::uint32_t number = 1; number <= 3; ++number) {
        KnownModel known = known_model(number);
        if (number == 2) known.model.body_type = BodyType::slim;
        if (number == 3) known.model.skin_tone.reset();
        if (number == 3) known.model.retailer_id = testkit::id<UserId>(2);
        this->store_->add(known);
    }
    EXPECT_EQ(this->listed({.body_type = {{BodyType::slim}}}), "2 of 1");
    EXPECT_EQ(this->listed(
                  {.body_type = {{BodyType::slim, BodyType::curvy}}, .skin_tone = {{SkinTone::olive, SkinTone::fair}}}),
              "1 2 of 2");
    EXPECT_EQ(this->listed({.size = {{ModelSize::M}}}), "of 0");
    EXPECT_EQ(this->listed({.size = {{ModelSize::L}}, .retailer_id = {{testkit::id<UserId>(2)}}}), "3 of 1");
}

TYPED_TEST_P(StoreContract, OrdersByAgeOrUseAndThenById) {
    for (std::uint32_t number = 1; number <= 3; ++number) {
        KnownModel known = known_model(number);
        if (number == 3) known.model.created_at = Timestamp::from_milliseconds(5000);
        this->store_->add(known);
    }
    this->store_->count_use(testkit::id<ModelId>(2));
    this->store_->count_use(testkit::id<ModelId>(9));
    EXPECT_EQ(this->listed({}), "3 1 2 of 3");
    EXPECT_EQ(this->listed({.sort = ModelSort::popular}), "2 1 3 of 3");
    EXPECT_EQ(
        this->listed({.sort = ModelSort::popular, .page = *PageNumber::check(2), .page_size = *PageSize::check(2)}),
        "3 of 3");
    EXPECT_EQ(this->listed({.page = *PageNumber::check(3)}), "of 3");
}

TYPED_TEST_P(StoreContract, ListsPicturesThatWait) {
    this->store_->add(known_model(1));
    this->store_->add(known_model(2));
    EXPECT_TRUE(this->store_->set_try_on(testkit::id<ModelId>(2),
                                         {.state = pictures::TryOnState::pending, .score = {}, .reasons = {}}));
    EXPECT_FALSE(this->store_->set_try_on(testkit::id<ModelId>(9), {}));
    const auto waiting = this->store_->list_pending(std::nullopt, 10);
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].model.id, testkit::id<ModelId>(2));
    EXPECT_EQ(waiting[0].figures.try_on_revision, 3);
    EXPECT_TRUE(this->store_->list_pending(testkit::id<ModelId>(2), 10).empty());
}

REGISTER_TYPED_TEST_SUITE_P(StoreContract, KeepsEveryMember, ReplacesOnlyTheRevisionBefore,
                            ListsWhatIsListedAndWhatIsTheViewersOwn, FiltersCombineAndRepeatedOnesWiden,
                            OrdersByAgeOrUseAndThenById, ListsPicturesThatWait);

}  // namespace fitview::models
