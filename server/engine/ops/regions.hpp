#pragma once
// Connected regions of binary masks (8UC1, non-zero is set; results are 0 or 255). Pure functions, thread-safe.
#include <opencv2/core.hpp>

#include <vector>

namespace fitview::engine {

/// A maximal run of set pixels in one row: columns first..last, both included.
struct Run {
    int first = 0;
    int last = 0;
    int width() const { return last - first + 1; }
};

/// Runs of at least `shortest` pixels, left to right.
std::vector<Run> runs_of_row(const cv::Mat& mask, int row, int shortest);

/// The largest four-connected region; empty mask when nothing is set.
cv::Mat largest_region(const cv::Mat& mask);

/// Everything four-connected to a set pixel on the picture's border.
cv::Mat border_region(const cv::Mat& mask);

/// The mask with every hole that does not touch the border filled.
cv::Mat fill_holes(const cv::Mat& mask);

}  // namespace fitview::engine
