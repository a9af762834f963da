#pragma once
// What is known of a person before anything is measured: the answers of the two ports, brought together.
#include <opencv2/core.hpp>

#include <optional>

#include "engine/person/face.hpp"
#include "engine/person/working_picture.hpp"
#include "engine/pose/pose_estimator.hpp"

namespace fitview::engine {

/// Analysis pixels.
struct Sighting {
    PoseLandmarks pose;
    cv::Mat person;       ///< 32FC1, 0 to 1, of the analysis size: how much of each pixel is this person; may be empty
    float agreement = 1;  ///< how far the answers say the same: overlap of both masks, 0 to 1
    float others = 0;     ///< how many more people there are, as a share of this one's area

    float unit() const;          ///< the width of a frontal face box, from the whole body's proportions
    bool head_inside() const;    ///< whether nose and eyes lie inside the picture
    Face face() const;           ///< from the points of the face
    cv::Rect head_area() const;  ///< where a face box may lie
    Point shoulder_tip(Side side, float unit) const;  ///< the tip lies further out than the joint
    cv::Mat certain_body() const;                     ///< 8UC1 of the size of `person`: inside trunk and limbs
    float frontal() const;   ///< about 1 facing the camera, less turned to a side, below 0 seen from behind
    float standing() const;  ///< how far the knees are below the hips, in lengths of the trunk: 0.8 when standing
};

/// Nothing when there is no estimator or it finds nobody.
std::optional<Sighting> look_at_person(const WorkingPicture& picture, const PersonSight& sight);

}  // namespace fitview::engine
