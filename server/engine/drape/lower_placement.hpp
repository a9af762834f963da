#pragma once
// Lays trousers and skirts on the body before they are let hang.
#include "engine/drape/lower_plan.hpp"

namespace fitview::engine {

/// Gives every point of a lower garment's `cloth` its first place: rows round the hips, tubes round the legs, a skirt
/// round both with its surplus in pleats. The waistband is pinned. No point is inside the body.
void place_lower(const LowerPlan& plan, const BodyField& body, const LegLines& legs, Cloth& cloth);

}  // namespace fitview::engine
