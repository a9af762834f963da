#pragma once
// Neck and shoulder slopes, where hair may hide the contour.
#include <opencv2/core.hpp>

#include <vector>

#include "engine/person/body_frame.hpp"

namespace fitview::engine {

/// The middle of the neck from its own skin: a tilted head is not above the collar. Analysis pixels.
float find_neck(const cv::Mat& labels, const BodyFrame& frame);

/// The top of the shoulder from the neck down to the tip, eight points: the contour where it is near an average slope
/// and is not hair, else that average.
std::vector<Point> shoulder_slope(const cv::Mat& labels, const BodyFrame& frame, Side side);

}  // namespace fitview::engine
