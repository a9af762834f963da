#include "engine/garment/pattern_mesh.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "engine/garment/parse_garment.hpp"
#include "engine/garment/show_garment.hpp"
#include "engine/garment/testing/drawn_garment.hpp"
#include "engine/ops/delaunay.hpp"

namespace fitview::engine {
namespace {

using testing::draw_garment;
using testing::DrawnKind;

constexpr int vertices_wanted = 1200;

GarmentModel model_of(DrawnKind kind) {
    return parse_garment(draw_garment(kind).photo);
}

std::vector<DrawnKind> all_kinds() {
    return {DrawnKind::t_shirt, DrawnKind::sleeveless, DrawnKind::long_sleeves, DrawnKind::dress,
            DrawnKind::sleeves_on_trunk};
}

const PatternVertex& vertex(const PatternMesh& mesh, int at) {
    return mesh.vertices.at(static_cast<std::size_t>(at));
}

float signed_area(const PatternMesh& mesh, const PatternTriangle& triangle) {
    return turn(vertex(mesh, triangle.vertices[0]).uv, vertex(mesh, triangle.vertices[1]).uv,
                vertex(mesh, triangle.vertices[2]).uv);
}

TEST(MakePattern, HasNoInvertedOrDegenerateTriangle) {
    for (const DrawnKind kind : all_kinds()) {
        const PatternMesh mesh = make_pattern(model_of(kind), vertices_wanted);
        ASSERT_FALSE(mesh.empty());
        for (const PatternTriangle& triangle : mesh.triangles) {
            const float area = signed_area(mesh, triangle) * (triangle.back ? -1.F : 1.F);
            EXPECT_GT(area, 1e-3F * mesh.spacing * mesh.spacing);
            EXPECT_LT(area, 2 * mesh.spacing * mesh.spacing);
        }
    }
}

TEST(MakePattern, CoversEachPanelOnce) {
    for (const DrawnKind kind : all_kinds()) {
        const GarmentModel model = model_of(kind);
        const PatternMesh mesh = make_pattern(model, vertices_wanted);
        double front = 0;
        for (const PatternTriangle& triangle : mesh.triangles)
            if (!triangle.back) front += std::abs(signed_area(mesh, triangle)) / 2;
        const double cloth = cv::countNonZero((model.alpha > 127) & (model.inner == 0));
        EXPECT_NEAR(front, cloth, 0.05 * cloth);
        std::map<std::array<int, 3>, int> uses;
        for (const PatternTriangle& triangle : mesh.triangles)
            for (std::size_t at = 0; at < 3; ++at)
                ++uses[{triangle.vertices[at], triangle.vertices[(at + 1) % 3], triangle.back ? 1 : 0}];
        for (const auto& [edge, count] : uses) EXPECT_EQ(count, 1) << "an edge runs the same way in two triangles";
    }
}

TEST(MakePattern, MarksExactlyTheRimAsSewnOrOpen) {
    for (const DrawnKind kind : all_kinds()) {
        const PatternMesh mesh = make_pattern(model_of(kind), vertices_wanted);
        std::map<std::pair<int, int>, Sided<int>> around;
        for (const PatternTriangle& triangle : mesh.triangles)
            for (std::size_t at = 0; at < 3; ++at) {
                const int a = triangle.vertices[at];
                const int b = triangle.vertices[(at + 1) % 3];
                ++around[{std::min(a, b), std::max(a, b)}][triangle.back ? 1 : 0];
            }
        std::set<int> rim;
        for (const auto& [edge, counts] : around) {
            EXPECT_LE(counts[0], 2);
            EXPECT_LE(counts[1], 2);
            if (counts[0] == 1 || counts[1] == 1) {
                rim.insert(edge.first);
                rim.insert(edge.second);
            }
            // A seam holds a front and a back triangle; an open edge only one triangle.
            if (counts[0] == 1 && counts[1] == 1) {
                EXPECT_TRUE(vertex(mesh, edge.first).sewn && vertex(mesh, edge.second).sewn);
            }
            if (counts[0] + counts[1] == 1) {
                EXPECT_TRUE(vertex(mesh, edge.first).open() || vertex(mesh, edge.second).open());
            }
        }
        for (int at = 0; at < static_cast<int>(mesh.vertices.size()); ++at)
            EXPECT_EQ(vertex(mesh, at).boundary(), rim.count(at) == 1) << at;
    }
}

TEST(MakePattern, OpensNeckHemCuffsAndArmholes) {
    const auto openings = [](const PatternMesh& mesh) {
        std::set<Opening> found;
        for (const PatternVertex& each : mesh.vertices) {
            found.insert(each.opening);
            EXPECT_FALSE(each.sewn && each.open());
        }
        return found;
    };
    const auto shirt = openings(make_pattern(model_of(DrawnKind::t_shirt), vertices_wanted));
    EXPECT_EQ(shirt, (std::set{Opening::none, Opening::neck, Opening::hem, Opening::cuff}));
    const auto top = openings(make_pattern(model_of(DrawnKind::sleeveless), vertices_wanted));
    EXPECT_EQ(top, (std::set{Opening::none, Opening::neck, Opening::hem, Opening::armhole}));
}

TEST(MakePattern, SharesSewnVerticesBetweenThePanels) {
    const PatternMesh mesh = make_pattern(model_of(DrawnKind::t_shirt), vertices_wanted);
    std::vector<Sided<bool>> used(mesh.vertices.size());
    for (const PatternTriangle& triangle : mesh.triangles)
        for (const int at : triangle.vertices) used[static_cast<std::size_t>(at)][triangle.back ? 1 : 0] = true;
    for (std::size_t at = 0; at < used.size(); ++at) {
        const PatternVertex& each = mesh.vertices[at];
        EXPECT_TRUE(used[at][0] || used[at][1]) << "an unused vertex";
        if (!each.sewn) {
            EXPECT_EQ(each.back, used[at][1]);
        }
        if (!each.sewn) {
            EXPECT_NE(used[at][0], used[at][1]);
        }
    }
    EXPECT_GT(mesh.seams.size(), 40U);
    for (const auto& seam : mesh.shoulder_seam) EXPECT_GE(seam.size(), 3U);
}

TEST(MakePattern, CutsASleeveThatLiesOnTheTrunkApart) {
    const GarmentModel model = model_of(DrawnKind::sleeves_on_trunk);
    const PatternMesh mesh = make_pattern(model, vertices_wanted);
    // Along the cut every place exists once for the sleeve and once for the trunk, both sewn.
    for (std::size_t side = 0; side < 2; ++side) {
        const Part part = side == picture_left ? part_sleeve_left : part_sleeve_right;
        int doubled = 0;
        for (const PatternVertex& each : mesh.vertices)
            for (const PatternVertex& other : mesh.vertices)
                if (each.part == part && other.part == part_trunk && each.sewn && other.sewn && each.uv == other.uv)
                    ++doubled;
        const float length = std::abs(model.landmarks.sleeve[side]->notch.y - model.landmarks.armpit[side].y);
        EXPECT_GE(doubled, static_cast<int>(length / mesh.spacing) - 1);
    }
    const float armpit = model.landmarks.armpit[picture_right].y;
    for (const PatternTriangle& triangle : mesh.triangles) {
        std::set<Part> parts;
        bool below = true;
        for (const int at : triangle.vertices) {
            parts.insert(vertex(mesh, at).part);
            below = below && vertex(mesh, at).uv.y > armpit + mesh.spacing;
        }
        if (below) {
            EXPECT_EQ(parts.size(), 1U) << "cloth still joins sleeve and trunk";
        }
    }
}

TEST(MakePattern, PartsTheFrontOfAnOpenJacketFromNeckToHem) {
    GarmentModel model = model_of(DrawnKind::t_shirt);
    model.type = GarmentType::jacket;
    const PatternMesh mesh = make_pattern(model, vertices_wanted);
    const float neck = model.landmarks.neck_centre.y, axis = model.landmarks.axis_x;
    int back_over_axis = 0;
    for (const PatternTriangle& triangle : mesh.triangles) {
        bool left = false, right = false, below = true;
        for (const int at : triangle.vertices) {
            left = left || vertex(mesh, at).uv.x < axis - 1;
            right = right || vertex(mesh, at).uv.x > axis + 1;
            below = below && vertex(mesh, at).uv.y > neck + 1;
        }
        if (!below || !left || !right) continue;
        EXPECT_TRUE(triangle.back) << "cloth still joins both halves of the front";
        ++back_over_axis;
    }
    EXPECT_GT(back_over_axis, 10);
}

TEST(MakePattern, KeepsStrapsNarrowerThanATriangle) {
    cv::Mat picture(400, 300, CV_8UC3, cv::Scalar::all(245));
    cv::rectangle(picture, {60, 170}, {240, 370}, cv::Scalar(30, 30, 160), -1);
    cv::line(picture, {90, 175}, {105, 60}, cv::Scalar(30, 30, 160), 7);
    cv::line(picture, {210, 175}, {195, 60}, cv::Scalar(30, 30, 160), 7);
    const GarmentModel model = parse_garment(testing::to_raster(picture));
    const PatternMesh mesh = make_pattern(model, 200);
    ASSERT_GT(mesh.spacing, 7);
    std::array<int, 12> per_band{};
    for (const PatternTriangle& triangle : mesh.triangles) {
        Point centre;
        for (const int at : triangle.vertices) centre += vertex(mesh, at).uv / 3;
        if (centre.y < 170 && centre.y >= 65) ++per_band[static_cast<std::size_t>((centre.y - 65) / 10)];
    }
    for (std::size_t band = 0; band < 10; ++band) EXPECT_GT(per_band[band], 1) << band;
}

TEST(MakePattern, MeasuresSleevesAndTrunk) {
    const GarmentModel model = model_of(DrawnKind::t_shirt);
    const PatternMesh mesh = make_pattern(model, vertices_wanted);
    for (std::size_t side = 0; side < 2; ++side) {
        ASSERT_TRUE(mesh.sleeve[side].has_value());
        const SleeveFrame& frame = *mesh.sleeve[side];
        EXPECT_NEAR(std::hypot(frame.along.x, frame.along.y), 1, 1e-4);
        EXPECT_NEAR(frame.along.dot(frame.across), 0, 1e-4);
        EXPECT_GT(frame.along.x * (side == picture_left ? -1.F : 1.F), 0.2F);
        for (std::size_t at = 0; at < SleeveFrame::samples; ++at) EXPECT_LE(frame.inner[at], frame.outer[at]);
    }
    ASSERT_EQ(mesh.trunk.size(), 640U);
    EXPECT_NEAR(mesh.trunk[400].left, 128, 4);
    EXPECT_NEAR(mesh.trunk[400].right, 352, 4);
}

TEST(MakePattern, KeepsToTheNumberOfVerticesAskedFor) {
    const GarmentModel model = model_of(DrawnKind::dress);
    for (const int wanted : {400, 1200, 3000}) {
        const PatternMesh mesh = make_pattern(model, wanted);
        const auto count = static_cast<double>(mesh.vertices.size()) / 2;
        EXPECT_NEAR(count, wanted, 0.2 * wanted);
    }
    EXPECT_FALSE(make_pattern(model, -5).empty());
}

TEST(MakePattern, GivesTheSameMeshEveryTime) {
    const GarmentModel model = model_of(DrawnKind::sleeves_on_trunk);
    const PatternMesh first = make_pattern(model, vertices_wanted);
    const PatternMesh second = make_pattern(model, vertices_wanted);
    ASSERT_EQ(first.vertices.size(), second.vertices.size());
    ASSERT_EQ(first.triangles.size(), second.triangles.size());
    for (std::size_t at = 0; at < first.vertices.size(); ++at) EXPECT_EQ(first.vertices[at].uv, second.vertices[at].uv);
    for (std::size_t at = 0; at < first.triangles.size(); ++at)
        EXPECT_EQ(first.triangles[at].vertices, second.triangles[at].vertices);
    ASSERT_EQ(first.bends.size(), second.bends.size());
}

TEST(MakePattern, IsEmptyForAnEmptyCutOut) {
    const GarmentModel nothing = parse_garment(testing::to_raster(cv::Mat(100, 100, CV_8UC3, cv::Scalar::all(200))));
    EXPECT_TRUE(make_pattern(nothing, 1000).empty());
}

TEST(MakePattern, FollowsCorrectedLandmarks) {
    GarmentModel model = model_of(DrawnKind::t_shirt);
    const float before = make_pattern(model, vertices_wanted).sleeve[picture_left]->length;
    // A fit point in the middle of the sleeve's outer edge shortens the sleeve.
    model.landmarks.sleeve[picture_left]->cuff_outer = {240 - 158, 170};
    const PatternMesh mesh = make_pattern(model, vertices_wanted);
    EXPECT_LT(mesh.sleeve[picture_left]->length, before - 20);
    for (const PatternTriangle& triangle : mesh.triangles)
        EXPECT_GT(signed_area(mesh, triangle) * (triangle.back ? -1.F : 1.F), 0);
}

TEST(ShowGarment, DrawsPicturesOfTheModelsSize) {
    const GarmentModel model = model_of(DrawnKind::t_shirt);
    for (const auto& [name, picture] : show_garment(model)) EXPECT_EQ(picture.size(), model.picture.size()) << name;
    const auto panels = show_pattern(model, make_pattern(model, vertices_wanted));
    ASSERT_EQ(panels.size(), 2U);
    EXPECT_GT(cv::norm(panels[0].second, panels[1].second), 0);
}

}  // namespace
}  // namespace fitview::engine
