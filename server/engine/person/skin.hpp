#pragma once
// Which pixels show this person's skin.
#include <opencv2/core.hpp>

#include <optional>

#include "engine/person/face.hpp"
#include "engine/person/working_picture.hpp"

namespace fitview::engine {

/// Likelihood of skin, 32FC1 in [0, 1], learnt from the inner face; without a face from the top of the silhouette by a
/// colour range that fits every tone. All zero when too few examples are seen.
cv::Mat skin_likelihood(const WorkingPicture& picture, const cv::Mat& silhouette, const std::optional<Face>& face);

}  // namespace fitview::engine
