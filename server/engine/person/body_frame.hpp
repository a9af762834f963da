#pragma once
// The first measures of a body: unit of length, chin, shoulders. Everything else is placed relative to them.
#include <opencv2/core.hpp>

#include <optional>
#include <vector>

#include "engine/geometry.hpp"
#include "engine/person/face.hpp"
#include "engine/person/sighting.hpp"

namespace fitview::engine {

/// In analysis pixels.
struct BodyFrame {
    float unit = 0;   ///< width of a frontal face box, about 15 cm
    cv::Rect2f head;  ///< the face box, or a guess of it from proportions
    bool face_seen = false;
    float head_x = 0;
    float chin_y = 0;
    Sided<Point> shoulder;
    Sided<bool> shoulder_measured{};
    float shoulder_y = 0;
    float centre_x = 0;
    float neck_y = 0;                   ///< where a round collar would lie
    int top = 0;                        ///< first row of the silhouette
    int bottom = 0;                     ///< last row
    Sided<std::vector<float>> outline;  ///< outermost column of the silhouette per row; -1 where the row is empty
};

/// Measures the silhouette. Always gives plausible numbers; `shoulder_measured` says which are guesses.
BodyFrame measure_frame(const cv::Mat& silhouette, const std::optional<Face>& face);

/// The same with the joints known: a shoulder the outline shows near its joint is taken from there, any other from the
/// joint.
BodyFrame measure_frame(const cv::Mat& silhouette, const std::optional<Face>& face, const Sighting& sighting);

/// Measures again without `hair` (8UC1) the shoulders that were not seen or lie on hair in `before`: long hair passes
/// for a shoulder or hides one. Nothing when that changes neither.
std::optional<BodyFrame> measure_without_hair(const BodyFrame& before, const cv::Mat& silhouette,
                                              const std::optional<Face>& face, const cv::Mat& hair);

}  // namespace fitview::engine
