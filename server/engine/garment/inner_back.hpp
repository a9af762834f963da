#pragma once
// The inside of the back that shows through the neck of a garment.
#include <opencv2/core.hpp>

#include "engine/garment/garment_shape.hpp"
#include "engine/garment/neck_points.hpp"

namespace fitview::engine {

struct InnerBack {
    cv::Mat mask;        ///< 8UC1, 0 or 255; all 0 when none shows
    bool found = false;  ///< by colour or by the edge of the front collar
    float depth = 0;     ///< from the neck points down to its lowest point, px
};

/// First by colour, then along the strongest edge that runs like a collar. `doubtful` asks for a much clearer edge:
/// where the outline itself dips between the neck points, or a collar stands up. Deterministic: seeds OpenCV's
/// generator of this thread.
InnerBack find_inner_back(const GarmentShape& shape, const NeckPoints& points, const cv::Mat& lab, bool doubtful);

}  // namespace fitview::engine
