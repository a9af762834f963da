#pragma once
// The 33 body points of the usual pose networks: ours fill them on the server, a browser may send them.
#include <array>
#include <cmath>

#include "engine/geometry.hpp"

namespace fitview::engine {

/// In the order in which networks and browsers list them. Left and right are the WEARER's.
enum PoseJoint : int {
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
    right_foot_index,
};
constexpr int pose_joint_count = 33;

struct PosePoint {
    Point place;           ///< may lie outside the picture
    float depth = 0;       ///< towards the camera is negative, same measure as `place`; rough
    float visibility = 0;  ///< 0 to 1: inside the picture and not hidden
};

struct PoseLandmarks {
    std::array<PosePoint, pose_joint_count> points;

    const PosePoint& operator[](PoseJoint point) const { return points[static_cast<std::size_t>(point)]; }
    PosePoint& operator[](PoseJoint point) { return points[static_cast<std::size_t>(point)]; }
    /// A point that has a left and a right, named by its left one, on that side of the PICTURE in a front view.
    const PosePoint& on(Side side, PoseJoint of_left) const {
        return points[static_cast<std::size_t>(of_left + (side == picture_left ? 1 : 0))];
    }
    bool finite() const {
        for (const PosePoint& point : points)
            if (!std::isfinite(point.place.x) || !std::isfinite(point.place.y) || !std::isfinite(point.depth) ||
                !std::isfinite(point.visibility))
                return false;
        return true;
    }
};

/// The places as of a picture that is `scale` times as large.
inline PoseLandmarks scaled(PoseLandmarks landmarks, float scale) {
    for (PosePoint& point : landmarks.points) {
        point.place *= scale;
        point.depth *= scale;
    }
    return landmarks;
}

}  // namespace fitview::engine
