#include "engine/ops/border_surface.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace fitview::engine {
namespace {

cv::Mat slanted_wall(cv::Size size) {
    cv::Mat wall(size, CV_32FC3);
    for (int row = 0; row < size.height; ++row)
        for (int column = 0; column < size.width; ++column)
            wall.at<cv::Vec3f>(row, column) = {
                80.0F - 10.0F * static_cast<float>(row) / static_cast<float>(size.height),
                4.0F * static_cast<float>(column) / static_cast<float>(size.width), 2};
    return wall;
}

double largest_difference(const cv::Mat& one, const cv::Mat& other) {
    return cv::norm(one, other, cv::NORM_INF);
}

TEST(BorderSurface, FollowsASlantedWallBehindASubject) {
    const cv::Mat wall = slanted_wall({150, 200});
    cv::Mat picture = wall.clone();
    picture(cv::Rect(40, 30, 70, 170)).setTo(cv::Scalar(20, 30, -30));
    const BorderSurface found = fit_border_surface(picture, false);
    EXPECT_LT(largest_difference(found.surface, wall), 1.0);
    EXPECT_GT(found.inliers, 0.9F);
    EXPECT_LT(found.sigma, 1.0F);
}

TEST(BorderSurface, IgnoresAnObjectThatTouchesOneBorder) {
    const cv::Mat wall = slanted_wall({150, 200});
    cv::Mat picture = wall.clone();
    picture(cv::Rect(0, 60, 30, 60)).setTo(cv::Scalar(20, 30, -30));
    const BorderSurface found = fit_border_surface(picture, false);
    EXPECT_LT(largest_difference(found.surface, wall), 1.5);
    EXPECT_LT(found.inliers, 0.97F);
}

TEST(BorderSurface, SaysThatABusyBorderIsNotASurface) {
    cv::Mat noise(200, 150, CV_32FC3);
    cv::RNG(5).fill(noise, cv::RNG::UNIFORM, cv::Scalar(0, -60, -60), cv::Scalar(100, 60, 60));
    const BorderSurface found = fit_border_surface(noise, true);
    EXPECT_TRUE(found.sigma > 4.5F || found.inliers < 0.55F);
}

TEST(BorderSurface, RefiningLearnsAShadowThatTheQuadraticMisses) {
    cv::Mat picture = slanted_wall({160, 200});
    for (int row = 0; row < picture.rows; ++row)
        for (int column = 0; column < picture.cols; ++column) {
            const float near = static_cast<float>(column - 120) / 25.0F;
            picture.at<cv::Vec3f>(row, column)[0] -= 8.0F * std::exp(-near * near);
        }
    const cv::Mat everywhere(picture.size(), CV_8UC1, cv::Scalar(255));
    const cv::Mat coarse = fit_border_surface(picture, false).surface;
    const cv::Mat refined = refine_surface(picture, everywhere, coarse);
    EXPECT_LT(cv::norm(refined, picture, cv::NORM_L1), 0.3 * cv::norm(coarse, picture, cv::NORM_L1));
}

TEST(BorderSurface, RefiningWithoutBackgroundKeepsTheCoarseSurface) {
    const cv::Mat wall = slanted_wall({64, 64});
    const cv::Mat nothing = cv::Mat::zeros(wall.size(), CV_8UC1);
    EXPECT_EQ(largest_difference(refine_surface(wall, nothing, wall), wall), 0.0);
}

TEST(BorderSurface, GivesTheSameSurfaceTwice) {
    const cv::Mat wall = slanted_wall({333, 217});
    EXPECT_EQ(largest_difference(fit_border_surface(wall, true).surface, fit_border_surface(wall, true).surface), 0.0);
}

}  // namespace
}  // namespace fitview::engine
