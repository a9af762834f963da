#include "engine/ops/guided_filter.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace fitview::engine {
namespace {

cv::Mat step_at(int column, float low, float high) {
    cv::Mat picture(40, 60, CV_32FC1, cv::Scalar(low));
    picture.colRange(column, picture.cols).setTo(high);
    return picture;
}

TEST(GuidedFilter, KeepsAFlatPlaneFlat) {
    const GuidedFilter filter(step_at(30, 0.2F, 0.8F), 4, 1e-3);
    const cv::Mat flat(40, 60, CV_32FC1, cv::Scalar(0.37F));
    EXPECT_LT(cv::norm(filter.apply(flat), flat, cv::NORM_INF), 1e-4);
}

TEST(GuidedFilter, PullsAMaskTowardsTheEdgeOfTheGuide) {
    const GuidedFilter filter(step_at(30, 0.2F, 0.8F), 6, 1e-3);
    const cv::Mat drawn_two_pixels_short = step_at(32, 0, 1);
    const cv::Mat out = filter.apply(drawn_two_pixels_short);
    const float step_on_the_edge = out.at<float>(20, 30) - out.at<float>(20, 29);
    const float step_where_drawn = out.at<float>(20, 32) - out.at<float>(20, 31);
    EXPECT_GT(step_on_the_edge, 4 * std::abs(step_where_drawn));
}

TEST(GuidedFilter, SmoothsNoiseWhereTheGuideIsFlat) {
    cv::Mat noise(40, 60, CV_32FC1);
    cv::RNG(3).fill(noise, cv::RNG::UNIFORM, 0.0, 1.0);
    const GuidedFilter filter(cv::Mat(40, 60, CV_32FC1, cv::Scalar(0.5F)), 5, 1e-3);
    cv::Scalar mean;
    cv::Scalar before;
    cv::Scalar after;
    cv::meanStdDev(noise, mean, before);
    cv::meanStdDev(filter.apply(noise), mean, after);
    EXPECT_LT(after[0], 0.25 * before[0]);
}

}  // namespace
}  // namespace fitview::engine
