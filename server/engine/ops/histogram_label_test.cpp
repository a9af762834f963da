#include "engine/ops/histogram_label.hpp"

#include <gtest/gtest.h>

namespace fitview::engine {
namespace {

const cv::Vec3f red(45, 55, 40);
const cv::Vec3f blue(35, 10, -50);

cv::Mat two_halves() {
    cv::Mat lab(20, 40, CV_32FC3, cv::Scalar(red[0], red[1], red[2]));
    lab.colRange(20, 40).setTo(cv::Scalar(blue[0], blue[1], blue[2]));
    return lab;
}

cv::Mat left_half() {
    cv::Mat seeds = cv::Mat::zeros(20, 40, CV_8UC1);
    seeds.colRange(0, 20).setTo(1);
    return seeds;
}

TEST(HistogramLabel, GivesTheLearntColourTheLowerCost) {
    const cv::Mat cells = histogram_cells(two_halves());
    const cv::Mat cost = ColourHistogram(cells, left_half()).cost(cells);
    EXPECT_LT(cost.at<float>(5, 5) + 3, cost.at<float>(5, 35));
}

TEST(HistogramLabel, ForgivesASmallChangeOfLightness) {
    cv::Mat lab = two_halves();
    const cv::Mat cells = histogram_cells(lab);
    const ColourHistogram model(cells, left_half());
    lab.at<cv::Vec3f>(0, 0) = red + cv::Vec3f(4.5F, 0, 0);
    lab.at<cv::Vec3f>(0, 1) = red + cv::Vec3f(40, 0, 0);
    const cv::Mat cost = model.cost(histogram_cells(lab));
    EXPECT_LT(cost.at<float>(0, 0), 3.5F);
    EXPECT_GT(cost.at<float>(0, 1), 8.0F);
}

TEST(HistogramLabel, StaysFiniteWithoutSeedsAndOutsideTheRange) {
    cv::Mat lab(4, 4, CV_32FC3, cv::Scalar(180, -200, 300));
    const cv::Mat cells = histogram_cells(lab);
    const cv::Mat cost = ColourHistogram(cells, cv::Mat::zeros(4, 4, CV_8UC1)).cost(cells);
    EXPECT_TRUE(cv::checkRange(cost));
}

}  // namespace
}  // namespace fitview::engine
