// Unstitched cloth from the photo to the body.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "engine/compose_outfit.hpp"
#include "engine/drape/drawn_try_on.hpp"
#include "engine/drape/sheet_drape.hpp"
#include "engine/drape/worn_layers.hpp"
#include "engine/garment/sheet_pattern.hpp"
#include "engine/garment/testing/drawn_garment.hpp"
#include "reflect/members.hpp"

namespace fitview::engine {
namespace {

/// Green cloth with a red border along both sides and a red end below, spread out flat.
media::Raster draw_cloth() {
    cv::Mat picture(640, 480, CV_8UC3, cv::Scalar(240, 240, 238));
    const cv::Rect cloth(100, 40, 280, 560);
    cv::rectangle(picture, cloth, cv::Scalar(170, 30, 50), cv::FILLED);
    cv::rectangle(picture, {125, 40}, {355, 520}, cv::Scalar(30, 120, 90), cv::FILLED);
    for (int y = 60; y < 510; y += 30)
        for (int x = 140; x < 350; x += 30) cv::circle(picture, {x, y}, 5, cv::Scalar(230, 200, 90), cv::FILLED);
    return testing::to_raster(picture);
}

const PreparedGarment& cloth_as(GarmentType type) {
    static const PreparedGarment saree = prepare_garment(draw_cloth(), GarmentType::saree);
    static const PreparedGarment dupatta = prepare_garment(draw_cloth(), GarmentType::dupatta);
    return type == GarmentType::saree ? saree : dupatta;
}

Cloth drape(GarmentType type, DrapeWay way) {
    const PreparedPerson& person = drawn_person();
    return drape_sheets(cloth_as(type).pattern, way, person.body, measure_leg_lines(person.model, person.body),
                        person.model.landmarks.waist_y);
}

TEST(Sheets, TakeTheirColoursFromTheRectangleOfThePhoto) {
    const GarmentModel& model = cloth_as(GarmentType::saree).model;
    ASSERT_TRUE(model.cloth);
    EXPECT_NEAR(model.cloth->x, 100, 6);
    EXPECT_NEAR(model.cloth->width, 280, 10);
    for (const PatternVertex& vertex : cloth_as(GarmentType::saree).pattern.vertices)
        EXPECT_TRUE(model.cloth->contains(vertex.uv) || std::abs(vertex.uv.x - model.cloth->br().x) < 1 ||
                    std::abs(vertex.uv.y - model.cloth->br().y) < 1);
}

TEST(Sheets, LieOutsideTheBodyInEveryWay) {
    const BodyField& body = drawn_person().body;
    for (const GarmentType type : {GarmentType::saree, GarmentType::dupatta})
        for (const DrapeWay way : ways_to_wear(type)) {
            const Cloth cloth = drape(type, way);
            ASSERT_GT(cloth.size(), 1000U);
            std::size_t inside = 0;
            for (const Vector3& place : cloth.position) inside += body.distance(place, Solid::without_arms) < 0;
            EXPECT_EQ(inside, 0U) << reflect::enum_name(way);
        }
}

TEST(Sheets, OnlyUnstitchedClothHasWaysToWearIt) {
    EXPECT_TRUE(ways_to_wear(GarmentType::kurta).empty());
    EXPECT_EQ(way_to_wear(GarmentType::dupatta, DrapeWay::round_neck), DrapeWay::round_neck);
    EXPECT_EQ(way_to_wear(GarmentType::dupatta, DrapeWay::nivi), DrapeWay::sides) << "no way to wear a dupatta";
    EXPECT_EQ(way_to_wear(GarmentType::saree, std::nullopt), DrapeWay::nivi);
}

TEST(Sheets, TheSareeReachesFromTheWaistToTheFloor) {
    const LegLines legs = measure_leg_lines(drawn_person().model, drawn_person().body);
    const Cloth cloth = drape(GarmentType::saree, DrapeWay::nivi);
    float lowest = 0, highest = 1e9F;
    for (const Vector3& place : cloth.position) {
        lowest = std::max(lowest, place.y);
        highest = std::min(highest, place.y);
    }
    EXPECT_NEAR(lowest, legs.floor_y, 0.3F * drawn_person().body.unit);
    EXPECT_LT(highest, drawn_person().body.shoulder_y + 0.3F * drawn_person().body.unit);
}

/// How long a stretch of a sheet is drawn against how long it is, along and across, where it looks at the viewer.
struct DrawnScale {
    std::vector<float> along, across;
};

DrawnScale scale_of_skirt(DrapeWay way) {
    const PatternMesh& pattern = cloth_as(GarmentType::saree).pattern;
    const ClothSheet& grid = pattern.sheets[saree_skirt];
    const Cloth cloth = drape(GarmentType::saree, way);
    const LegLines legs = measure_leg_lines(drawn_person().model, drawn_person().body);
    DrawnScale scale;
    const auto place = [&](int i, int j) { return cloth.position[static_cast<std::size_t>(i * grid.across + j)]; };
    const auto uv = [&](int i, int j) {
        return pattern.vertices[static_cast<std::size_t>(grid.first + i * grid.across + j)].uv;
    };
    for (int i = 0; i + 1 < grid.along; ++i)
        for (int j = 0; j + 1 < grid.across; ++j) {
            const Vector3 here = place(i, j), next = place(i + 1, j), below = place(i, j + 1);
            // on the front half, below the hips, folded neither way
            if (here.y < legs.hip_y || here.z < 0 || std::abs(next.z - here.z) > std::abs(next.x - here.x)) continue;
            const Point along = uv(i + 1, j) - uv(i, j), across = uv(i, j + 1) - uv(i, j);
            if (std::hypot(along.x, along.y) < 0.1F) continue;  // where the photo turns round
            scale.along.push_back(length(next - here) / std::hypot(along.x, along.y));
            scale.across.push_back(length(below - here) / std::hypot(across.x, across.y));
        }
    return scale;
}

float median(std::vector<float> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

TEST(Sheets, TheSkirtsMotifsAreAsLongAsTheyAreWide) {
    for (const DrapeWay way : ways_to_wear(GarmentType::saree)) {
        const DrawnScale scale = scale_of_skirt(way);
        ASSERT_GT(scale.along.size(), 500U);
        EXPECT_NEAR(median(scale.along) / median(scale.across), 1, 0.12) << reflect::enum_name(way);
    }
}

TEST(Sheets, TheSkirtNeverShowsThePallusEnd) {
    const PreparedGarment& saree = cloth_as(GarmentType::saree);
    const ClothSheet& grid = saree.pattern.sheets[saree_skirt];
    for (int i = 0; i < grid.along * grid.across; ++i)  // the red end begins at row 520
        EXPECT_LT(saree.pattern.vertices[static_cast<std::size_t>(grid.first + i)].uv.y, 515);
}

/// The columns of the cloth well above the waist, against the neck: below 0 on the wearer's right.
cv::Vec2f chest_of(DrapeWay way) {
    const BodyField& body = drawn_person().body;
    const Cloth cloth = drape(GarmentType::saree, way);
    float left = 1e9F, right = -1e9F;
    for (const Vector3& place : cloth.position) {
        if (place.z < 0 || std::abs(place.y - body.shoulder_y - 0.5F * body.unit) > 0.2F * body.unit) continue;
        left = std::min(left, (place.x - body.neck_x) / body.unit);
        right = std::max(right, (place.x - body.neck_x) / body.unit);
    }
    return {left, right};
}

TEST(Sheets, EachWayHasItsPalluOnItsShoulder) {
    EXPECT_GT(chest_of(DrapeWay::nivi)[0], 0);
    EXPECT_LT(chest_of(DrapeWay::seedha_pallu)[1], 0);
    EXPECT_GT(chest_of(DrapeWay::bengali)[0], -0.1F);
    EXPECT_GT(chest_of(DrapeWay::nivi_open)[1], chest_of(DrapeWay::nivi)[1]) << "it falls over the arm";
    EXPECT_TRUE(covers_left_arm(DrapeWay::nivi_open));
    EXPECT_FALSE(covers_left_arm(DrapeWay::nivi));
}

TEST(Sheets, LookAtTheViewerWhereTheyAreSeen) {
    for (const GarmentType type : {GarmentType::saree, GarmentType::dupatta})
        for (const DrapeWay way : ways_to_wear(type)) {
            const Cloth cloth = drape(type, way);
            float towards = 0, all = 0;
            for (const ClothTriangle& triangle : cloth.triangles) {
                const Vector3 a = cloth.position[static_cast<std::size_t>(triangle.points[0])];
                const Vector3 b = cloth.position[static_cast<std::size_t>(triangle.points[1])];
                const Vector3 c = cloth.position[static_cast<std::size_t>(triangle.points[2])];
                if (a.z < 0) continue;
                const float area = cross(b - a, c - a).z;
                towards += std::max(0.0F, area);
                all += std::abs(area);
            }
            EXPECT_GT(towards / all, 0.6F) << reflect::enum_name(way);
        }
}

TEST(Sheets, AWayToWearChangesNothingOutsideTheChangeMask) {
    for (const DrapeWay way : ways_to_wear(GarmentType::saree)) {
        TryOnOptions options;
        options.drape_way = way;
        const TryOnPicture result = render_try_on(drawn_person(), cloth_as(GarmentType::saree), options);
        const cv::Mat& photo = drawn_person().model.picture;
        std::size_t changed = 0;
        for (std::size_t i = 0; i < result.change_mask.bytes.size(); ++i)
            changed += result.change_mask.bytes[i] == 0 &&
                       std::memcmp(&result.picture.bytes[3 * i], photo.data + 3 * i, 3) != 0;
        EXPECT_EQ(changed, 0U) << reflect::enum_name(way);
        EXPECT_GE(result.quality.score, quality_floor) << reflect::enum_name(way);
    }
}

TEST(Sheets, AClothThatIsNotSpreadOutCostsConfidence) {
    cv::Mat heap(640, 480, CV_8UC3, cv::Scalar(240, 240, 238));
    cv::ellipse(heap, {240, 320}, {90, 220}, 35, 0, 360, cv::Scalar(30, 120, 90), cv::FILLED);
    const PreparedGarment garment = prepare_garment(testing::to_raster(heap), GarmentType::saree);
    const OutfitPiece piece{&garment, {}};
    EXPECT_LT(compose_outfit(drawn_person(), {&piece, 1}).quality.score, quality_floor);
}

TEST(Layers, WhatIsWornBelowBecomesPartOfTheBody) {
    const FitPlan plan = drawn_plan();
    const Cloth shirt = placed_cloth(plan);
    BodyField dressed = drawn_person().body;
    add_to_body(shirt, dressed);
    std::size_t covered = 0, trunk = 0;
    for (std::size_t i = 0; i < shirt.size(); ++i) {
        if (shirt.pattern_vertex(static_cast<int>(i)).part != part_trunk) continue;
        ++trunk;
        covered += dressed.distance(shirt.position[i], Solid::without_arms) < 0.02F * dressed.unit;
    }
    EXPECT_GT(static_cast<double>(covered), 0.9 * static_cast<double>(trunk));
}

}  // namespace
}  // namespace fitview::engine
