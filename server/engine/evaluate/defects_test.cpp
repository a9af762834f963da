#include "engine/evaluate/defects.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

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
    return {photo.clone(), nothing, nothing};
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

TEST(Defects, TheOverlayCoversItsOwnBoxAndKeepsTheProductsColours) {
    const Overlay overlay = paste_overlay(drawn_person().model, drawn_garment().model);
    const Defects defects =
        find_defects(drawn_person().model, drawn_garment().model, {overlay.picture, overlay.coverage, {}});
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
