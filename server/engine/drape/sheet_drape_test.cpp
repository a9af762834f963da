// Unstitched cloth from the photo to the body.
#include <gtest/gtest.h>

#include "engine/compose_outfit.hpp"
#include "engine/drape/drawn_try_on.hpp"
#include "engine/drape/sheet_drape.hpp"
#include "engine/drape/worn_layers.hpp"
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
