#pragma once
// Where each point of the cloth starts: the flat pattern wrapped around the body.
#include "engine/drape/body_field.hpp"
#include "engine/drape/cloth.hpp"

namespace fitview::engine {

/// Sets every position: trunk rows wrapped on inflated ellipses, the part above the armpits flat and inflated, sleeves
/// around the arm lines; afterwards no free point lies inside the body. Most of the result: the solver only settles it.
void place(const GarmentModel& garment, const FitPlan& plan, const BodyField& body, Cloth& cloth);

}  // namespace fitview::engine
