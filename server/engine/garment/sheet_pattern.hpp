#pragma once
// The pattern of unstitched cloth: plain sheets whose colours follow the photo, its border along the long edges.
#include "engine/garment/garment_model.hpp"
#include "engine/garment/pattern_mesh.hpp"

namespace fitview::engine {

/// Cloth across to along, in u: what one width of the photo's rectangle stands for.
constexpr float saree_width = 7.4F;
constexpr float dupatta_width = 5.0F;

/// A saree is two sheets (the skirt with its pleats, the pallu), a dupatta one. Empty without a rectangle of cloth.
PatternMesh make_sheets(const GarmentModel& garment);

}  // namespace fitview::engine
