#include "engine/ops/best_path.hpp"

#include <gtest/gtest.h>

namespace fitview::engine {
namespace {

TEST(BestPath, FollowsARidgeWithinItsReach) {
    cv::Mat score = cv::Mat::zeros(12, 20, CV_32FC1);
    for (int row = 0; row < 12; ++row) score.at<float>(row, 4 + row) = 5;
    const auto path = best_path(score, 1, 0.1F);
    for (int row = 0; row < 12; ++row) EXPECT_EQ(path[static_cast<std::size_t>(row)], 4 + row);
}

TEST(BestPath, PrefersStraightnessOverASmallGain) {
    cv::Mat score = cv::Mat::zeros(5, 5, CV_32FC1);
    score.col(2).setTo(1);
    score.at<float>(2, 4) = 1.5F;
    EXPECT_EQ(best_path(score, 2, 1.F), (std::vector<int>{2, 2, 2, 2, 2}));
}

TEST(BestPath, WorksOnASingleCell) {
    EXPECT_EQ(best_path(cv::Mat::ones(1, 1, CV_32FC1), 3, 1.F), std::vector<int>{0});
}

}  // namespace
}  // namespace fitview::engine
