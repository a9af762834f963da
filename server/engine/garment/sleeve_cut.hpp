#pragma once
// A sleeve's corners and the piece of the cut-out it covers.
#include <optional>
#include <vector>

#include "engine/garment/armholes.hpp"
#include "engine/garment/garment_model.hpp"
#include "engine/garment/garment_shape.hpp"

namespace fitview::engine {

struct SleeveCut {
    Sleeve sleeve;
    std::vector<Point> polygon;  ///< shoulder, round the sleeve to the notch, back over the armpit
    float length = 0;            ///< from the middle of the seam to the middle of the cuff
};

/// Nothing when the armhole has no sleeve or the piece between shoulder and notch is too small to be one.
std::optional<SleeveCut> cut_sleeve(const GarmentShape& shape, int side, const Armhole& armhole, Point shoulder);

}  // namespace fitview::engine
