#pragma once
// Unstitched cloth: the rectangle of it that the photo shows.
#include <opencv2/core.hpp>

#include "engine/garment/cut_out.hpp"
#include "engine/garment/garment_model.hpp"

namespace fitview::engine {

struct ClothRectangle {
    cv::Rect box;       ///< pixels of the mask
    double filled = 0;  ///< share of the outline's bounding box that is cloth; 1 when laid out flat
};

/// The largest upright rectangle inside the cut-out, found by moving in the sides that lie outside. Deterministic.
ClothRectangle find_cloth(const cv::Mat& mask);

/// What the photo costs, in words a retailer can act on.
std::vector<Finding> judge_cloth(const CutOut& cut_out, const ClothRectangle& cloth);

}  // namespace fitview::engine
