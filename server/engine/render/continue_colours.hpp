#pragma once
// Smooth colours for what a photo does not show.
#include <opencv2/core.hpp>

namespace fitview::engine {

/// Colours of `picture` (8UC3) continued from the pixels of `known` (8UC1, 0 or 255); `otherwise` where nothing is
/// known at all.
cv::Mat continue_colours(const cv::Mat& picture, const cv::Mat& known, const cv::Scalar& otherwise);

}  // namespace fitview::engine
