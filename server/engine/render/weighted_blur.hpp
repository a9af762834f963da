#pragma once
// A blur that counts only what is known.
#include <opencv2/core.hpp>

namespace fitview::engine {

/// Blur of `values` (32FC1) that only counts pixels by `weight` (32FC1, 0 to 1); 0 where no weight is near.
cv::Mat weighted_blur(const cv::Mat& values, const cv::Mat& weight, double sigma);

}  // namespace fitview::engine
