#include "engine/compose_outfit.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "engine/drape/drawn_try_on.hpp"
#include "engine/drape_piece.hpp"
#include "engine/garment/testing/drawn_lower.hpp"

namespace fitview::engine {
namespace {

using testing::DrawnKind;
using testing::DrawnLower;

void expect_exact_mask(const PreparedPerson& person, const TryOnPicture& result) {
    const cv::Mat& source = person.model.picture;
    std::size_t wrong = 0;
    for (int y = 0; y < source.rows; ++y)
        for (int x = 0; x < source.cols; ++x) {
            const auto place =
                static_cast<std::size_t>(y) * static_cast<std::size_t>(source.cols) + static_cast<std::size_t>(x);
            if (result.change_mask.bytes[place] != 0) continue;
            wrong += !std::equal(&source.at<cv::Vec3b>(y, x)[0], &source.at<cv::Vec3b>(y, x)[0] + 3,
                                 &result.picture.bytes[place * 3]);
        }
    EXPECT_EQ(wrong, 0U);
}

cv::Vec3b colour_at(const TryOnPicture& result, float x, float y) {
    const auto place =
        static_cast<std::size_t>(y) * static_cast<std::size_t>(result.picture.width) + static_cast<std::size_t>(x);
    return {result.picture.bytes[3 * place], result.picture.bytes[3 * place + 1], result.picture.bytes[3 * place + 2]};
}

bool is_red(const cv::Vec3b& colour) {
    return colour[0] > colour[2] + 30;
}

const PreparedGarment& trousers() {
    static const PreparedGarment garment =
        prepare_garment(testing::draw_lower(DrawnLower::trousers).photo, GarmentType::trousers);
    return garment;
}

const PreparedGarment& lehenga() {
    static const PreparedGarment garment =
        prepare_garment(testing::draw_lower(DrawnLower::lehenga).photo, GarmentType::lehenga);
    return garment;
}

TEST(ComposeOutfit, TrousersAloneLeaveTheWornTopAlone) {
    const TryOnPicture result = render_try_on(drawn_person(), trousers());
    expect_exact_mask(drawn_person(), result);
    const PersonLandmarks& marks = drawn_person().model.landmarks;
    const auto chest =
        static_cast<std::size_t>(marks.shoulder_y + marks.unit) * static_cast<std::size_t>(result.picture.width) +
        static_cast<std::size_t>(marks.neck_x);
    EXPECT_EQ(result.change_mask.bytes[chest], 0);
    EXPECT_TRUE(is_red(colour_at(result, 330, 760)));
    EXPECT_GT(result.quality.score, quality_floor);
}

TEST(ComposeOutfit, DressesInLayersWhateverTheOrderOfThePieces) {
    const OutfitPiece top{&drawn_garment(DrawnKind::t_shirt), {}}, lower{&lehenga(), {}};
    const std::vector<OutfitPiece> one{top, lower}, other{lower, top};
    const TryOnPicture result = compose_outfit(drawn_person(), one);
    expect_exact_mask(drawn_person(), result);
    EXPECT_TRUE(result.picture == compose_outfit(drawn_person(), other).picture);
    EXPECT_TRUE(is_red(colour_at(result, 384, 800)));
    EXPECT_FALSE(is_red(colour_at(result, 384, 400)));
}

PreparedGarment drawn_as(DrawnKind kind, GarmentType type) {
    return prepare_garment(testing::draw_garment(kind).photo, type);
}

/// The colour in the middle of the chest, below any collar.
cv::Vec3b chest_of(const TryOnPicture& result) {
    const PersonLandmarks& marks = drawn_person().model.landmarks;
    return colour_at(result, marks.neck_x, marks.shoulder_y + 1.3F * marks.unit);
}

TEST(ComposeOutfit, AnOpenJacketShowsTheTopUnderIt) {
    const TryOnPicture result = render_try_on(drawn_person(), drawn_as(DrawnKind::t_shirt, GarmentType::jacket));
    expect_exact_mask(drawn_person(), result);
    const PersonLandmarks& marks = drawn_person().model.landmarks;
    const cv::Vec3b worn = drawn_person().model.picture.at<cv::Vec3b>(
        static_cast<int>(marks.shoulder_y + 1.3F * marks.unit), static_cast<int>(marks.neck_x));
    EXPECT_LT(cv::norm(chest_of(result), worn, cv::NORM_INF), 30);
    EXPECT_LT(result.fit.uncovered_share, 0.06);
    const TryOnPicture closed = render_try_on(drawn_person(), drawn_garment(DrawnKind::t_shirt));
    EXPECT_GT(cv::norm(chest_of(closed), worn, cv::NORM_INF), 50);
}

TEST(ComposeOutfit, ABareMidriffIsAFaultOfATopButNotOfACroppedOne) {
    FitReport report;
    report.uncovered_share = 0.45;
    EXPECT_LT(judge_fit(report).front().factor, 0.1);
    report.cropped = true;
    EXPECT_DOUBLE_EQ(judge_fit(report).front().factor, 1);
    report.uncovered_share = 0.9;
    EXPECT_LT(judge_fit(report).front().factor, 0.1);
}

TEST(ComposeOutfit, AWaistcoatKeepsTheSleevesOfTheTopUnderIt) {
    const TryOnPicture result =
        render_try_on(drawn_person(), drawn_as(DrawnKind::sleeveless, GarmentType::nehru_jacket));
    expect_exact_mask(drawn_person(), result);
    const Arm& arm = drawn_person().model.landmarks.arm[picture_left];
    const Point sleeve = arm.line[1].centre;
    EXPECT_EQ(
        result.change_mask.bytes[static_cast<std::size_t>(sleeve.y) * static_cast<std::size_t>(result.picture.width) +
                                 static_cast<std::size_t>(sleeve.x)],
        0);
}

TEST(ComposeOutfit, ATopGoesIntoASkirtsWaistbandAndOverTrousersAsBefore) {
    Wearing wearing = describe_wearing(drawn_person());
    wearing.top.tucked = false;
    wearing.lower_rules = &rules_of(GarmentType::skirt);
    EXPECT_TRUE(goes_inside(rules_of(GarmentType::top), wearing));
    EXPECT_FALSE(goes_inside(rules_of(GarmentType::kurta), wearing));
    wearing.lower_rules = &rules_of(GarmentType::trousers);
    EXPECT_FALSE(goes_inside(rules_of(GarmentType::top), wearing));
    wearing.top.tucked = true;
    EXPECT_TRUE(goes_inside(rules_of(GarmentType::shirt), wearing));
    EXPECT_FALSE(goes_inside(rules_of(GarmentType::jacket), wearing));
}

TEST(ComposeOutfit, RefusesNoneAndTooMany) {
    EXPECT_THROW(compose_outfit(drawn_person(), {}), std::invalid_argument);
    const std::vector<OutfitPiece> many(outfit_pieces_max + 1, OutfitPiece{&trousers(), {}});
    EXPECT_THROW(compose_outfit(drawn_person(), many), std::invalid_argument);
}

}  // namespace
}  // namespace fitview::engine
