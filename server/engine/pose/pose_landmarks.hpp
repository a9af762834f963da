#pragma once
// Where the body points are in one picture.
#include <array>
#include <cmath>

#include "engine/body_point.hpp"
#include "engine/geometry.hpp"

namespace fitview::engine {

struct PosePoint {
    Point place;           ///< may lie outside the picture
    float depth = 0;       ///< towards the camera is negative, same measure as `place`; rough
    float visibility = 0;  ///< 0 to 1: inside the picture and not hidden
};

struct PoseLandmarks {
    std::array<PosePoint, body_point_count> points;

    const PosePoint& operator[](BodyPoint point) const { return points[static_cast<std::size_t>(point)]; }
    PosePoint& operator[](BodyPoint point) { return points[static_cast<std::size_t>(point)]; }
    /// A point that has a left and a right, named by its left one, on that side of the PICTURE in a front view.
    const PosePoint& on(Side side, BodyPoint of_left) const {
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
