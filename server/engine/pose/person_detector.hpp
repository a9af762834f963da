#pragma once
// Finding the person in the whole picture.
#include <opencv2/core.hpp>

#include <optional>

#include "engine/network/network.hpp"
#include "engine/pose/sample_region.hpp"

namespace fitview::engine {

/// Garments without a person reach 0.77 (a polo with its collar shaped), people reach 0.798 and more.
constexpr double least_detection = 0.78;

struct Detection {
    Region2d region;       ///< square around the body, turned with it
    double certainty = 0;  ///< 0 to 1
};

/// The most certain person, by the detector network. Nothing below `least_detection`.
std::optional<Detection> detect_person(const network::Network& detector, const cv::Mat& picture);

}  // namespace fitview::engine
