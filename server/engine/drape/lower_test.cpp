// Trousers and skirts from the photo to the hanging cloth.
#include <gtest/gtest.h>

#include <map>

#include "engine/drape/drawn_try_on.hpp"
#include "engine/drape/lower_placement.hpp"
#include "engine/drape/simulate.hpp"
#include "engine/garment/parse_garment.hpp"
#include "engine/garment/testing/drawn_lower.hpp"
#include "engine/ops/delaunay.hpp"

namespace fitview::engine {
namespace {

using testing::DrawnLower;

GarmentType type_of(DrawnLower kind) {
    return kind == DrawnLower::skirt     ? GarmentType::skirt
           : kind == DrawnLower::lehenga ? GarmentType::lehenga
                                         : GarmentType::trousers;
}

const PreparedGarment& drawn_lower(DrawnLower kind) {
    static std::map<DrawnLower, PreparedGarment> garments;
    const auto found = garments.find(kind);
    if (found != garments.end()) return found->second;
    return garments.emplace(kind, prepare_garment(testing::draw_lower(kind).photo, type_of(kind))).first->second;
}

constexpr DrawnLower every_kind[] = {DrawnLower::trousers, DrawnLower::touching_legs, DrawnLower::skirt,
                                     DrawnLower::lehenga};

struct Laid {
    LegLines legs;
    LowerPlan plan;
    Cloth cloth;
};

Laid lay(DrawnLower kind, const KnownMeasures& measures = {}, float size_scale = 1) {
    const PreparedPerson& person = drawn_person();
    const PreparedGarment& garment = drawn_lower(kind);
    Laid laid;
    laid.legs = measure_leg_lines(person.model, person.body);
    laid.plan = plan_lower(garment.model, garment.pattern, person.body, laid.legs,
                           {person.model.landmarks.waist_y, std::nullopt}, known_lower_lengths(measures, person.body),
                           size_scale);
    laid.cloth = cut_cloth(garment.pattern, LowerLengths(garment.pattern, laid.plan), {garment.pattern.waistband},
                           2 * garment.pattern.spacing * laid.plan.across);
    place_lower(laid.plan, person.body, laid.legs, laid.cloth);
    return laid;
}

TEST(Lower, FindsWaistbandHemsAndCrotch) {
    for (const DrawnLower kind : every_kind) {
        const testing::DrawnLowerGarment drawn = testing::draw_lower(kind);
        const GarmentModel& model = drawn_lower(kind).model;
        ASSERT_TRUE(model.lower);
        for (std::size_t side = 0; side < 2; ++side) {
            EXPECT_LT(cv::norm(model.lower->waist[side] - drawn.waist[side]), 14);
            EXPECT_LT(cv::norm(model.lower->hem_outer[side] - drawn.hem_outer[side]), 16);
        }
        EXPECT_EQ(model.lower->crotch.has_value(), rules_of(type_of(kind)).legs);
        if (drawn.crotch) {
            EXPECT_LT(cv::norm(*model.lower->crotch - *drawn.crotch), 14);
        }
    }
}

TEST(Lower, TellsTrousersFromTopsWithoutAWord) {
    EXPECT_EQ(parse_garment(testing::draw_lower(DrawnLower::trousers).photo).type, GarmentType::trousers);
    EXPECT_NE(parse_garment(testing::draw_garment(testing::DrawnKind::t_shirt).photo).kind, GarmentClass::lower);
}

TEST(Lower, SaysWhenTheLegsTouch) {
    double with_gap = 1, touching = 1;
    for (const Finding& finding : drawn_lower(DrawnLower::trousers).model.findings) with_gap *= finding.factor;
    for (const Finding& finding : drawn_lower(DrawnLower::touching_legs).model.findings) touching *= finding.factor;
    EXPECT_LT(touching, with_gap);
}

TEST(Lower, PatternHasNoInvertedTriangleAndNothingJoinsTheLegs) {
    for (const DrawnLower kind : every_kind) {
        const PatternMesh& mesh = drawn_lower(kind).pattern;
        ASSERT_FALSE(mesh.empty());
        ASSERT_GT(mesh.waistband.size(), 6U);
        for (const PatternTriangle& triangle : mesh.triangles) {
            const auto& [a, b, c] = triangle.vertices;
            const float area = turn(mesh.vertices[a].uv, mesh.vertices[b].uv, mesh.vertices[c].uv);
            EXPECT_GT(triangle.back ? -area : area, 0);
        }
        for (const PatternEdge& edge : mesh.edges) {
            const Part first = mesh.vertices[edge.first].part, second = mesh.vertices[edge.second].part;
            EXPECT_FALSE(is_leg(first) && is_leg(second) && first != second);
        }
    }
}

TEST(Lower, LiesOutsideTheBodyFromWaistToHem) {
    const BodyField& body = drawn_person().body;
    for (const DrawnLower kind : every_kind) {
        Laid laid = lay(kind);
        simulate(body, laid.cloth);
        std::size_t inside = 0;
        float lowest = 0;
        for (std::size_t i = 0; i < laid.cloth.size(); ++i) {
            const Vector3& place = laid.cloth.position[i];
            if (laid.cloth.mobility[i] > 0) inside += body.distance(place, Solid::without_arms) < -0.05F * body.unit;
            lowest = std::max(lowest, place.y);
        }
        EXPECT_EQ(inside, 0U);
        EXPECT_LE(lowest, laid.legs.floor_y + 1);
        EXPECT_NEAR(lowest, laid.plan.hem_y, 0.3F * body.unit);
        const Cloth placed = lay(kind).cloth;
        for (std::size_t i = 0; i < placed.size(); ++i) {
            if (placed.pattern_vertex(static_cast<int>(i)).opening != Opening::waist) continue;
            EXPECT_EQ(laid.cloth.position[i].y, placed.position[i].y);
        }
    }
}

TEST(Lower, FullLengthTrousersEndAtTheAnkles) {
    const Laid laid = lay(DrawnLower::trousers);
    EXPECT_NEAR(laid.plan.hem_y, laid.legs.ankle_y, 0.25F * drawn_person().body.unit);
    EXPECT_GT(laid.plan.crotch_y, laid.legs.crotch_y);
}

/// The drawn person is 170 cm tall.
KnownMeasures with(const GarmentMeasures& garment) {
    return {{.height = 170, .waist = 74, .hip = 98}, garment};
}

float pixels_per_cm() {
    return *known_lower_lengths(with({}), drawn_person().body).pixels_per_cm;
}

TEST(Lower, EndsWhereTheSizeChartSays) {
    for (const double length : {70.0, 80.0, 90.0}) {
        const LowerPlan skirt = lay(DrawnLower::skirt, with({.outseam = length})).plan;
        EXPECT_TRUE(skirt.length_known);
        EXPECT_NEAR(skirt.hem_y - skirt.waist_y, length * pixels_per_cm(), 1);
    }
    for (const double inseam : {40.0, 50.0, 58.0}) {
        const LowerPlan trousers = lay(DrawnLower::trousers, with({.length = 100, .inseam = inseam})).plan;
        EXPECT_NEAR(trousers.hem_y - trousers.crotch_y, inseam * pixels_per_cm(), 1);
    }
    const LowerPlan by_length = lay(DrawnLower::trousers, with({.length = 90})).plan;
    EXPECT_NEAR(by_length.hem_y - by_length.waist_y, 90 * pixels_per_cm(), 1);
    EXPECT_LT(lay(DrawnLower::trousers, with({.length = 70})).plan.hem_y, by_length.hem_y);
}

TEST(Lower, TheHangingHemIsWhereTheChartSays) {
    const auto hem = [](double length) {
        Laid laid = lay(DrawnLower::skirt, with({.outseam = length}));
        simulate(drawn_person().body, laid.cloth);
        float lowest = 0;
        for (const Vector3& place : laid.cloth.position) lowest = std::max(lowest, place.y);
        return lowest;
    };
    EXPECT_NEAR(hem(90) - hem(70), 20 * pixels_per_cm(), 0.2F * drawn_person().body.unit);
}

TEST(Lower, NeverGoesBelowTheFloorAndNeedsAHeightForItsLength) {
    const Laid laid = lay(DrawnLower::trousers, with({.inseam = 100}));
    EXPECT_LE(laid.plan.hem_y, laid.legs.floor_y);
    EXPECT_FALSE(lay(DrawnLower::skirt, {{}, {.outseam = 70}}).plan.length_known);
    EXPECT_FALSE(lay(DrawnLower::skirt, with({.outseam = 21})).plan.length_known) << "the picture says otherwise";
}

TEST(Lower, ALargerSizeIsWiderAndASmallerOneTight) {
    const PatternMesh& pattern = drawn_lower(DrawnLower::trousers).pattern;
    const auto girth = [&](const Laid& laid) { return cut_girth(pattern, laid.plan, laid.legs.hip_y); };
    const Laid fitting = lay(DrawnLower::trousers), scaled = lay(DrawnLower::trousers, {}, 1.2F);
    const Laid charted = lay(DrawnLower::trousers, with({.made_for_hip = 98 * 1.2}));
    EXPECT_NEAR(girth(scaled) / girth(fitting), 1.2, 0.06);
    EXPECT_NEAR(girth(charted), girth(scaled), 0.02 * girth(scaled)) << "the chart says it, or a number";
    EXPECT_NEAR(lay(DrawnLower::trousers, with({.hip = 98 * 1.07})).plan.girth, 1, 1e-3);
    const Laid small = lay(DrawnLower::trousers, with({.hip = 88}));
    EXPECT_LT(girth(small), 2 * drawn_person().body.half_girth(small.legs.hip_y));
    const float larger_hem = lay(DrawnLower::skirt, {}, 1.15F).plan.across, hem = lay(DrawnLower::skirt).plan.across;
    EXPECT_NEAR(larger_hem / hem, 1.15, 0.01);
}

TEST(Lower, TellsItsEaseInCentimetres) {
    const auto zone = [](const KnownMeasures& measures, std::size_t which) {
        return render_try_on(drawn_person(), drawn_lower(DrawnLower::trousers), {.measures = measures})
            .fit.zones.at(which);
    };
    EXPECT_GT(zone(with({}), 1).ease_cm, 0);
    EXPECT_GT(zone(with({.hip = 120}), 1).ease_cm, zone(with({}), 1).ease_cm + 8);
    const ZoneFit small = zone(with({.hip = 88}), 1);
    EXPECT_LT(small.ease_cm, 0);
    EXPECT_EQ(small.verdict, "tight");
}

TEST(Lower, LehengaIsWiderThanTheLegsAndAlmostTouchesTheFloor) {
    const Laid laid = lay(DrawnLower::lehenga);
    float left = 1e9F, right = -1e9F;
    for (const Vector3& place : laid.cloth.position) {
        left = std::min(left, place.x);
        right = std::max(right, place.x);
    }
    EXPECT_GT(right - left, 3 * drawn_person().body.unit);
    EXPECT_GT(laid.plan.hem_y, laid.legs.ankle_y);
}

}  // namespace
}  // namespace fitview::engine
