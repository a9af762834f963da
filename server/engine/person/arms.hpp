#pragma once
// Following each arm from the shoulder over elbow and wrist to the fingertips.
#include <opencv2/core.hpp>

#include "engine/geometry.hpp"
#include "engine/person/body_frame.hpp"
#include "engine/person/person_model.hpp"
#include "engine/person/working_picture.hpp"

namespace fitview::engine {

/// Two ribbons with a hinge are fitted to the edges of silhouette, skin and cloth, from the shoulder downwards; then
/// the two edges are followed sample by sample. All numbers are analysis pixels. Always gives two lines; `measured` and
/// `confidence` say how much of them was seen.
Sided<Arm> follow_arms(const WorkingPicture& picture, const cv::Mat& silhouette, const cv::Mat& skin,
                       const BodyFrame& frame);

/// The same with the joints known, however the arm is bent: only the ribbons' last shift and the edges are looked for.
/// An arm that goes behind something ends there.
Sided<Arm> follow_arms(const WorkingPicture& picture, const cv::Mat& silhouette, const cv::Mat& skin,
                       const BodyFrame& frame, const Sighting& sighting);

/// The pixels within the arms' visible thickness, 8UC1 of `size`; `grow` is added to every radius.
cv::Mat draw_arm(const Arm& arm, cv::Size size, float grow);

/// Both arms with their hands, 8UC1: the skin (32FC1 likelihood) around the hand's line belongs to it, since fingers
/// spread wider than the line knows. `unit` is the body's.
cv::Mat arms_and_hands(const Sided<Arm>& arms, const cv::Mat& skin, float unit);

}  // namespace fitview::engine
