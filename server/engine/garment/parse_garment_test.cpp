#include "engine/garment/parse_garment.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/garment/testing/drawn_garment.hpp"
#include "engine/garment/top_edge.hpp"

namespace fitview::engine {
namespace {

using testing::draw_garment;
using testing::DrawnKind;
using testing::to_raster;

float distance(Point a, Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

bool same(const cv::Mat& a, const cv::Mat& b) {
    return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

TEST(ParseGarment, FindsTheCornersOfAShirt) {
    const auto drawn = draw_garment(DrawnKind::t_shirt);
    const GarmentModel model = parse_garment(drawn.photo);
    EXPECT_EQ(model.kind, GarmentClass::upper);
    EXPECT_EQ(model.sleeves, SleeveClass::short_sleeve);
    EXPECT_GT(model.symmetry, 0.97F);
    EXPECT_NEAR(model.landmarks.axis_x, 240, 2);
    for (std::size_t side = 0; side < 2; ++side) {
        EXPECT_LT(distance(model.landmarks.neck[side], drawn.neck[side]), 12) << side;
        EXPECT_LT(distance(model.landmarks.armpit[side], drawn.armpit[side]), 8) << side;
        EXPECT_LT(distance(model.landmarks.hem[side], drawn.hem[side]), 8) << side;
        ASSERT_TRUE(model.landmarks.sleeve[side].has_value()) << side;
        EXPECT_FALSE(model.landmarks.sleeve[side]->on_trunk) << side;
        EXPECT_LT(distance(model.landmarks.sleeve[side]->cuff_outer, drawn.cuff_outer[side]), 10) << side;
        EXPECT_LT(distance(model.landmarks.sleeve[side]->cuff_inner, drawn.cuff_inner[side]), 10) << side;
    }
    EXPECT_NEAR(model.landmarks.neck_centre.y, 130, 6);
    EXPECT_NEAR(model.landmarks.hem_y, 520, 4);
}

TEST(ParseGarment, FindsNoSleevesOnASleevelessTop) {
    const auto drawn = draw_garment(DrawnKind::sleeveless);
    const GarmentModel model = parse_garment(drawn.photo);
    EXPECT_EQ(model.sleeves, SleeveClass::none);
    for (std::size_t side = 0; side < 2; ++side) {
        EXPECT_FALSE(model.landmarks.sleeve[side].has_value()) << side;
        EXPECT_LT(distance(model.landmarks.armpit[side], drawn.armpit[side]), 25) << side;
    }
}

TEST(ParseGarment, FindsTheShouldersBelowAStandingCollar) {
    const auto drawn = draw_garment(DrawnKind::waistcoat);
    const GarmentModel model = parse_garment(drawn.photo);
    EXPECT_EQ(model.sleeves, SleeveClass::none);
    for (std::size_t side = 0; side < 2; ++side) {
        const float outwards = side == picture_left ? -1.F : 1.F;
        EXPECT_LT(distance(model.landmarks.neck[side], drawn.neck[side]), 12) << side;
        EXPECT_LT(distance(model.landmarks.shoulder[side], {240 + outwards * 112, 118}), 14) << side;
        // deep enough for an arm below the shoulder, not below the collar
        EXPECT_GT(model.landmarks.armpit[side].y, 118 + 0.33F * 2 * 124) << side;
    }
}

TEST(ParseGarment, KeepsTheFrontOfACollarThatStands) {
    const GarmentModel model = parse_garment(draw_garment(DrawnKind::band_collar).photo, GarmentType::top);
    EXPECT_LT(model.landmarks.neck_centre.y, 60 + 15) << "the band is cut away";
    EXPECT_EQ(model.inner.at<std::uint8_t>(90, 240), 0) << "the band is taken for the inside of the back";
    for (const Side side : {picture_left, picture_right}) {
        EXPECT_LT(std::abs(model.landmarks.neck[side].y - 60), 8) << side;
        EXPECT_GT(foot_of_neck(model.landmarks, side).y, 80) << side;
        EXPECT_LT(foot_of_neck(model.landmarks, side).y, 100) << side;
    }
}

TEST(ParseGarment, FindsNoStandingCollarAtAScoop) {
    for (const DrawnKind kind : {DrawnKind::t_shirt, DrawnKind::sleeveless, DrawnKind::long_sleeves}) {
        const GarmentModel model = parse_garment(draw_garment(kind).photo);
        for (const Side side : {picture_left, picture_right}) EXPECT_EQ(model.landmarks.stand[side], Point());
    }
}

TEST(ParseGarment, FindsNoShouldersOnAStraplessTop) {
    const auto drawn = draw_garment(DrawnKind::strapless);
    const GarmentModel model = parse_garment(drawn.photo, GarmentType::top);
    EXPECT_TRUE(is_strapless(model.landmarks));
    EXPECT_FALSE(model.open_neck);
    for (std::size_t side = 0; side < 2; ++side)
        EXPECT_LT(distance(model.landmarks.armpit[side], drawn.neck[side]), 8) << side;
    for (const DrawnKind kind : {DrawnKind::t_shirt, DrawnKind::sleeveless, DrawnKind::long_sleeves, DrawnKind::dress,
                                 DrawnKind::sleeves_on_trunk, DrawnKind::waistcoat})
        EXPECT_FALSE(is_strapless(parse_garment(draw_garment(kind).photo).landmarks)) << static_cast<int>(kind);
}

TEST(ParseGarment, FollowsLongSleevesToTheirCuffs) {
    const auto drawn = draw_garment(DrawnKind::long_sleeves);
    const GarmentModel model = parse_garment(drawn.photo);
    EXPECT_EQ(model.sleeves, SleeveClass::long_sleeve);
    for (std::size_t side = 0; side < 2; ++side) {
        ASSERT_TRUE(model.landmarks.sleeve[side].has_value()) << side;
        // The gap between sleeve and trunk is narrower than a few pixels at its top.
        EXPECT_LT(distance(model.landmarks.armpit[side], drawn.armpit[side]), 34) << side;
        EXPECT_LT(distance(model.landmarks.sleeve[side]->cuff_outer, drawn.cuff_outer[side]), 10) << side;
        EXPECT_LT(distance(model.landmarks.sleeve[side]->cuff_inner, drawn.cuff_inner[side]), 10) << side;
    }
}

TEST(ParseGarment, TakesALongNarrowShapeForADressUnlessToldOtherwise) {
    const auto drawn = draw_garment(DrawnKind::dress);
    EXPECT_EQ(parse_garment(drawn.photo).kind, GarmentClass::dress);
    EXPECT_EQ(parse_garment(drawn.photo, GarmentType::top).kind, GarmentClass::upper);
    const GarmentModel model = parse_garment(drawn.photo);
    for (std::size_t side = 0; side < 2; ++side)
        EXPECT_LT(distance(model.landmarks.armpit[side], drawn.armpit[side]), 12) << side;
}

TEST(ParseGarment, SeparatesASleeveThatLiesOnTheTrunk) {
    const auto drawn = draw_garment(DrawnKind::sleeves_on_trunk);
    const GarmentModel model = parse_garment(drawn.photo);
    for (std::size_t side = 0; side < 2; ++side) {
        ASSERT_TRUE(model.landmarks.sleeve[side].has_value()) << side;
        const Sleeve& sleeve = *model.landmarks.sleeve[side];
        EXPECT_TRUE(sleeve.on_trunk) << side;
        EXPECT_LT(distance(sleeve.notch, drawn.cuff_inner[side]), 10) << side;
        EXPECT_LT(distance(sleeve.cuff_outer, drawn.cuff_outer[side]), 10) << side;
        EXPECT_LT(distance(sleeve.cuff_inner, drawn.cuff_inner[side]), 12) << side;
        EXPECT_LT(model.landmarks.armpit[side].y, 300) << side;
        EXPECT_GT(model.landmarks.armpit[side].y, 170) << side;
    }
    EXPECT_FALSE(model.findings.empty());
}

TEST(ParseGarment, CutsOutWhatWasDrawnAndNothingElse) {
    const auto drawn = draw_garment(DrawnKind::t_shirt);
    const GarmentModel model = parse_garment(drawn.photo);
    for (int row = 0; row < model.alpha.rows; row += 7)
        for (int column = 0; column < model.alpha.cols; column += 7) {
            const bool cloth = drawn.photo.bytes[static_cast<std::size_t>(row * 480 + column) * 3] < 100;
            const bool border =
                row > 2 && column > 2 && row < 637 && column < 477 &&
                (drawn.photo.bytes[static_cast<std::size_t>((row - 3) * 480 + column) * 3] < 100) != cloth;
            if (border) continue;
            const int alpha = model.alpha.at<std::uint8_t>(row, column);
            if (alpha > 200) {
                EXPECT_TRUE(cloth) << column << ' ' << row;
            }
        }
    EXPECT_GT(model.cutout_score, 0.75F);
    EXPECT_TRUE(model.findings.empty() || model.findings.front().factor > 0.9);
}

TEST(ParseGarment, GivesTheSameModelEveryTime) {
    const auto drawn = draw_garment(DrawnKind::dress);
    const GarmentModel first = parse_garment(drawn.photo);
    cv::theRNG().state = 12345;
    const GarmentModel second = parse_garment(drawn.photo);
    EXPECT_TRUE(same(first.alpha, second.alpha));
    EXPECT_TRUE(same(first.parts, second.parts));
    EXPECT_TRUE(same(first.inner, second.inner));
    EXPECT_EQ(first.outline, second.outline);
    EXPECT_EQ(first.landmarks.armpit, second.landmarks.armpit);
}

std::vector<cv::Mat> rubbish() {
    std::vector<cv::Mat> pictures;
    for (const cv::Size size : {cv::Size(64, 64), cv::Size(300, 400), cv::Size(64, 2000), cv::Size(3000, 64)})
        for (const int level : {0, 128, 255}) pictures.emplace_back(size, CV_8UC3, cv::Scalar::all(level));
    for (const cv::Size size : {cv::Size(64, 64), cv::Size(200, 333)}) {
        cv::Mat noise(size, CV_8UC3);
        cv::RNG(3).fill(noise, cv::RNG::UNIFORM, 0, 256);
        pictures.push_back(noise);
    }
    cv::Mat half(200, 200, CV_8UC3, cv::Scalar::all(255));
    half.rowRange(0, 100).setTo(0);
    pictures.push_back(half);
    cv::Mat bar(300, 200, CV_8UC3, cv::Scalar::all(255));
    bar.colRange(99, 103).setTo(0);
    pictures.push_back(bar);
    cv::Mat thread(300, 200, CV_8UC3, cv::Scalar::all(255));
    cv::line(thread, {10, 10}, {190, 290}, cv::Scalar::all(0), 5);
    pictures.push_back(thread);
    cv::Mat ring(300, 300, CV_8UC3, cv::Scalar::all(255));
    cv::circle(ring, {150, 150}, 100, cv::Scalar(200, 0, 0), 20);
    pictures.push_back(ring);
    cv::Mat dots(300, 300, CV_8UC3, cv::Scalar::all(255));
    for (int at = 0; at < 40; ++at)
        cv::circle(dots, {(at * 67) % 300, (at * 101) % 300}, 12, cv::Scalar(0, at * 6, 0), -1);
    pictures.push_back(dots);
    return pictures;
}

TEST(ParseGarment, SurvivesRubbishAndSaysSo) {
    int number = 0;
    for (const cv::Mat& picture : rubbish()) {
        for (const auto kind : {std::optional<GarmentType>(), std::optional(GarmentType::dress)}) {
            const GarmentModel model = parse_garment(to_raster(picture), kind);
            EXPECT_EQ(model.alpha.size(), model.picture.size()) << number;
            EXPECT_EQ(model.parts.size(), model.picture.size()) << number;
            EXPECT_EQ(model.inner.size(), model.picture.size()) << number;
            EXPECT_GE(model.neckline.size(), 2U) << number;
            EXPECT_LE(std::max(model.picture.cols, model.picture.rows), working_size) << number;
            const bool empty = cv::countNonZero(model.alpha) == 0;
            if (empty) {
                EXPECT_LT(model.findings.at(0).factor, 0.1) << number;
            }
        }
        ++number;
    }
}

TEST(ParseGarment, RefusesWhatIsNotAColourPicture) {
    EXPECT_THROW(parse_garment({64, 64, 1, std::vector<std::uint8_t>(64 * 64)}), std::invalid_argument);
    EXPECT_THROW(parse_garment({64, 63, 3, std::vector<std::uint8_t>(64 * 63 * 3)}), std::invalid_argument);
    EXPECT_THROW(parse_garment({64, 64, 3, std::vector<std::uint8_t>(10)}), std::invalid_argument);
}

TEST(ParseGarment, ReducesLargePicturesToTheWorkingSize) {
    cv::Mat large;
    const auto drawn = draw_garment(DrawnKind::t_shirt);
    cv::Mat small(drawn.photo.height, drawn.photo.width, CV_8UC3);
    std::copy(drawn.photo.bytes.begin(), drawn.photo.bytes.end(), small.data);
    cv::resize(small, large, {1500, 2000}, 0, 0, cv::INTER_CUBIC);
    const GarmentModel model = parse_garment(to_raster(large));
    EXPECT_EQ(model.picture.size(), cv::Size(768, 1024));
    for (std::size_t side = 0; side < 2; ++side)
        EXPECT_LT(distance(model.landmarks.armpit[side], drawn.armpit[side] * 1.6F), 14) << side;
}

}  // namespace
}  // namespace fitview::engine
