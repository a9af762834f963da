#pragma once
// Where an arm could be: edge evidence at a size at which every body measures the same.
#include <opencv2/core.hpp>

#include "engine/geometry.hpp"
#include "engine/person/body_frame.hpp"
#include "engine/person/working_picture.hpp"

namespace fitview::engine {

/// The width of a face in the limb picture: arms are looked for at this size, whatever the photo's.
constexpr float limb_unit = 24;

/// Planes of the analysis picture resized so that the body's unit is `limb_unit` pixels.
class LimbEdges {
public:
    LimbEdges(const WorkingPicture& picture, const cv::Mat& silhouette, const cv::Mat& skin, const BodyFrame& frame);

    cv::Size size() const { return inside_.size(); }
    float scale() const { return scale_; }  ///< limb pixels per analysis pixel
    bool contains(Point place) const;
    /// How much of the person is at a place, 0 to 1; also outside the picture, where it repeats the border.
    float inside(Point place) const { return read(inside_, place); }
    float skin(Point place) const { return read(skin_, place); }
    /// How strongly something ends at `place` when leaving it in `direction` (unit length), 0 to 1: the silhouette
    /// most, skin that turns into cloth less, any change of colour least.
    float ending(Point place, Point direction) const;

private:
    static float read(const cv::Mat& plane, Point place);

    float scale_ = 1;
    cv::Mat inside_;
    cv::Mat skin_;
    cv::Mat inside_slope_;  ///< 32FC2 gradients
    cv::Mat skin_slope_;
    cv::Mat colour_slope_;  ///< 32FC2: strongest colour gradient, sign irrelevant
};

}  // namespace fitview::engine
