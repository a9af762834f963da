#pragma once
// Where the top that is worn ends.
#include <opencv2/core.hpp>

#include <optional>

#include "engine/person/body_frame.hpp"

namespace fitview::engine {

/// The row (analysis pixels) at which the colour of the whole trunk changes for good: a hem crosses middle and sides, a
/// print only the middle, and what follows must differ from the chest. Nothing when no change is strong enough.
/// `arms` (8UC1) covers arms and hands, which are not looked at. `parting` is the row from which two legs are seen: a
/// hem that low can still be that of a long top or a dress.
std::optional<float> find_hem(const cv::Mat& lab, const cv::Mat& arms, const BodyFrame& frame,
                              std::optional<float> parting);

}  // namespace fitview::engine
