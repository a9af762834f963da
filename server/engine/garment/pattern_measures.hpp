#pragma once
// Frames in which the parts of a pattern are measured and wrapped: sleeves along their axis, the trunk row by row.
#include "engine/garment/garment_model.hpp"
#include "engine/garment/pattern_mesh.hpp"
#include "engine/garment/pattern_outline.hpp"

namespace fitview::engine {

/// Fills `mesh.sleeve`.
void measure_sleeves(const GarmentModel& garment, const PatternOutline& outline, PatternMesh& mesh);

/// The frame of one tube from the middle of its root to the middle of its end; `outer` lies on its outer side. Nothing
/// when the polygon covers no pixel.
std::optional<SleeveFrame> frame_of(const std::vector<Point>& polygon, cv::Size picture, Point root, Point end,
                                    Point outer);

/// Fills `mesh.trunk`.
void measure_trunk(const GarmentModel& garment, const PatternOutline& outline, PatternMesh& mesh);

}  // namespace fitview::engine
