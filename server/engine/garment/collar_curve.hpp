#pragma once
// The front collar as a curve between the neck points, found even where inside and outside have the same colour.
#include <opencv2/core.hpp>

#include <vector>

#include "engine/garment/garment_shape.hpp"
#include "engine/garment/neck_points.hpp"

namespace fitview::engine {

struct CollarCurve {
    std::vector<Point>
        points;          ///< from the left neck point's side round below to the right one; empty when none was found
    float strength = 0;  ///< how consistently the picture changes across the curve; chance reaches about 0.4
};

/// Tries scoops, ellipses and vees of every depth and takes the deepest one across which colour changes consistently,
/// then lets it follow the picture. `lab` is 32FC3 CIE Lab of the shape's size. Deterministic, thread-safe.
CollarCurve find_collar_curve(const GarmentShape& shape, const NeckPoints& points, const cv::Mat& lab);

}  // namespace fitview::engine
