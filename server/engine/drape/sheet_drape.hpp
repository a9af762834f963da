#pragma once
// Ways to wear unstitched cloth: sheets laid along guide curves on the body.
#include "engine/drape/body_field.hpp"
#include "engine/drape/cloth.hpp"
#include "engine/drape/leg_lines.hpp"
#include "engine/garment/garment_type.hpp"

namespace fitview::engine {

/// The cloth of a saree or dupatta as it hangs, of the sheets that `way` uses. Pinned along the guides, so nothing
/// needs to be simulated; no point lies inside the body. `way` is one of the class's.
Cloth drape_sheets(const PatternMesh& pattern, DrapeWay way, const BodyField& body, const LegLines& legs,
                   float waist_y);

/// Whether cloth lies over the upper left arm, which otherwise is before it.
bool covers_left_arm(DrapeWay way);

}  // namespace fitview::engine
