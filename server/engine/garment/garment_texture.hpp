#pragma once
// The colours a renderer reads: the product photo with its background replaced by colours pulled out of the garment.
#include <opencv2/core.hpp>

#include "engine/garment/garment_model.hpp"

namespace fitview::engine {

/// The model's picture with every pixel outside the sure inside of the cut-out (and of the visible inner back) replaced
/// by colours continued from inside, so that no sample near the edge carries the photo's background. 8UC3 RGB, same
/// size. Deterministic, thread-safe, about 15 ms at 768 x 1024.
cv::Mat extend_colours(const GarmentModel& garment);

}  // namespace fitview::engine
