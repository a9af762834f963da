#pragma once
// Outlines as lists of points: extraction, resampling, corners. Pure functions, thread-safe.
#include <opencv2/core.hpp>

#include <vector>

#include "engine/geometry.hpp"

namespace fitview::engine {

/// The outer outline of the largest region of `mask` (8UC1), one point per pixel, clockwise in the picture. Empty when
/// nothing is set.
std::vector<Point> outer_outline(const cv::Mat& mask);

/// A Gaussian along the line, `sigma` in points. A closed line wraps round; an open one keeps its ends.
std::vector<Point> smooth_line(const std::vector<Point>& line, float sigma, bool closed);

/// `count` points (at least 2) at equal distances along the open line, both ends kept.
std::vector<Point> resample_line(const std::vector<Point>& line, std::size_t count);

float line_length(const std::vector<Point>& line);

/// The index of the point nearest to `place` in [first, last).
std::size_t nearest_on_line(const std::vector<Point>& line, Point place, std::size_t first, std::size_t last);

/// The interior corners (indices, increasing) of the `count + 1` straight pieces that describe an open line best, its
/// ends kept. The line needs at least `count + 2` points.
std::vector<std::size_t> find_bends(const std::vector<Point>& line, std::size_t count);

}  // namespace fitview::engine
