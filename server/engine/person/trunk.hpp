#pragma once
// The trunk without arms and hands, and the legs.
#include <opencv2/core.hpp>

#include <optional>
#include <vector>

#include "engine/geometry.hpp"
#include "engine/person/body_frame.hpp"
#include "engine/person/person_model.hpp"

namespace fitview::engine {

/// Rows (analysis pixels) that divide the body below the waist.
struct LowerBody {
    std::optional<float> parting;  ///< where two legs begin to be seen: the crotch, or the end of a skirt
    std::optional<float> hem;      ///< the end of the top that is worn
};

/// First row from which on something lies left and something right of the middle, and nothing across it.
std::optional<float> find_parting(const cv::Mat& silhouette, const BodyFrame& frame);

/// At a crotch the outline goes on; at the end of a skirt or a long top it steps inwards.
bool steps_inwards(const cv::Mat& body, const BodyFrame& frame, float parting);

/// In analysis pixels.
struct Torso {
    int top = 0;                 ///< row of rows.front(), the shoulder line
    std::vector<TrunkRow> rows;  ///< down to the crotch, the end of a skirt or of the silhouette; below the hip never
                                 ///< wider than it, whatever the skirt
    std::vector<LegRow> legs;
    std::optional<float> crotch;
};

/// `arms` (8UC1) covers arms and hands. Rows where they lie on the trunk are bridged from the rows above and below in
/// which its side is seen, so a hand on the hip does not widen the hip.
Torso measure_torso(const cv::Mat& silhouette, const cv::Mat& arms, const BodyFrame& frame, const LowerBody& seen);

}  // namespace fitview::engine
