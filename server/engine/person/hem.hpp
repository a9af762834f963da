#pragma once
// Where the top that is worn ends.
#include <opencv2/core.hpp>

#include <optional>

#include "engine/person/body_frame.hpp"

namespace fitview::engine {

/// The row (analysis pixels) at which the colour of the whole trunk changes for good: a hem crosses middle and sides, a
/// print only the middle, and what follows must differ from the chest. Nothing when no change is strong enough.
std::optional<float> find_hem(const cv::Mat& lab, const BodyFrame& frame);

}  // namespace fitview::engine
