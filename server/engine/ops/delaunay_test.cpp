#include "engine/ops/delaunay.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>

namespace fitview::engine {
namespace {

TEST(Delaunay, CoversTheHullOnceWithClockwiseTriangles) {
    std::vector<Point> points;
    std::uint32_t noise = 7;
    for (int row = 0; row <= 20; ++row)
        for (int column = 0; column <= 20; ++column) {
            noise = noise * 1664525U + 1013904223U;
            const bool rim = row == 0 || column == 0 || row == 20 || column == 20;
            const float shift = rim ? 0 : static_cast<float>(noise >> 24U) / 256 - 0.5F;
            points.emplace_back(static_cast<float>(column) * 5 + shift, static_cast<float>(row) * 5 - shift);
        }
    double area = 0;
    for (const auto& triangle : delaunay(points)) {
        const float twice =
            turn(points[static_cast<std::size_t>(triangle[0])], points[static_cast<std::size_t>(triangle[1])],
                 points[static_cast<std::size_t>(triangle[2])]);
        EXPECT_GT(twice, 0);
        area += twice / 2;
    }
    EXPECT_NEAR(area, 10000, 20);
}

TEST(Delaunay, LeavesOutDoublesAndLines) {
    const std::vector<Point> doubled{{0, 0}, {10, 0}, {0, 10}, {10, 0}};
    const auto triangles = delaunay(doubled);
    ASSERT_EQ(triangles.size(), 1U);
    for (const int corner : triangles[0]) EXPECT_NE(corner, 3);
    EXPECT_TRUE(delaunay({{0, 0}, {1, 0}}).empty());
}

}  // namespace
}  // namespace fitview::engine
