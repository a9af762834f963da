#pragma once
// From the hard analysis silhouette to a soft one at working size, and the picture without the person.
#include <opencv2/core.hpp>

#include "engine/person/wall.hpp"
#include "engine/person/working_picture.hpp"

namespace fitview::engine {

/// The background without the person, 8UC3 RGB of the working size: the picture itself where the wall is seen,
/// elsewhere the wall's surface with a smooth remainder.
cv::Mat make_clean_plate(const WorkingPicture& picture, const cv::Mat& silhouette, const Wall& wall);

/// The silhouette as 8UC1 of the working size with the share of person in each pixel. Near the outline that share is
/// measured between the colours of person and wall where they differ, so no rim of wall colour is kept.
cv::Mat soften_silhouette(const WorkingPicture& picture, const cv::Mat& silhouette, const cv::Mat& clean_plate,
                          const Wall& wall);

}  // namespace fitview::engine
