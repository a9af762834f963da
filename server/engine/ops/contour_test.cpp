#include "engine/ops/contour.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace fitview::engine {
namespace {

TEST(OuterOutline, WalksTheLargestRegionClockwise) {
    cv::Mat mask = cv::Mat::zeros(60, 80, CV_8UC1);
    cv::rectangle(mask, {10, 10}, {50, 40}, 255, -1);
    cv::rectangle(mask, {60, 10}, {70, 15}, 255, -1);
    const auto outline = outer_outline(mask);
    EXPECT_EQ(outline.size(), 2U * (40 + 30));
    double area = 0;
    for (std::size_t at = 0; at < outline.size(); ++at)
        area += outline[at].cross(outline[(at + 1) % outline.size()]) / 2;
    EXPECT_DOUBLE_EQ(area, 40 * 30);
    EXPECT_TRUE(outer_outline(cv::Mat::zeros(5, 5, CV_8UC1)).empty());
}

TEST(SmoothLine, KeepsTheEndsOfAnOpenLine) {
    std::vector<Point> line;
    for (int at = 0; at < 20; ++at) line.emplace_back(static_cast<float>(at), at % 2 == 0 ? 0.F : 1.F);
    const auto smooth = smooth_line(line, 2, false);
    EXPECT_EQ(smooth.front(), line.front());
    EXPECT_EQ(smooth.back(), line.back());
    EXPECT_NEAR(smooth[10].y, 0.5, 0.1);
    EXPECT_TRUE(smooth_line({}, 2, true).empty());
}

TEST(ResampleLine, SpacesPointsEvenly) {
    const auto line = resample_line({{0, 0}, {10, 0}, {10, 30}}, 5);
    ASSERT_EQ(line.size(), 5U);
    EXPECT_EQ(line[1], Point(10, 0));
    EXPECT_EQ(line[2], Point(10, 10));
    EXPECT_EQ(line[4], Point(10, 30));
    EXPECT_FLOAT_EQ(line_length(line), 40);
}

TEST(FindBends, FindsTheCornersOfAPolyline) {
    const auto line = resample_line({{0, 0}, {20, 0}, {30, 10}, {30, 40}}, 61);
    const auto bends = find_bends(line, 2);
    ASSERT_EQ(bends.size(), 2U);
    EXPECT_NEAR(line[bends[0]].x, 20, 1.5);
    EXPECT_NEAR(line[bends[1]].y, 10, 1.5);
}

}  // namespace
}  // namespace fitview::engine
