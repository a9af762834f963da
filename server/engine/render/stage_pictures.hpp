#pragma once
// Pictures of the stages for those who work on quality.
#include <opencv2/core.hpp>

#include "engine/drape/body_field.hpp"
#include "engine/drape/cloth.hpp"

namespace fitview::engine {

/// All are 8UC3 RGB of the size of the picture they lie on.
cv::Mat picture_of_body(const BodyField& body, const cv::Mat& picture);
cv::Mat picture_of_cloth(const Cloth& cloth, const cv::Mat& picture);

/// The finished picture at half size with the cloth coloured by `tightness`: red where it is tight, blue where it is
/// loose, pale green between. Only where `coverage` (8UC1 of the cloth's box, may be empty) shows the garment.
cv::Mat picture_of_fit(const Cloth& cloth, const std::vector<float>& tightness, const cv::Mat& finished,
                       const cv::Mat& coverage, const cv::Rect& box);

}  // namespace fitview::engine
