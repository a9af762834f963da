#pragma once
// The soft edge of a cut-out.
#include <opencv2/core.hpp>

namespace fitview::engine {

/// `mask` (8UC1, 0 or 255, perhaps smaller than the 8UC3 RGB picture) becomes an 8UC1 alpha of the picture's size whose
/// edge follows the picture and lies about one pixel inside the garment.
cv::Mat soften_edge(const cv::Mat& picture, const cv::Mat& mask);

}  // namespace fitview::engine
