#pragma once
// Neck and shoulder points on the upper outline of a garment.
#include "engine/garment/armholes.hpp"
#include "engine/garment/garment_shape.hpp"

namespace fitview::engine {

struct NeckPoints {
    Sided<Point> neck;      ///< where collar and shoulder meet; top of a collar that stands
    Sided<Point> stand;     ///< from there down to the shoulder, beside a collar that stands; else nothing
    Sided<Point> shoulder;  ///< outer end of the shoulder seam, or of the strap
};

NeckPoints find_neck_points(const GarmentShape& shape, const Sided<Armhole>& armholes);

}  // namespace fitview::engine
