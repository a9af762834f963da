#include "engine/drape/worn_layers.hpp"

#include <algorithm>
#include <cmath>

namespace fitview::engine {
namespace {

constexpr float thickness = 0.02F;      // units
constexpr float furthest_grown = 0.5F;  // units; a skirt that flies further off is in nobody's way

/// How far the cloth stands off the body, per picture column and row of the grid; front and back share the grid.
struct Relief {
    std::vector<float> height;
    int columns = 0, rows = 0;

    float& at(int i, int j) { return height[static_cast<std::size_t>(j) * columns + i]; }
    void keep_larger(int i, int j, float value) {
        if (i >= 0 && j >= 0 && i < columns && j < rows) at(i, j) = std::max(at(i, j), value);
    }
};

/// Spreads to empty neighbours, then smooths: between two points of the mesh there is cloth too.
void close_gaps(Relief& relief) {
    std::vector<float> before = relief.height;
    for (int j = 1; j + 1 < relief.rows; ++j)
        for (int i = 1; i + 1 < relief.columns; ++i) {
            float sum = 0, largest = 0;
            for (int dj = -1; dj <= 1; ++dj)
                for (int di = -1; di <= 1; ++di) {
                    const float value = before[static_cast<std::size_t>(j + dj) * relief.columns + i + di];
                    sum += value;
                    largest = std::max(largest, value);
                }
            relief.at(i, j) = std::max(sum / 9, 0.8F * largest);
        }
}

}  // namespace

void add_to_body(const Cloth& cloth, BodyField& body) {
    Relief relief{std::vector<float>(static_cast<std::size_t>(body.columns) * body.rows, 0), body.columns, body.rows};
    for (std::size_t i = 0; i < cloth.size(); ++i) {
        const Vector3& place = cloth.position[i];
        const float off = body.distance(place, cloth.solid(static_cast<int>(i))) + thickness * body.unit;
        const int column = static_cast<int>(std::lround((place.x - body.origin.x) / body.cell));
        const int row = static_cast<int>(std::lround((place.y - body.origin.y) / body.cell));
        relief.keep_larger(column, row, std::clamp(off, 0.0F, furthest_grown * body.unit));
    }
    close_gaps(relief);
    const auto plane = static_cast<std::size_t>(body.columns) * body.rows;
    for (int k = 0; k < body.layers; ++k)
        for (std::size_t at = 0; at < plane; ++at) {
            const float grown = relief.height[at];
            if (grown <= 0) continue;
            body.whole[static_cast<std::size_t>(k) * plane + at] -= grown;
            body.without_arms[static_cast<std::size_t>(k) * plane + at] -= grown;
            body.arms[static_cast<std::size_t>(k) * plane + at] -= grown;
        }
    for (std::size_t at = 0; at < plane; ++at)
        if (body.front[at] >= 0) body.front[at] += relief.height[at];
}

}  // namespace fitview::engine
