#pragma once
// The 33 body points of the usual pose networks: ours fill them, a browser or a retailer may send them.
#include <boost/describe/enum.hpp>

namespace fitview::engine {

/// In the order in which networks and browsers list them. Left and right are the WEARER's.
enum BodyPoint : int {
    nose,
    left_eye_inner,
    left_eye,
    left_eye_outer,
    right_eye_inner,
    right_eye,
    right_eye_outer,
    left_ear,
    right_ear,
    mouth_left,
    mouth_right,
    left_shoulder,
    right_shoulder,
    left_elbow,
    right_elbow,
    left_wrist,
    right_wrist,
    left_pinky,
    right_pinky,
    left_index,
    right_index,
    left_thumb,
    right_thumb,
    left_hip,
    right_hip,
    left_knee,
    right_knee,
    left_ankle,
    right_ankle,
    left_heel,
    right_heel,
    left_foot_index,
    right_foot_index
};
BOOST_DESCRIBE_ENUM(BodyPoint, nose, left_eye_inner, left_eye, left_eye_outer, right_eye_inner, right_eye,
                    right_eye_outer, left_ear, right_ear, mouth_left, mouth_right, left_shoulder, right_shoulder,
                    left_elbow, right_elbow, left_wrist, right_wrist, left_pinky, right_pinky, left_index, right_index,
                    left_thumb, right_thumb, left_hip, right_hip, left_knee, right_knee, left_ankle, right_ankle,
                    left_heel, right_heel, left_foot_index, right_foot_index)
constexpr int body_point_count = 33;

}  // namespace fitview::engine
