#pragma once
// Takes the thin rim of ground off a cut-out.
#include <opencv2/core.hpp>

namespace fitview::engine {

/// Removes pixels near the outline of `mask` (8UC1, 0 or 255) that look more like the ground outside than like the
/// cloth a little further in. `lab` is 32FC3 CIE Lab of the same size. Where cloth and ground have nearly the same
/// colour nothing is changed.
cv::Mat trim_rim(const cv::Mat& mask, const cv::Mat& lab);

}  // namespace fitview::engine
