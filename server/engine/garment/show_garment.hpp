#pragma once
// Pictures of what the garment stages found, for `--stages` and for people who wonder why.
#include <opencv2/core.hpp>

#include <string>
#include <utility>
#include <vector>

#include "engine/garment/garment_model.hpp"
#include "engine/garment/pattern_mesh.hpp"

namespace fitview::engine {

/// Named 8UC3 RGB pictures of the model's size: "cutout" on a checkered ground, "landmarks" with the parts tinted.
std::vector<std::pair<std::string, cv::Mat>> show_garment(const GarmentModel& garment);

/// Named 8UC3 RGB pictures of the model's size: "pattern-front" and "pattern-back", seams blue, openings red.
std::vector<std::pair<std::string, cv::Mat>> show_pattern(const GarmentModel& garment, const PatternMesh& pattern);

}  // namespace fitview::engine
