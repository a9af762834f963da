#pragma once
// The joints of the drawn person, for tests.
#include <vector>

#include "engine/person/drawn_person.hpp"
#include "engine/pose/given_person.hpp"

namespace fitview::engine {

/// The joints of the drawn person as a browser would send them.
inline std::vector<GivenPoint> joints_of(const DrawnPerson& drawn) {
    std::vector<GivenPoint> points(body_point_count);
    const auto set = [&](BodyPoint point, Point place, double visibility = 1) {
        points[point] = {place.x / drawn.picture.cols, place.y / drawn.picture.rows, 0, visibility};
    };
    const Point head(384, 130);
    const float u = drawn.unit;
    for (int point = nose; point <= mouth_right; ++point) set(static_cast<BodyPoint>(point), head);
    set(left_eye, head + Point(0.18F * u, -0.2F * u));
    set(right_eye, head + Point(-0.18F * u, -0.2F * u));
    set(left_ear, head + Point(0.35F * u, -0.15F * u));
    set(right_ear, head + Point(-0.35F * u, -0.15F * u));
    set(mouth_left, head + Point(0.12F * u, 0.19F * u));
    set(mouth_right, head + Point(-0.12F * u, 0.19F * u));
    for (const Side side : {picture_left, picture_right}) {
        const int shift = side == picture_left ? 1 : 0;
        const float outwards = side == picture_left ? -1.0F : 1.0F;
        const auto at = [&](BodyPoint of_left) { return static_cast<BodyPoint>(of_left + shift); };
        set(at(left_shoulder), drawn.shoulder[side] + Point(-outwards * 0.22F * u, 0.07F * u));
        set(at(left_elbow), drawn.elbow[side]);
        set(at(left_wrist), drawn.wrist[side]);
        set(at(left_hip), {384 + outwards * 66, 565});
        set(at(left_knee), {384 + outwards * 60, 800});
        set(at(left_ankle), {384 + outwards * 60, 960});
    }
    return points;
}

}  // namespace fitview::engine
