#include "engine/drape/fit_plan.hpp"

#include <gtest/gtest.h>

#include "engine/drape/drawn_try_on.hpp"

namespace fitview::engine {
namespace {

using testing::DrawnKind;

FitPlan plan_with(const WornTop& worn, DrawnKind kind = DrawnKind::t_shirt) {
    return plan_fit(drawn_garment(kind).model, drawn_garment(kind).pattern, drawn_person().body, worn, {}, 1);
}

TEST(FitPlan, GrowsWithTheSize) {
    const FitPlan usual = drawn_plan(), large = drawn_plan(1.2F);
    EXPECT_EQ(large.girth, 1.2F);
    EXPECT_GT(large.across, usual.across * 1.08F);
    EXPECT_GT(large.along, usual.along * 1.04F);
}

TEST(FitPlan, EveryRowBelowTheArmpitsGoesRoundTheBody) {
    const FitPlan plan = drawn_plan();
    const auto& garment = drawn_garment();
    const BodyField& body = drawn_person().body;
    const GarmentLandmarks& marks = garment.model.landmarks;
    for (float y = marks.armpit[0].y + 30; y < marks.hem_y - 10; y += 10) {
        const TrunkExtent& extent = garment.pattern.trunk[static_cast<std::size_t>(y)];
        const float cloth = (extent.right - extent.left) * plan.across * plan.widening_at(y);
        EXPECT_GT(cloth, 0.98F * body.half_girth(plan.row(y))) << y;
    }
}

TEST(FitPlan, AnOpenFrontOfALargerSizeCoversMore) {
    EXPECT_GT(drawn_plan(1.15F).open_front_share, drawn_plan().open_front_share + 0.03F);
    EXPECT_LT(drawn_plan(0.85F).open_front_share, drawn_plan().open_front_share - 0.03F);
}

TEST(FitPlan, GoesWhereTheWornTopWent) {
    const BodyField& body = drawn_person().body;
    const float hem = plan_with({}).row(drawn_garment().model.landmarks.hem_y);
    EXPECT_FALSE(plan_with({hem - body.unit, false}).tucked());
    const FitPlan tucked = plan_with({hem - body.unit, true});
    ASSERT_TRUE(tucked.tucked());
    EXPECT_NEAR(tucked.row(*tucked.cut_row), hem - 0.7F * body.unit, 0.5);
}

TEST(FitPlan, LongGarmentsAndDressesAreNotTucked) {
    const BodyField& body = drawn_person().body;
    const float hem = plan_with({}).row(drawn_garment().model.landmarks.hem_y);
    EXPECT_FALSE(plan_with({hem - 3 * body.unit, true}).tucked());
    EXPECT_FALSE(plan_with({body.shoulder_y + 2 * body.unit, true}, DrawnKind::dress).tucked());
}

TEST(FitPlan, DrawsAShortHemOverTheWornOneButLeavesACropTop) {
    const BodyField& body = drawn_person().body;
    const float hem = plan_with({}).row(drawn_garment().model.landmarks.hem_y);
    const FitPlan near = plan_with({hem, false});
    EXPECT_GT(near.lengthening, 1);
    EXPECT_NEAR(near.row(drawn_garment().model.landmarks.hem_y), hem + 0.1F * body.unit, 0.5);
    EXPECT_EQ(plan_with({hem + 4 * body.unit, false}).lengthening, 1);
}

TEST(FitPlan, GarmentRowIsTheInverseOfRow) {
    FitPlan plan;
    plan.along = 0.7F;
    plan.top = 33;
    plan.lengthening = 1.2F;
    plan.lengthened_from = 200;
    for (float y : {0.0F, 150.0F, 200.0F, 450.0F}) EXPECT_NEAR(plan.garment_row(plan.row(y)), y, 1e-3);
}

TEST(FitPlan, ALongSleeveEndsAtTheWrist) {
    const BodyField& body = drawn_person().body;
    PreparedGarment garment = drawn_garment(DrawnKind::long_sleeves);
    for (auto& frame : garment.pattern.sleeve) frame->length *= 1.6F;  // the drawn one is three-quarter long
    const FitPlan plan = plan_fit(garment.model, garment.pattern, body, {}, {}, 1);
    for (Side side : {picture_left, picture_right})
        EXPECT_NEAR(plan.sleeve_end[side], 1.02F * body.arm[side].wrist, 0.5F);
}

TEST(FitPlan, AShorterSleeveStaysShorter) {
    const FitPlan plan = drawn_plan(1, DrawnKind::long_sleeves);
    for (Side side : {picture_left, picture_right})
        EXPECT_LT(plan.sleeve_end[side], 0.9F * drawn_person().body.arm[side].wrist);
}

}  // namespace
}  // namespace fitview::engine
