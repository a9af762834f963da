#include "engine/ops/pyramid_fill.hpp"

#include <gtest/gtest.h>

#include <opencv2/core.hpp>

namespace fitview::engine {
namespace {

TEST(PyramidFill, KeepsWhatIsKnown) {
    cv::Mat picture(33, 47, CV_32FC3);
    cv::RNG(1).fill(picture, cv::RNG::UNIFORM, 0.0, 255.0);
    const cv::Mat known(picture.size(), CV_32FC1, cv::Scalar(1));
    EXPECT_LT(cv::norm(pyramid_fill(picture, known), picture, cv::NORM_INF), 1e-3);
}

TEST(PyramidFill, FillsAHoleWithTheColourAroundIt) {
    cv::Mat picture(64, 64, CV_32FC3, cv::Scalar(40, 90, 160));
    cv::Mat weight(64, 64, CV_32FC1, cv::Scalar(1));
    const cv::Rect hole(20, 15, 25, 30);
    picture(hole).setTo(cv::Scalar(255, 0, 255));
    weight(hole).setTo(0);
    const cv::Mat expected(64, 64, CV_32FC3, cv::Scalar(40, 90, 160));
    EXPECT_LT(cv::norm(pyramid_fill(picture, weight), expected, cv::NORM_INF), 0.5);
}

TEST(PyramidFill, BlendsBetweenTwoSides) {
    cv::Mat picture(32, 64, CV_32FC1, cv::Scalar(0));
    cv::Mat weight(32, 64, CV_32FC1, cv::Scalar(0));
    weight.colRange(0, 8).setTo(1);
    weight.colRange(56, 64).setTo(1);
    picture.colRange(56, 64).setTo(100);
    const cv::Mat filled = pyramid_fill(picture, weight);
    EXPECT_NEAR(filled.at<float>(16, 32), 50, 15);
    EXPECT_LT(filled.at<float>(16, 12), filled.at<float>(16, 50));
}

TEST(PyramidFill, IsZeroWhereNothingIsKnown) {
    const cv::Mat picture(20, 9, CV_32FC1, cv::Scalar(7));
    const cv::Mat nothing = cv::Mat::zeros(20, 9, CV_32FC1);
    EXPECT_EQ(cv::norm(pyramid_fill(picture, nothing), cv::NORM_INF), 0.0);
}

}  // namespace
}  // namespace fitview::engine
