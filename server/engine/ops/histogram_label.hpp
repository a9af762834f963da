#pragma once
// Colour models for labelling: a smoothed Lab histogram per class, looked up as a cost.
#include <opencv2/core.hpp>

#include <vector>

namespace fitview::engine {

constexpr int lightness_cells = 24;
constexpr int colour_cells = 32;

/// The histogram cell of every pixel: 16UC1 for `lab` (32FC3, CIE Lab).
cv::Mat histogram_cells(const cv::Mat& lab);

/// How likely each cell is in a class, learnt from example pixels. Read-only after construction, thread-safe.
class ColourHistogram {
public:
    /// Learns from the pixels of `cells` where `seeds` (8UC1) is not zero. Without seeds every cell is equally
    /// unlikely.
    ColourHistogram(const cv::Mat& cells, const cv::Mat& seeds);

    /// Share of the examples in this cell, smoothed over neighbouring cells, never 0.
    float probability(int cell) const { return probability_[static_cast<std::size_t>(cell)]; }

    /// -log probability at every pixel, 32FC1.
    cv::Mat cost(const cv::Mat& cells) const;

private:
    std::vector<float> probability_;
};

}  // namespace fitview::engine
