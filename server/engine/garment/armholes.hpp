#pragma once
// Where sleeves leave the trunk.
#include "engine/garment/garment_shape.hpp"

namespace fitview::engine {

/// One side's armhole. Points are px of the shape's mask.
struct Armhole {
    bool sleeved = false;
    bool on_trunk = false;  ///< the sleeve lies against the trunk from the armpit down to the notch
    bool mirrored = false;  ///< taken from the other side
    Point notch;            ///< where the outlines of sleeve and trunk part; the armpit itself unless `on_trunk`
    Point armpit;
    float half_width = 0;  ///< of the trunk at the armpit
    float sharpness = 0;   ///< depth of the notch as a share of the garment's height, 0 when sleeveless
};

/// `dress` moves the search upwards. Both sides are made to agree where the garment is symmetric.
Sided<Armhole> find_armholes(const GarmentShape& shape, bool dress);

}  // namespace fitview::engine
