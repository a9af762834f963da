// Placement and simulation on a drawn person.
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/drape/drawn_try_on.hpp"
#include "engine/drape/fit_report.hpp"
#include "engine/drape/simulate.hpp"

namespace fitview::engine {
namespace {

using testing::DrawnKind;

double share_inside(const Cloth& cloth, const BodyField& body, float tolerance) {
    int inside = 0;
    for (std::size_t i = 0; i < cloth.size(); ++i)
        inside += cloth.mobility[i] > 0 &&
                  body.distance(cloth.position[i], cloth.solid(static_cast<int>(i))) < -tolerance * body.unit;
    return static_cast<double>(inside) / static_cast<double>(cloth.size());
}

TEST(Cloth, KeepsTheLengthsOfThePattern) {
    const FitPlan plan = drawn_plan();
    const Cloth cloth = cut_cloth(drawn_garment().model, drawn_garment().pattern, plan);
    ASSERT_FALSE(cloth.edges.empty());
    for (const Link& edge : cloth.edges) {
        const Point offset = cloth.pattern_vertex(edge.second).uv - cloth.pattern_vertex(edge.first).uv;
        const float flat = std::hypot(offset.x, offset.y) * plan.across;
        EXPECT_GT(edge.length, 0.5F * flat);
        EXPECT_LT(edge.length, 3.5F * flat);  // at the sides, where a photo sees cloth from the edge
    }
}

TEST(Cloth, LeavesAwayWhatIsTuckedAndPinsItsEdge) {
    FitPlan plan = drawn_plan();
    plan.waist_y = drawn_person().body.shoulder_y + 2 * drawn_person().body.unit;
    plan.cut_row = plan.garment_row(plan.waist_y);
    const Cloth cloth = placed_cloth(plan);
    int pinned = 0;
    for (std::size_t i = 0; i < cloth.size(); ++i) {
        const PatternVertex& vertex = cloth.pattern_vertex(static_cast<int>(i));
        if (vertex.part == part_trunk) {
            EXPECT_LT(vertex.uv.y, *plan.cut_row + 2 * cloth.pattern->spacing);
        }
        pinned += cloth.mobility[i] == 0;
    }
    EXPECT_GT(pinned, 10);
}

TEST(Placement, LaysEveryPointOutsideTheBody) {
    for (DrawnKind kind : {DrawnKind::t_shirt, DrawnKind::sleeveless, DrawnKind::long_sleeves, DrawnKind::dress}) {
        const Cloth cloth = placed_cloth(drawn_plan(1, kind), kind);
        EXPECT_LT(share_inside(cloth, drawn_person().body, 0.02F), 0.002);
    }
}

TEST(Placement, KeepsFrontAndBackApart) {
    const Cloth cloth = placed_cloth(drawn_plan());
    for (std::size_t i = 0; i < cloth.size(); ++i) {
        const PatternVertex& vertex = cloth.pattern_vertex(static_cast<int>(i));
        if (vertex.sewn || vertex.part != part_trunk) continue;
        EXPECT_GE(cloth.position[i].z * (vertex.back ? -1.0F : 1.0F), 0);
    }
}

TEST(Simulation, LeavesNoPointInsideTheBody) {
    for (DrawnKind kind : {DrawnKind::t_shirt, DrawnKind::sleeveless, DrawnKind::long_sleeves, DrawnKind::dress}) {
        Cloth cloth = placed_cloth(drawn_plan(1, kind), kind);
        simulate(drawn_person().body, cloth);
        EXPECT_LT(share_inside(cloth, drawn_person().body, 0.02F), 0.002);
    }
}

TEST(Simulation, AStraplessTopHoldsRoundTheChest) {
    const BodyField& body = drawn_person().body;
    Cloth cloth = placed_cloth(drawn_plan(1, DrawnKind::strapless), DrawnKind::strapless);
    simulate(body, cloth);
    int edge = 0;
    for (std::size_t i = 0; i < cloth.size(); ++i) {
        if (cloth.pattern_vertex(static_cast<int>(i)).opening != Opening::neck) continue;
        ++edge;
        EXPECT_NEAR(cloth.position[i].y, body.shoulder_y + 0.6F * body.unit, 0.2F * body.unit);
    }
    EXPECT_GT(edge, 20);
    EXPECT_LT(share_inside(cloth, body, 0.02F), 0.002);
}

TEST(Simulation, KeepsStretchUnderItsLimit) {
    Cloth cloth = placed_cloth(drawn_plan());
    simulate(drawn_person().body, cloth);
    std::vector<float> strains;
    for (const Link& edge : cloth.edges)
        strains.push_back(length(cloth.position[edge.second] - cloth.position[edge.first]) / edge.length - 1);
    std::sort(strains.begin(), strains.end());
    EXPECT_LT(strains[strains.size() * 95 / 100], 0.22F);
    EXPECT_LT(strains[strains.size() / 2], 0.03F);
}

TEST(Simulation, NeverBringsTheBackBeforeTheFront) {
    Cloth cloth = placed_cloth(drawn_plan());
    const BodyField& body = drawn_person().body;
    simulate(body, cloth);
    for (std::size_t i = 0; i < cloth.size(); ++i) {
        const PatternVertex& vertex = cloth.pattern_vertex(static_cast<int>(i));
        if (vertex.sewn || vertex.part != part_trunk) continue;
        EXPECT_GE(cloth.position[i].z * (vertex.back ? -1.0F : 1.0F), -0.2F * body.unit);
    }
}

TEST(Simulation, GivesTheSameBytesTwice) {
    Cloth first = placed_cloth(drawn_plan()), second = first;
    simulate(drawn_person().body, first);
    simulate(drawn_person().body, second);
    for (std::size_t i = 0; i < first.size(); ++i) {
        ASSERT_EQ(first.position[i].x, second.position[i].x);
        ASSERT_EQ(first.position[i].y, second.position[i].y);
        ASSERT_EQ(first.position[i].z, second.position[i].z);
    }
}

TEST(Simulation, KeepsBothSeamsOfASleeveFromBesideTheTrunkOnTheirSidesOfTheArm) {
    const DrawnKind kind = DrawnKind::sleeves_on_trunk;
    const FitPlan plan = drawn_plan(1, kind);
    Cloth cloth = placed_cloth(plan, kind);
    const BodyField& body = drawn_person().body;
    simulate(body, cloth);
    int seams = 0, astray = 0;
    for (std::size_t i = 0; i < cloth.size(); ++i) {
        const PatternVertex& vertex = cloth.pattern_vertex(static_cast<int>(i));
        if (!vertex.sewn || !is_sleeve(vertex.part)) continue;
        const Side side = vertex.part == part_sleeve_left ? picture_left : picture_right;
        const SleeveFrame& frame = *cloth.pattern->sleeve[side];
        const float share = frame.along.dot(vertex.uv - frame.base) / frame.length;
        if (share < 0.4F || share > 1) continue;
        const auto at = static_cast<std::size_t>(share * (SleeveFrame::samples - 1));
        const bool outer = frame.across.dot(vertex.uv - frame.base) > (frame.inner[at] + frame.outer[at]) / 2;
        const auto& line = body.arm[side].line;
        const auto sample = std::find_if(line.begin(), line.end() - 1,
                                         [&](const ArmSample& s) { return s.centre.y >= cloth.position[i].y; });
        const float outwards = side == picture_left ? -1.0F : 1.0F;
        const bool outside = (cloth.position[i].x - sample->centre.x) * outwards > 0;
        ++seams;
        astray += outside != outer;
    }
    ASSERT_GT(seams, 20);
    EXPECT_LE(astray, seams / 20);
}

FitReport report_of(float size_scale, DrawnKind kind = DrawnKind::t_shirt) {
    const FitPlan plan = drawn_plan(size_scale, kind);
    Cloth cloth = placed_cloth(plan, kind);
    const SimulationReport simulation = simulate(drawn_person().body, cloth);
    return report_fit(cloth, plan, drawn_person().body, simulation);
}

TEST(FitReport, TellsTightFromLoose) {
    const ZoneFit small = report_of(0.75F).zones.front(), usual = report_of(1).zones.front(),
                  large = report_of(1.5F).zones.front();
    EXPECT_EQ(small.zone, "chest");
    EXPECT_EQ(small.verdict, "tight");
    EXPECT_EQ(usual.verdict, "fitted");
    EXPECT_EQ(large.verdict, "loose");
    EXPECT_LT(small.ease_cm, 0);
    EXPECT_GT(usual.ease_cm, 3);
    EXPECT_GT(large.ease_cm, usual.ease_cm + 20);
    EXPECT_GT(small.strain, large.strain);
    EXPECT_LT(small.gap, large.gap);
}

TEST(FitReport, SaysWhereHemAndSleevesEnd) {
    const auto says = [](const FitReport& report, std::string_view words) {
        return std::any_of(report.notes.begin(), report.notes.end(),
                           [&](const std::string& note) { return note.find(words) != std::string::npos; });
    };
    EXPECT_TRUE(says(report_of(1), "hip.") || says(report_of(1), "waist."));
    EXPECT_TRUE(says(report_of(1, DrawnKind::long_sleeves), "The sleeves end"));
    EXPECT_FALSE(says(report_of(1, DrawnKind::sleeveless), "sleeves"));
    EXPECT_TRUE(says(report_of(1.5F), "Loose at the chest."));
}

TEST(JudgeFit, ForgivesACroppedTopItsMidriffButNotBareShoulders) {
    const auto factor = [](double shoulders) {
        FitReport report;
        report.cropped = true;
        report.uncovered_share = 0.45;
        report.bare_shoulder_share = shoulders;
        double product = 1;
        for (const Finding& finding : judge_fit(report)) product *= finding.factor;
        return product;
    };
    EXPECT_GT(factor(0.05), 0.95);
    EXPECT_LT(factor(0.25), 0.6);
}

TEST(FitReport, ColoursTightClothAboveLooseCloth) {
    const auto mean = [](float size_scale) {
        Cloth cloth = placed_cloth(drawn_plan(size_scale));
        simulate(drawn_person().body, cloth);
        const std::vector<float> values = tightness(cloth, drawn_person().body);
        EXPECT_EQ(values.size(), cloth.size());
        float sum = 0;
        for (const float value : values) {
            EXPECT_TRUE(value >= -1 && value <= 1);
            sum += value;
        }
        return sum / static_cast<float>(values.size());
    };
    EXPECT_GT(mean(0.75F), mean(1) + 0.05F);
    EXPECT_GT(mean(1), mean(1.5F));
}

}  // namespace
}  // namespace fitview::engine
