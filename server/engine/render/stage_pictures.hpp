#pragma once
// Pictures of the stages for those who work on quality.
#include <opencv2/core.hpp>

#include "engine/drape/body_field.hpp"
#include "engine/drape/cloth.hpp"

namespace fitview::engine {

/// All are 8UC3 RGB of the size of the picture they lie on.
cv::Mat picture_of_body(const BodyField& body, const cv::Mat& picture);
cv::Mat picture_of_cloth(const Cloth& cloth, const cv::Mat& picture);

}  // namespace fitview::engine
