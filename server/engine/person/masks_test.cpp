#include "engine/person/masks.hpp"

#include <gtest/gtest.h>

namespace fitview::engine {
namespace {

TEST(Masks, ListTheRunsOfARow) {
    cv::Mat mask = cv::Mat::zeros(3, 10, CV_8UC1);
    mask.row(1).colRange(0, 2).setTo(255);
    mask.row(1).colRange(7, 10).setTo(255);
    const auto runs = runs_of_row(mask, 1);
    ASSERT_EQ(runs.size(), 2U);
    EXPECT_EQ(runs[0].last, 1);
    EXPECT_EQ(runs[1].first, 7);
    EXPECT_EQ(runs[1].length(), 3);
    EXPECT_TRUE(runs_of_row(mask, 0).empty());
    EXPECT_TRUE(runs_of_row(mask, -1).empty());
    EXPECT_TRUE(runs_of_row(mask, 3).empty());
}

TEST(Masks, FillOnlySmallHolesInside) {
    cv::Mat mask(40, 40, CV_8UC1, cv::Scalar(255));
    mask(cv::Rect(5, 5, 3, 3)).setTo(0);
    mask(cv::Rect(15, 15, 20, 20)).setTo(0);
    mask(cv::Rect(0, 30, 3, 3)).setTo(0);
    const cv::Mat filled = fill_holes(mask, 0.05);
    EXPECT_EQ(filled.at<std::uint8_t>(6, 6), 255);
    EXPECT_EQ(filled.at<std::uint8_t>(20, 20), 0);
    EXPECT_EQ(filled.at<std::uint8_t>(31, 1), 0);
}

TEST(Masks, KeepTheRegionsThatAreWanted) {
    cv::Mat mask = cv::Mat::zeros(20, 20, CV_8UC1);
    mask(cv::Rect(1, 1, 2, 2)).setTo(255);
    mask(cv::Rect(8, 8, 6, 6)).setTo(255);
    const cv::Mat large = keep_regions(mask, 8, [](const Region& region) { return region.area > 10; });
    EXPECT_EQ(cv::countNonZero(large), 36);
}

TEST(Masks, SmoothWithoutMovingAStraightLine) {
    const std::vector<float> flat(30, 7);
    for (const float value : smoothed(flat, 3)) EXPECT_NEAR(value, 7, 1e-4);
    EXPECT_EQ(smoothed({}, 3).size(), 0U);
}

TEST(Masks, SetBoxesOnlyInsideThePicture) {
    cv::Mat mask = cv::Mat::zeros(10, 10, CV_8UC1);
    set_box(mask, -100, -100, 3, 2, 255);
    EXPECT_EQ(cv::countNonZero(mask), 6);
    set_box(mask, 50, 50, 90, 90, 255);
    set_box(mask, 5, 5, 2, 2, 255);
    EXPECT_EQ(cv::countNonZero(mask), 6);
}

}  // namespace
}  // namespace fitview::engine
