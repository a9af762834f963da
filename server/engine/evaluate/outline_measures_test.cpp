#include "engine/evaluate/outline_measures.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace fitview::engine {
namespace {

struct Shirt {
    int hem = 700;
    int neck = 220;
    int sleeve = 420;
};

/// A shirt of rectangles in a picture of 1024 rows: trunk between columns 300 and 500, a sleeve on each side.
cv::Mat mask_of(const Shirt& shirt) {
    cv::Mat mask(1024, 800, CV_8U, cv::Scalar(0));
    cv::rectangle(mask, {300, 200}, {500, shirt.hem - 1}, 255, cv::FILLED);
    cv::rectangle(mask, {390, 200}, {410, shirt.neck - 1}, 0, cv::FILLED);
    cv::rectangle(mask, {240, 200}, {299, shirt.sleeve - 1}, 255, cv::FILLED);
    cv::rectangle(mask, {501, 200}, {560, shirt.sleeve - 1}, 255, cv::FILLED);
    return mask;
}

const OutlinePlaces places{400, {320, 480}, {{{{270, 210}, {270, 600}}, {{530, 210}, {530, 600}}}}};

TEST(OutlineMeasures, TheSameOutlineHasNoErrors) {
    const OutlineErrors errors = compare_outlines(mask_of({}), mask_of({}), places);
    EXPECT_EQ(errors.overlap, 1);
    EXPECT_EQ(errors.hem, 0);
    EXPECT_EQ(errors.neckline, 0);
    EXPECT_EQ(errors.cuffs, 0);
}

TEST(OutlineMeasures, EachEdgeIsMeasuredOnItsOwn) {
    EXPECT_EQ(compare_outlines(mask_of({}), mask_of({730, 220, 420}), places).hem, 30);
    EXPECT_EQ(compare_outlines(mask_of({}), mask_of({680, 220, 420}), places).hem, -20);
    EXPECT_EQ(compare_outlines(mask_of({}), mask_of({700, 245, 420}), places).neckline, 25);
    EXPECT_NEAR(*compare_outlines(mask_of({}), mask_of({700, 220, 380}), places).cuffs, 40, 1);
    EXPECT_EQ(compare_outlines(mask_of({}), mask_of({730, 220, 420}), places).neckline, 0);
}

TEST(OutlineMeasures, DistancesAreThoseOfAPictureOf1024) {
    cv::Mat small_truth, small_drawn;
    cv::resize(mask_of({}), small_truth, {}, 0.5, 0.5, cv::INTER_NEAREST);
    cv::resize(mask_of({740, 220, 420}), small_drawn, {}, 0.5, 0.5, cv::INTER_NEAREST);
    EXPECT_EQ(compare_outlines(small_truth, small_drawn, {200, {160, 240}, {}}).hem, 40);
}

TEST(OutlineMeasures, WhatCannotBeMeasuredIsNotGiven) {
    const cv::Mat nothing(1024, 800, CV_8U, cv::Scalar(0));
    const OutlineErrors errors = compare_outlines(mask_of({}), nothing, {400, {0, 0}, {}});
    EXPECT_EQ(errors.overlap, 0);
    EXPECT_FALSE(errors.hem);
    EXPECT_FALSE(errors.neckline);
    EXPECT_FALSE(errors.cuffs);
    EXPECT_EQ(overlap_of(nothing, nothing), 1);
}

TEST(OutlineMeasures, HalfTheMaskIsHalfTheOverlap) {
    cv::Mat whole(100, 100, CV_8U, cv::Scalar(255)), half = whole.clone();
    half.rowRange(0, 50).setTo(0);
    EXPECT_EQ(overlap_of(whole, half), 0.5);
}

}  // namespace
}  // namespace fitview::engine
