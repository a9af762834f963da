#pragma once
// Fills the unknown part of a picture smoothly from what is known around it (pull-push over a pyramid).
#include <opencv2/core.hpp>

namespace fitview::engine {

/// `picture` is 32FC1 or 32FC3; `weight` is 32FC1 of the same size, 0 (unknown) to 1 (kept as it is). Where nothing at
/// all is known the result is 0. Pure, thread-safe.
cv::Mat pyramid_fill(const cv::Mat& picture, const cv::Mat& weight);

}  // namespace fitview::engine
