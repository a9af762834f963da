#include "engine/pose/given_person.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

namespace fitview::engine {
namespace {

std::vector<GivenPoint> standing() {
    std::vector<GivenPoint> points(body_point_count, {0.5, 0.5, 0, 0.9});
    points[left_shoulder] = {0.6, 0.25, 0, 1};
    points[right_shoulder] = {0.4, 0.25, 0, 1};
    points[left_hip] = {0.56, 0.5, 0, 1};
    points[right_hip] = {0.44, 0.5, 0, 1};
    return points;
}

TEST(GivenPose, IsPlacedInAnyPicture) {
    const auto found = GivenPose(standing()).find_pose(cv::Mat(400, 200, CV_8UC3));
    ASSERT_TRUE(found.has_value());
    EXPECT_LT(cv::norm(found->landmarks[left_shoulder].place - Point(120, 100)), 1e-3);
    EXPECT_LT(cv::norm(found->landmarks.on(picture_left, left_shoulder).place - Point(80, 100)), 1e-3);
    EXPECT_TRUE(found->mask.empty());
}

TEST(GivenPose, FindsNobodyInRubbish) {
    const cv::Mat picture(100, 100, CV_8UC3);
    EXPECT_FALSE(GivenPose({}).find_pose(picture).has_value());
    auto points = standing();
    points.pop_back();
    EXPECT_FALSE(GivenPose(points).find_pose(picture).has_value());
    const double infinite = std::numeric_limits<double>::infinity();
    for (const double bad : {infinite, -infinite, std::numeric_limits<double>::quiet_NaN(), 1e300, -1e300, 2.5}) {
        points = standing();
        points[right_wrist].x = bad;
        EXPECT_FALSE(GivenPose(points).find_pose(picture).has_value()) << bad;
    }
    EXPECT_FALSE(GivenPose(std::vector<GivenPoint>(body_point_count)).find_pose(picture).has_value());
}

TEST(GivenMask, TakesBytesAndFractionsAndKeepsThemInRange) {
    const cv::Mat bytes = GivenMask(cv::Mat(4, 3, CV_8UC1, cv::Scalar(255))).find_person({});
    EXPECT_EQ(bytes.type(), CV_32FC1);
    EXPECT_FLOAT_EQ(bytes.at<float>(0, 0), 1);
    cv::Mat wild(1, 3, CV_32FC1);
    wild.at<float>(0) = std::numeric_limits<float>::quiet_NaN();
    wild.at<float>(1) = -7;
    wild.at<float>(2) = 1e30F;
    const cv::Mat tame = GivenMask(wild).find_person({});
    EXPECT_EQ(tame.at<float>(0), 0);
    EXPECT_EQ(tame.at<float>(1), 0);
    EXPECT_EQ(tame.at<float>(2), 1);
}

TEST(GivenMask, RefusesOtherMatrices) {
    const cv::Mat nothing;
    const cv::Mat coloured(4, 4, CV_8UC3);
    EXPECT_THROW(static_cast<void>(GivenMask{nothing}), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(GivenMask{coloured}), std::invalid_argument);
}

}  // namespace
}  // namespace fitview::engine
