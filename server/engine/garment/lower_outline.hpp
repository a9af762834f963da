#pragma once
// Trousers and skirts as a tailor would cut them: waistband, outer seams, hems, inner seams.
#include "engine/garment/pattern_outline.hpp"

namespace fitview::engine {

/// The waistband takes the place of the neckline. From the model's outline and landmarks alone; empty without them.
PatternOutline outline_lower(const GarmentModel& garment);

/// Fills `mesh.leg` and `mesh.waistband`.
void measure_lower(const GarmentModel& garment, const PatternOutline& outline, PatternMesh& mesh);

}  // namespace fitview::engine
