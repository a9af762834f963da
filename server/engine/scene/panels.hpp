#pragma once
// Panels that several places are built of.
#include <utility>

#include "engine/scene/scene_space.hpp"

namespace fitview::engine {

using Painter = std::function<Paint(Spot)>;

inline Panel wall_at_x(float x, float z_from, float z_to, float height, Painter paint) {
    return {Panel::Facing::sideways, x, {x, 0, z_from}, {x, height, z_to}, std::move(paint), 0};
}

inline Panel wall_at_z(float z, float x_from, float x_to, float y_from, float y_to, Painter paint) {
    return {Panel::Facing::camera, z, {x_from, y_from, z}, {x_to, y_to, z}, std::move(paint), 0};
}

inline Panel floor_at(float y, float half_width, float z_to, Painter paint, float gloss = 0) {
    return {Panel::Facing::up, y, {-half_width, y, 0.2F}, {half_width, y, z_to}, std::move(paint), gloss};
}

/// A block standing on the floor: top, front and both sides, each a little darker than the one before.
inline void add_block(const Spot& from, const Spot& to, const Light& light, std::vector<Panel>& panels) {
    const auto plain = [light](float share) {
        return [light, share](Spot spot) {
            const float worn = 0.94F + 0.12F * rough(spot.x * 9 + spot.z * 5, spot.y * 9 + spot.z * 4, 77);
            return Paint{light * (share * worn), 1};
        };
    };
    panels.push_back({Panel::Facing::up, to.y, from, to, plain(1.1F), 0});
    panels.push_back({Panel::Facing::camera, from.z, from, to, plain(0.72F), 0});
    panels.push_back({Panel::Facing::sideways, from.x, from, to, plain(0.55F), 0});
    panels.push_back({Panel::Facing::sideways, to.x, from, to, plain(0.6F), 0});
}

/// Leaves in a round crown: denser in the middle, lit from above.
inline Panel crown(float x, float y, float z, float radius, const Light& leaf, int seed) {
    return wall_at_z(z, x - radius, x + radius, y - radius, y + radius, [=](Spot spot) {
        const float away = std::hypot(spot.x - x, spot.y - y) / radius;
        const float grain = 3.2F / radius;
        const float leaves = rough(spot.x * grain, spot.y * grain, seed);
        const float fine = rough(spot.x * grain * 3.1F, spot.y * grain * 3.1F, seed + 5);
        const float cover = rise(0.02F, 0.10F, 1.02F - away * (0.62F + 0.62F * leaves) - 0.16F * fine);
        const float lit = 0.45F + 0.75F * rise(-1, 1, (spot.y - y) / radius) * (0.5F + fine);
        return Paint{mix(leaf * 0.35F, leaf * 1.35F, lit * leaves * 1.5F), cover};
    });
}

/// A pot with long leaves that fan out of it.
inline void add_plant(float x, float z, float height, const Light& leaf, const Light& pot, int seed,
                      std::vector<Panel>& panels) {
    const float rim = 0.30F * height, wide = 0.17F * height;
    panels.push_back(wall_at_z(z, x - wide, x + wide, 0, rim, [=](Spot spot) {
        const float across = (spot.x - x) / (wide * (0.74F + 0.26F * spot.y / rim));
        const float round = std::sqrt(std::max(0.F, 1 - across * across));
        return Paint{pot * (0.35F + 0.75F * round * (0.8F - 0.3F * across)), std::abs(across) < 1 ? 1.F : 0.F};
    }));
    panels.push_back(
        wall_at_z(z - 0.02F, x - 0.6F * height, x + 0.6F * height, rim * 0.8F, height * 1.15F, [=](Spot spot) {
            constexpr int leaves = 15;
            Paint paint{leaf, 0};
            for (int i = 0; i < leaves; ++i) {
                const float angle = (static_cast<float>(i) - 7.F) * 0.19F + 0.16F * (chance(i, seed) - 0.5F);
                const float length = height * (0.52F + 0.33F * chance(i, seed, 3));
                const float bend = 0.55F * angle;
                // Along the leaf: it leaves the pot at its angle and bends outwards.
                const float up = spot.y - rim * 0.9F;
                const float t = up / (length * std::cos(angle));
                if (t < 0 || t > 1) continue;
                const float middle = x + up * std::tan(angle) + bend * length * t * t * 0.5F;
                const float half = 0.055F * height * std::sin(3.1F * std::pow(t, 0.8F)) + 0.004F;
                const float off = (spot.x - middle) / half;
                const float cover = rise(1.1F, 0.85F, std::abs(off));
                if (cover <= paint.cover * 0.99F && cover < 1) continue;
                const float lit = 0.5F + 0.5F * chance(i, seed, 8) - 0.22F * off + 0.3F * t;
                paint = {leaf * lit, std::max(cover, paint.cover)};
            }
            return paint;
        }));
}

}  // namespace fitview::engine
