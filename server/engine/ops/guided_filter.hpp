#pragma once
// Smooths a plane while its edges follow those of a guide picture (He, Sun, Tang: Guided Image Filtering).
#include <opencv2/core.hpp>

namespace fitview::engine {

/// Holds what depends on the guide alone, so several planes can share it. Safe to use from several threads.
class GuidedFilter {
public:
    /// `guide` is 32FC1, usually lightness in [0, 1]. Edges with a variance well above `epsilon` inside the
    /// (2 `radius` + 1) square are kept.
    GuidedFilter(const cv::Mat& guide, int radius, double epsilon);

    /// `plane` is 32FC1 of the guide's size; returns a plane of the same kind.
    cv::Mat apply(const cv::Mat& plane) const;

private:
    cv::Mat guide_;
    cv::Mat mean_;
    cv::Mat variance_;
    cv::Size window_;
};

}  // namespace fitview::engine
