#pragma once
// Continues colours smoothly into the places where they are unknown.
#include <opencv2/core.hpp>

namespace fitview::engine {

/// 8UC3 in, 8UC3 out: known pixels (`known` 8UC1, a weight) keep their colour, the others take a smooth mixture of the
/// nearest known ones. All `otherwise` where nothing is known. Linear in the number of pixels.
cv::Mat pyramid_fill(const cv::Mat& picture, const cv::Mat& known, const cv::Scalar& otherwise);

/// Blur of `values` (32FC1) that only counts pixels by `weight` (32FC1, 0 to 1); 0 where no weight is near.
cv::Mat weighted_blur(const cv::Mat& values, const cv::Mat& weight, double sigma);

}  // namespace fitview::engine
