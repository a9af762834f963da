#pragma once
// Fit points as the API and the command line take them.
#include <string_view>
#include <variant>
#include <vector>

#include "base/failure.hpp"
#include "engine/fit_points.hpp"

namespace fitview::engine {

/// `{"points": [{"name": "left_shoulder", "x": 0.41, "y": 0.22, "visibility"?: 0.98}], "strokes"?: [{"kind":
/// "keep_in_front" | "old_garment", "width": 0.02, "points": [[0.4, 0.3], …]}]}`, or every fault with its pointer. At
/// most 64 points and 64 strokes of 1 000 points. Points whose visibility is below `least_visibility` may lie outside
/// the picture; everything else is a fraction of it. Thread-safe.
std::variant<FitPoints, std::vector<Problem>> read_fit_points(std::string_view json);

/// What the engine works with.
FitPoints to_fit_points(const BodyFitPoints& document);

}  // namespace fitview::engine
