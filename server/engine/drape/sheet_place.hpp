#pragma once
// What laying a plain sheet on a body is made of. Internal to the drape.
#include <algorithm>
#include <cmath>

#include "engine/drape/body_field.hpp"

namespace fitview::engine {

/// A place on a sheet: along and across, both 0 to 1.
struct OnSheet {
    float along = 0;
    float across = 0;
};

/// Cloth gathered into folds: how far a point lies across the gathered band (0 to 1) and how far before it (-1 to 1).
struct Fold {
    float across = 0;
    float before = 0;
};

/// Folds that lie over each other like a closed fan: each shows its own cloth instead of squeezed cloth. What is seen
/// of a fold is `overlap` + 1 times as wide as the cloth would be if it were squeezed.
inline Fold fold_of(float across, float folds, float overlap) {
    const float phase = 2 * static_cast<float>(CV_PI) * folds * across;
    return {std::clamp(across + overlap * std::sin(phase) / (2 * static_cast<float>(CV_PI) * folds), 0.0F, 1.0F),
            std::cos(phase)};
}

/// The overlap that shows cloth of the width `cloth` unsqueezed in a band of the width `band`.
inline float true_overlap(float cloth, float band) {
    constexpr float most = 6;
    return std::clamp(cloth / std::max(1.0F, band) - 1, 0.0F, most);
}

/// A parabola through three points.
inline Point bow(Point start, Point middle, Point end, float t) {
    const Point control = 2 * middle - (start + end) / 2;
    return (1 - t) * (1 - t) * start + 2 * t * (1 - t) * control + t * t * end;
}

/// The front of the body at a place of the picture, smooth over its rim.
inline float front_of(const BodyField& body, float x, float y) {
    const float step = 0.12F * body.unit;
    float sum = 0;
    for (int dx = -1; dx <= 1; ++dx)
        for (int dy = -1; dy <= 1; ++dy)
            sum += std::max(
                0.0F,
                body.front_depth(x + static_cast<float>(dx) * step, y + static_cast<float>(dy) * step).value_or(0));
    return std::max(sum / 9, body.front_depth(x, y).value_or(0));
}

}  // namespace fitview::engine
