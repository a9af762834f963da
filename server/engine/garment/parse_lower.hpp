#pragma once
// The shape of trousers and skirts: waistband, crotch, hems.
#include <opencv2/core.hpp>

#include "engine/garment/garment_model.hpp"

namespace fitview::engine {

/// Whether the outline parts into two legs below the hips.
bool has_legs(const cv::Mat& mask);

struct LowerShape {
    cv::Mat mask;  ///< 8UC1; legs that touch in the picture are parted by a thin slit
    float axis = 0;
    float symmetry = 0;
    float half_width = 0;  ///< at the hips
    LowerLandmarks landmarks;
    Sided<std::vector<Point>> outline;
    bool legs_touch = false;  ///< the slit was put where a crotch usually is

    bool empty() const { return outline[0].size() < 8 || outline[1].size() < 8; }
};

/// `mask` is 8UC1, 0 or 255, one region; `lab` 32FC3 CIE Lab of its size. Points are its pixels. Deterministic,
/// thread-safe.
LowerShape describe_lower(const cv::Mat& mask, const cv::Mat& lab, const GarmentRules& rules);

}  // namespace fitview::engine
