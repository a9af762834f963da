#include "engine/ops/regions.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace fitview::engine {
namespace {

TEST(Regions, KeepTheLargestOnly) {
    cv::Mat mask = cv::Mat::zeros(20, 20, CV_8UC1);
    mask(cv::Rect(1, 1, 5, 5)).setTo(255);
    mask(cv::Rect(10, 10, 6, 6)).setTo(255);
    const cv::Mat largest = largest_region(mask);
    EXPECT_EQ(cv::countNonZero(largest), 36);
    EXPECT_EQ(largest.at<std::uint8_t>(2, 2), 0);
    EXPECT_EQ(cv::countNonZero(largest_region(cv::Mat::zeros(9, 9, CV_8UC1))), 0);
}

TEST(Regions, FillHolesButNotBays) {
    cv::Mat mask = cv::Mat::zeros(20, 20, CV_8UC1);
    cv::rectangle(mask, {4, 4}, {14, 14}, 255, 1);
    EXPECT_EQ(cv::countNonZero(fill_holes(mask)), 121);
    mask.at<std::uint8_t>(4, 8) = 0;
    EXPECT_EQ(cv::countNonZero(fill_holes(mask)), 39);
}

TEST(Regions, ListRunsFromLeftToRight) {
    cv::Mat mask = cv::Mat::zeros(1, 10, CV_8UC1);
    for (const int column : {0, 1, 2, 5, 8, 9}) mask.at<std::uint8_t>(0, column) = 255;
    const auto runs = runs_of_row(mask, 0, 2);
    ASSERT_EQ(runs.size(), 2U);
    EXPECT_EQ(runs[0].last, 2);
    EXPECT_EQ(runs[1].first, 8);
    EXPECT_EQ(runs[1].width(), 2);
}

}  // namespace
}  // namespace fitview::engine
