#pragma once
// Neck and shoulder slopes, where hair may hide the contour.
#include <opencv2/core.hpp>

#include <functional>
#include <optional>
#include <vector>

#include "engine/person/body_frame.hpp"

namespace fitview::engine {

/// The middle of the neck from its own skin: a tilted head is not above the collar. Analysis pixels.
float find_neck(const cv::Mat& labels, const BodyFrame& frame);

/// Eight points from `neck_x`, beside the neck, down to the tip: where `measured` says what a shoulder can be, else an
/// average slope, raised as far as most of the measured shoulder lies above it (a tip is easily found too low).
std::vector<Point> believable_slope(float neck_x, Point tip, float unit,
                                    const std::function<std::optional<float>(float)>& measured);

/// The top of the shoulder from the neck down to the tip, eight points: the contour where it is a shoulder's and is not
/// hair. Analysis pixels.
std::vector<Point> shoulder_slope(const cv::Mat& labels, const BodyFrame& frame, Side side);

}  // namespace fitview::engine
