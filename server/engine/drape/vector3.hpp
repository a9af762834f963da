#pragma once
// Three-dimensional points of the drape: x right and y down in picture pixels, z towards the viewer in the same scale,
// z = 0 in the middle of the body.
#include <algorithm>
#include <cmath>

namespace fitview::engine {

struct Vector3 {
    float x = 0;
    float y = 0;
    float z = 0;

    Vector3& operator+=(const Vector3& other) {
        x += other.x;
        y += other.y;
        z += other.z;
        return *this;
    }
    Vector3& operator-=(const Vector3& other) {
        x -= other.x;
        y -= other.y;
        z -= other.z;
        return *this;
    }
    Vector3& operator*=(float factor) {
        x *= factor;
        y *= factor;
        z *= factor;
        return *this;
    }
};

inline Vector3 operator+(Vector3 a, const Vector3& b) {
    return a += b;
}
inline Vector3 operator-(Vector3 a, const Vector3& b) {
    return a -= b;
}
inline Vector3 operator*(Vector3 a, float factor) {
    return a *= factor;
}
inline float dot(const Vector3& a, const Vector3& b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}
inline float length(const Vector3& a) {
    return std::sqrt(dot(a, a));
}
inline Vector3 cross(const Vector3& a, const Vector3& b) {
    return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
/// Of length 1; towards the viewer where `a` has no direction.
inline Vector3 unit_vector(const Vector3& a) {
    const float l = length(a);
    return l > 1e-9F ? a * (1 / l) : Vector3{0, 0, 1};
}

inline float mix(float a, float b, float t) {
    return a + (b - a) * t;
}
inline Vector3 mix(const Vector3& a, const Vector3& b, float t) {
    return a * (1 - t) + b * t;
}
/// 0 below `low`, 1 above `high`, smooth between them.
inline float smooth_step(float low, float high, float value) {
    const float t = std::clamp((value - low) / (high - low), 0.0F, 1.0F);
    return t * t * (3 - 2 * t);
}

}  // namespace fitview::engine
