#pragma once
// Cutting the person out of the picture.
#include <opencv2/core.hpp>

#include <optional>

#include "engine/person/face.hpp"
#include "engine/person/wall.hpp"
#include "engine/person/working_picture.hpp"

namespace fitview::engine {

/// What is not open background, as 8UC1 of the analysis size; a first guess for the search of the face. Plain walls
/// only.
cv::Mat rough_foreground(const Wall& wall);

/// The part of the picture where the head must be, given the first guess (may be empty when nothing stands out).
cv::Rect head_area(const cv::Mat& foreground);

/// Whether a face found in the picture can belong to this person: skin-coloured, and near the top of the silhouette.
bool is_plausible_face(const Face& face, const cv::Mat& small_rgb, const cv::Mat& foreground);

/// The person as 8UC1 of the analysis size, 0 or 255. GrabCut at half that size settles what the wall leaves open. May
/// be empty of pixels. Deterministic: seeds OpenCV's generator of this thread.
cv::Mat cut_silhouette(const WorkingPicture& picture, const Wall& wall, const cv::Mat& foreground,
                       const std::optional<Face>& face);

/// The same where it is known beforehand how much of each pixel is the person (32FC1, 0 to 1, of the analysis size, a
/// few pixels coarse): only the band along its outline is looked at again, and gaps outside `certain` (8UC1) in which a
/// plain wall is seen; what lies well inside stays.
cv::Mat refine_silhouette(const WorkingPicture& picture, const Wall& wall, const cv::Mat& person,
                          const cv::Mat& certain);

}  // namespace fitview::engine
