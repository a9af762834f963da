#include "engine/drape/known_lengths.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/drape/drawn_try_on.hpp"

namespace fitview::engine {
namespace {

using testing::DrawnKind;

/// The garment on the drawn person, who is `height` cm tall.
FitPlan plan_with(const GarmentMeasures& garment, DrawnKind kind = DrawnKind::t_shirt, const WornTop& worn = {}) {
    const KnownMeasures measures{{.height = 170, .bust = 90}, garment};
    return plan_fit(drawn_garment(kind).model, drawn_garment(kind).pattern, drawn_person().body, worn,
                    known_lengths(measures, drawn_person().body), 1);
}

float pixels_per_cm() {
    return known_lengths({{.height = 170}, {}}, drawn_person().body).pixels_per_cm.value_or(0);
}

float hem_below_neck(const FitPlan& plan) {
    const GarmentLandmarks& marks = drawn_garment().model.landmarks;
    return plan.row(marks.hem_y) - plan.row((marks.neck[0].y + marks.neck[1].y) / 2);
}

TEST(KnownLengths, TellTheScaleFromTheHeight) {
    const BodyOutline& body = drawn_person().body;
    EXPECT_NEAR(pixels_per_cm() * 170 * 1.03, 10.5 * body.length_unit, 0.5);
    EXPECT_FALSE(known_lengths({}, body).pixels_per_cm);
}

TEST(KnownLengths, LeaveAwayWhatNobodyHas) {
    const KnownLengths known =
        known_lengths({{.height = 12, .bust = 9000}, {.chest = 1, .length = 60}}, drawn_person().body);
    EXPECT_FALSE(known.pixels_per_cm);
    EXPECT_FALSE(known.length);
    EXPECT_FALSE(known.girth);
}

TEST(KnownLengths, AGarmentEndsWhereItsChartSays) {
    for (const double length : {58.0, 66.0, 74.0})
        EXPECT_NEAR(hem_below_neck(plan_with({.length = length})), length * pixels_per_cm(), 1);
}

TEST(KnownLengths, TheWornTopDoesNotDecideAKnownLength) {
    const float hem = plan_with({.length = 60}).row(drawn_garment().model.landmarks.hem_y);
    const FitPlan plan = plan_with({.length = 60}, DrawnKind::t_shirt, {hem + 0.1F * drawn_person().body.unit, false});
    EXPECT_EQ(plan.lengthening, 1);
}

TEST(KnownLengths, AChartThatContradictsThePictureIsNotBelieved) {
    EXPECT_FALSE(plan_with({.length = 26}).length_known);
    EXPECT_FALSE(plan_with({.length = 170}).length_known);
}

TEST(KnownLengths, ASleeveEndsWhereItsChartSays) {
    for (const double sleeve : {40.0, 48.0}) {
        const FitPlan plan = plan_with({.sleeve = sleeve}, DrawnKind::long_sleeves);
        EXPECT_NEAR(plan.sleeve_end[picture_left], sleeve * pixels_per_cm(), 1);
    }
}

TEST(KnownLengths, ALargerSizeIsWiderAndALittleLonger) {
    const FitPlan fitting = plan_with({.made_for_bust = 90}), large = plan_with({.made_for_bust = 108});
    EXPECT_NEAR(fitting.girth, 1, 1e-4);
    EXPECT_NEAR(large.girth, 1.2, 1e-4);
    EXPECT_GT(large.across, 1.05F * fitting.across);
    EXPECT_LT(large.along, large.across / fitting.across * fitting.along);
    EXPECT_GT(large.along, 1.02F * fitting.along);
    EXPECT_NEAR(plan_with({.chest = 99}).girth, 1, 1e-4);
}

}  // namespace
}  // namespace fitview::engine
