#pragma once
// Small functions that patterns are made of. Pure, the same on every machine.
#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace fitview::engine {

using Light = cv::Vec3f;  ///< linear RGB; 1 is white paper in this light, lamps are brighter

/// A number from 0 to 1 that looks random and is always the same for the same place.
inline float chance(int x, int y, int seed = 0) {
    auto bits = static_cast<std::uint32_t>(x) * 374761393U + static_cast<std::uint32_t>(y) * 668265263U +
                static_cast<std::uint32_t>(seed) * 2246822519U;
    bits = (bits ^ (bits >> 13U)) * 1274126177U;
    bits ^= bits >> 16U;
    return static_cast<float>(bits & 0xFFFFFFU) / static_cast<float>(0xFFFFFF);
}

/// 0 below `from`, 1 above `to`, smooth between.
inline float rise(float from, float to, float value) {
    const float t = std::clamp((value - from) / (to - from), 0.F, 1.F);
    return t * t * (3 - 2 * t);
}

inline Light mix(const Light& a, const Light& b, float share) {
    return a * (1 - share) + b * share;
}

/// Smooth noise, 0 to 1, one hill about every unit.
inline float hills(float x, float y, int seed = 0) {
    const float cell_x = std::floor(x), cell_y = std::floor(y);
    const auto ix = static_cast<int>(cell_x), iy = static_cast<int>(cell_y);
    const float u = rise(0, 1, x - cell_x), v = rise(0, 1, y - cell_y);
    const float top = chance(ix, iy, seed) * (1 - u) + chance(ix + 1, iy, seed) * u;
    const float bottom = chance(ix, iy + 1, seed) * (1 - u) + chance(ix + 1, iy + 1, seed) * u;
    return top * (1 - v) + bottom * v;
}

/// Hills upon hills, 0 to 1: stone, plaster, foliage.
inline float rough(float x, float y, int seed = 0) {
    return 0.5F * hills(x, y, seed) + 0.3F * hills(x * 2.1F, y * 2.1F, seed + 1) +
           0.2F * hills(x * 4.3F, y * 4.3F, seed + 2);
}

/// Distance to the nearest multiple of `step`, and which multiple's cell it is.
inline float to_line(float value, float step) {
    return std::abs(value - step * std::round(value / step));
}
inline int cell(float value, float step) {
    return static_cast<int>(std::floor(value / step));
}

}  // namespace fitview::engine
