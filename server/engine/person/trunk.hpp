#pragma once
// The trunk without arms and hands, and the legs.
#include <opencv2/core.hpp>

#include <optional>
#include <vector>

#include "engine/geometry.hpp"
#include "engine/person/body_frame.hpp"
#include "engine/person/person_model.hpp"

namespace fitview::engine {

/// In analysis pixels.
struct Torso {
    int top = 0;                 ///< row of rows.front(), the shoulder line
    std::vector<TrunkRow> rows;  ///< down to the crotch or the end of the silhouette
    std::vector<LegRow> legs;
    std::optional<float> crotch;
};

/// Rows where an arm or a hand lies on the trunk are bridged from the rows above and below in which its side is seen,
/// so a hand on the hip does not widen the hip.
Torso measure_torso(const cv::Mat& silhouette, const BodyFrame& frame, const Sided<Arm>& arms);

}  // namespace fitview::engine
