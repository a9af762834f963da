#include "engine/evaluate/defects.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include <array>
#include <cmath>

#include "engine/drape/drawn_try_on.hpp"
#include "engine/evaluate/drawn_case.hpp"
#include "engine/evaluate/overlay.hpp"
#include "engine/evaluate/raster_view.hpp"
#include "engine/evaluate/worn_top.hpp"

namespace fitview::engine {
namespace {

DrawnPicture untouched() {
    const cv::Mat& photo = drawn_person().model.picture;
    const cv::Mat nothing(photo.size(), CV_8U, cv::Scalar(0));
    return {photo.clone(), nothing, nothing, {}};
}

TEST(Defects, AnUntouchedPhotoStillShowsAllOfTheWornTop) {
    const Defects defects = find_defects(drawn_person().model, drawn_garment().model, untouched());
    EXPECT_EQ(defects.old_top_visible, 1);
    EXPECT_EQ(defects.outside_body, 0);
    EXPECT_EQ(defects.identity_pixels, 0);
    EXPECT_EQ(defects.colour_distance, 1);
}

TEST(Defects, ACoveredTopIsNotSeen) {
    DrawnPicture drawn = untouched();
    drawn.coverage.setTo(255, worn_top_mask(drawn_person().model));
    EXPECT_EQ(find_defects(drawn_person().model, drawn_garment().model, drawn).old_top_visible, 0);
}

TEST(Defects, ChangesTheMaskDoesNotDeclareAreCounted) {
    DrawnPicture drawn = untouched();
    drawn.picture(cv::Rect(3, 3, 4, 5)) += cv::Scalar(9, 0, 0);
    EXPECT_EQ(find_defects(drawn_person().model, drawn_garment().model, drawn).identity_pixels, 20);
    drawn.change_mask(cv::Rect(0, 0, 20, 20)).setTo(255);
    EXPECT_EQ(find_defects(drawn_person().model, drawn_garment().model, drawn).identity_pixels, 0);
}

TEST(Defects, ClothBesideTheBodyIsOutsideUnlessTheTruthHasItThere) {
    DrawnPicture drawn = untouched();
    cv::Mat beside(drawn.coverage.size(), CV_8U, cv::Scalar(0));
    beside(cv::Rect(0, 0, 30, 40)).setTo(255);
    drawn.coverage = beside;
    EXPECT_EQ(find_defects(drawn_person().model, drawn_garment().model, drawn).outside_body, 1);
    EXPECT_EQ(find_defects(drawn_person().model, drawn_garment().model, drawn, beside).outside_body, 0);
}

/// A try-on as the engine draws it.
class CoverageKept : public StageObserver {
public:
    bool wants_pictures() const override { return true; }
    void shows(std::string_view stage, const media::Raster& picture) override {
        if (stage == "coverage") coverage = matrix_from(picture);
    }
    cv::Mat coverage;
};

DrawnPicture try_on_of(const PreparedGarment& garment) {
    CoverageKept kept;
    const TryOnPicture result = render_try_on(drawn_person(), garment, {}, &kept);
    return {matrix_from(result.picture), kept.coverage, matrix_from(result.change_mask), {}};
}

cv::Mat shifted(const cv::Mat& plane, float right, float down) {
    const float u = drawn_person().model.landmarks.unit;
    cv::Mat moved;
    cv::warpAffine(plane, moved, cv::Matx23f(1, 0, right * u, 0, 1, down * u), plane.size());
    return moved;
}

constexpr double outside_limit = 0.02, colour_limit = 0.12;  // see docs/explanation/measuring.md

constexpr std::array drawn_kinds{testing::DrawnKind::t_shirt, testing::DrawnKind::long_sleeves,
                                 testing::DrawnKind::dress};

TEST(Defects, ClothThatHangsAsItIsCutIsInsideAndMovedClothIsOutside) {
    for (const testing::DrawnKind kind : drawn_kinds) {
        const PreparedGarment& garment = drawn_garment(kind);
        DrawnPicture drawn = try_on_of(garment);
        const cv::Mat coverage = drawn.coverage;
        const auto outside = [&] { return find_defects(drawn_person().model, garment.model, drawn).outside_body; };
        EXPECT_LT(outside(), outside_limit) << static_cast<int>(kind);
        drawn.coverage = shifted(coverage, 0.6F, 0);
        EXPECT_GT(outside(), outside_limit) << static_cast<int>(kind);
        drawn.coverage = shifted(coverage, 0, -0.6F);
        EXPECT_GT(outside(), outside_limit) << static_cast<int>(kind);
    }
}

TEST(Defects, ShadeIsNoOtherColourButATintIs) {
    for (const testing::DrawnKind kind : drawn_kinds) {
        const PreparedGarment& garment = drawn_garment(kind);
        DrawnPicture drawn = try_on_of(garment);
        const cv::Mat picture = drawn.picture;
        const auto distance = [&] { return find_defects(drawn_person().model, garment.model, drawn).colour_distance; };
        EXPECT_LT(distance(), colour_limit) << static_cast<int>(kind);
        // folds: light that goes up and down by a fifth across the garment
        cv::Mat folds(picture.size(), CV_32FC3);
        for (int x = 0; x < folds.cols; ++x) {
            const float light = 1 + 0.2F * std::sin(static_cast<float>(x) * 0.15F);
            folds.col(x).setTo(cv::Scalar(light, light, light));
        }
        cv::multiply(picture, folds, drawn.picture, 0.95, CV_8UC3);
        EXPECT_LT(distance(), colour_limit) << static_cast<int>(kind);
        cv::multiply(picture, cv::Scalar(1.15, 1, 0.9), drawn.picture);
        EXPECT_GT(distance(), colour_limit) << static_cast<int>(kind);
        cv::multiply(picture, cv::Scalar(0.6, 0.6, 0.6), drawn.picture);
        EXPECT_GT(distance(), colour_limit) << "much darker, " << static_cast<int>(kind);
    }
}

TEST(Defects, WhatAnOpenCoatShowsOfTheWornTopIsMeantToBeSeen) {
    PreparedGarment coat = drawn_garment(testing::DrawnKind::long_sleeves);
    const cv::Mat top = worn_top_mask(drawn_person().model);
    const cv::Rect box = cv::boundingRect(top);
    DrawnPicture drawn = untouched();
    cv::Mat coverage(drawn.coverage.size(), CV_8U, cv::Scalar(0));
    const int side = box.width / 4;
    coverage(cv::Rect(box.x, box.y, side, box.height)).setTo(255);
    coverage(cv::Rect(box.br().x - side, box.y, side, box.height)).setTo(255);
    drawn.coverage = coverage;
    const auto seen = [&] { return find_defects(drawn_person().model, coat.model, drawn).old_top_visible; };
    EXPECT_GT(seen(), 0.3) << "a closed top must hide it";
    coat.model.type = GarmentType::jacket;
    EXPECT_EQ(seen(), 0);
    coverage.colRange(box.x + side, coverage.cols).setTo(0);
    EXPECT_GT(seen(), 0.3) << "beside the coat";
}

TEST(Defects, TheOverlayCoversItsOwnBoxAndKeepsTheProductsColours) {
    const Overlay overlay = paste_overlay(drawn_person().model, drawn_garment().model);
    const Defects defects =
        find_defects(drawn_person().model, drawn_garment().model, {overlay.picture, overlay.coverage, {}, {}});
    EXPECT_GT(cv::countNonZero(overlay.coverage), 5000);
    EXPECT_LT(defects.colour_distance, 0.15);
    const cv::Mat uncovered = overlay.coverage == 0;
    cv::Mat difference;
    cv::absdiff(overlay.picture, drawn_person().model.picture, difference);
    EXPECT_EQ(cv::mean(difference, uncovered), cv::Scalar());
}

TEST(WornTop, IsHiddenWithoutTouchingTheModelItWasCopiedFrom) {
    PersonModel copy = drawn_person().model;
    const cv::Vec3b before = cv::mean(drawn_person().model.picture)[0];
    hide_worn_top(copy);
    EXPECT_EQ(cv::Vec3b(cv::mean(drawn_person().model.picture)[0]), before);
    const cv::Scalar hidden = cv::mean(copy.picture, worn_top_mask(copy));
    EXPECT_EQ(hidden, cv::Scalar(128, 128, 128));
}

TEST(WornTop, IsCutOutAsAProductPhotoOnAPlainGround) {
    const auto top = cut_out_worn_top(drawn_person().model);
    ASSERT_TRUE(top);
    const cv::Mat photo = matrix_from(*top);
    EXPECT_EQ(photo.at<cv::Vec3b>(0, 0), cv::Vec3b(238, 238, 238));
    PersonModel bare = drawn_person().model;
    bare.labels = cv::Mat(bare.labels.size(), CV_8U, cv::Scalar(label_none));
    EXPECT_FALSE(cut_out_worn_top(bare));
}

TEST(DrawnCase, ComparesWithTheTruthItIsGiven) {
    const PersonModel& model = drawn_person().model;
    const cv::Mat top = worn_top_mask(model);
    const Truth truth{model.picture, top, top};
    const DrawnCase drawn = draw_case(drawn_person(), drawn_garment(), &truth);
    ASSERT_TRUE(drawn.record.likeness && drawn.record.overlay && drawn.record.outline);
    EXPECT_EQ(drawn.record.defects.identity_pixels, 0);
    EXPECT_GT(drawn.record.score, 0);
    EXPECT_GT(drawn.record.outline->overlap, 0.3);
    EXPECT_FALSE(draw_case(drawn_person(), drawn_garment(), nullptr).record.likeness);
}

}  // namespace
}  // namespace fitview::engine
