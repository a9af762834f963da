#pragma once
// Ways to wear unstitched cloth: sheets laid along guide curves on the body.
#include "engine/drape/body_field.hpp"
#include "engine/drape/cloth.hpp"
#include "engine/drape/leg_lines.hpp"
#include "engine/garment/garment_type.hpp"

namespace fitview::engine {

enum class DrapeWay {
    sides,         ///< behind the neck, both ends down the front
    one_shoulder,  ///< pleated over the wearer's left shoulder
    round_neck     ///< a loop before the chest, both ends behind
};

/// The cloth of a saree (Nivi: pleats at the front, pallu over the left shoulder) or dupatta as it hangs. Pinned along
/// the guides, so nothing needs to be simulated; no point lies inside the body.
Cloth drape_sheets(const PatternMesh& pattern, GarmentType type, DrapeWay way, const BodyField& body,
                   const LegLines& legs, float waist_y);

}  // namespace fitview::engine
