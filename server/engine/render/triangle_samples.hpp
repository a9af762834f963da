#pragma once
// A depth buffer of a few picture rows: which triangle is nearest at each of nine samples a pixel.
#include <array>
#include <limits>
#include <vector>

#include <opencv2/core.hpp>

#include "engine/drape/vector3.hpp"

namespace fitview::engine {

/// Samples per pixel and direction.
constexpr int samples_across = 3;
constexpr int samples_per_pixel = samples_across * samples_across;

struct ScreenTriangle {
    std::array<Vector3, 3> corners;  ///< picture px, relative to the box that is drawn
    float area = 0;                  ///< twice the signed area; positive when the outside faces the viewer
    int index = 0;

    /// Weights of the corners at a place in the plane of the picture.
    Vector3 weights(float x, float y) const {
        const auto& [a, b, c] = corners;
        const float wb = ((x - a.x) * (c.y - a.y) - (c.x - a.x) * (y - a.y)) / area;
        const float wc = ((b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y)) / area;
        return {1 - wb - wc, wb, wc};
    }
};

class SampleBand {
public:
    static constexpr int rows = 32;  // a band of the usual width fits a core's second cache

    explicit SampleBand(int width) : width_(width * samples_across) {
        const auto count = static_cast<std::size_t>(width_) * rows * samples_across;
        depth_.resize(count);
        triangle_.resize(count);
    }

    /// Forgets everything; the band then covers picture rows from `top`.
    void start(int top) {
        top_ = top;
        std::fill(depth_.begin(), depth_.end(), -std::numeric_limits<float>::max());
        std::fill(triangle_.begin(), triangle_.end(), -1);
    }

    void draw(const ScreenTriangle& triangle) {
        constexpr float s = samples_across;
        const auto& [a, b, c] = triangle.corners;
        const int x0 = std::max(0, static_cast<int>(std::floor(std::min({a.x, b.x, c.x}) * s)));
        const int x1 = std::min(width_ - 1, static_cast<int>(std::ceil(std::max({a.x, b.x, c.x}) * s)));
        const auto top = static_cast<float>(top_);
        const int y0 = std::max(0, static_cast<int>(std::floor((std::min({a.y, b.y, c.y}) - top) * s)));
        const int y1 =
            std::min(rows * samples_across - 1, static_cast<int>(std::ceil((std::max({a.y, b.y, c.y}) - top) * s)));
        if (x0 > x1 || y0 > y1) return;
        const Vector3 origin =
            triangle.weights((static_cast<float>(x0) + 0.5F) / s, (static_cast<float>(y0) + 0.5F) / s + top);
        const Vector3 right =
            triangle.weights((static_cast<float>(x0) + 1.5F) / s, (static_cast<float>(y0) + 0.5F) / s + top) - origin;
        const Vector3 down =
            triangle.weights((static_cast<float>(x0) + 0.5F) / s, (static_cast<float>(y0) + 1.5F) / s + top) - origin;
        constexpr float edge = -1e-4F;  // neighbours share their edge's samples, so no gap opens
        for (int y = y0; y <= y1; ++y) {
            const Vector3 start = origin + down * static_cast<float>(y - y0);
            float* depth = &depth_[static_cast<std::size_t>(y) * width_];
            int* index = &triangle_[static_cast<std::size_t>(y) * width_];
            for (int x = x0; x <= x1; ++x) {
                const Vector3 w = start + right * static_cast<float>(x - x0);
                if (w.x < edge || w.y < edge || w.z < edge) continue;
                const float z = w.x * a.z + w.y * b.z + w.z * c.z;
                if (z <= depth[x]) continue;
                depth[x] = z;
                index[x] = triangle.index;
            }
        }
    }

    /// -1 where nothing was drawn. `sample` counts along rows of the pixel's samples.
    int triangle_at(int x, int y, int sample) const { return triangle_[place(x, y, sample)]; }
    float depth_at(int x, int y, int sample) const { return depth_[place(x, y, sample)]; }

private:
    std::size_t place(int x, int y, int sample) const {
        return static_cast<std::size_t>((y - top_) * samples_across + sample / samples_across) * width_ +
               static_cast<std::size_t>(x * samples_across + sample % samples_across);
    }

    int width_ = 0, top_ = 0;
    std::vector<float> depth_;
    std::vector<int> triangle_;
};

}  // namespace fitview::engine
