#include "engine/scene/panels.hpp"
#include "engine/scene/scenes.hpp"

namespace fitview::engine {
namespace {

const Light amber(1.00F, 0.56F, 0.22F), rose(0.95F, 0.20F, 0.42F), violet(0.38F, 0.20F, 0.85F);

float pool(float x, float middle, float width) {
    const float t = (x - middle) / width;
    return std::exp(-t * t);
}

Paint curtain(Spot spot) {
    const float swing = spot.x * 7.4F + 1.1F * std::sin(spot.x * 1.9F) + 0.25F * std::sin(spot.y * 1.3F + spot.x * 3);
    const float fold = 0.5F + 0.5F * std::sin(swing);
    const float velvet = 0.16F + 0.84F * fold * fold;
    const float up = std::exp(-spot.y * 0.55F);
    Light light = Light(0.11F, 0.055F, 0.12F) * 0.75F;
    light += amber * (0.75F * up * (pool(spot.x, -2.5F, 0.62F) + pool(spot.x, 2.6F, 0.62F)));
    light += rose * (0.55F * up * (pool(spot.x, -1.0F, 0.75F) + pool(spot.x, 1.15F, 0.75F)));
    light += violet * (0.30F * rise(0.4F, 3.2F, spot.y));
    return {Light(0.55F, 0.40F, 0.55F).mul(light) * velvet, 1};
}

Paint dance_floor(Spot spot, float d) {
    const float joint = std::min(to_line(spot.x - 0.45F, 0.9F), to_line(spot.z - d, 0.9F));
    Light stone = Light(0.020F, 0.016F, 0.022F) * (0.8F + 0.5F * rough(spot.x * 1.6F, spot.z * 1.6F, 3));
    stone *= 0.55F + 0.45F * rise(0.003F, 0.012F, joint);
    const float away = std::hypot(spot.x, (spot.z - d) * 0.8F);
    stone += Light(0.24F, 0.16F, 0.11F) * (0.75F * std::exp(-away * away / 1.5F));
    stone += rose * (0.10F * pool(spot.x, -2.2F, 0.9F) * rise(d, d + 3, spot.z));
    stone += violet * (0.12F * pool(spot.x, 2.3F, 0.9F) * rise(d - 1, d + 3, spot.z));
    return {stone, 1};
}

/// A wire with lamps that hangs through between two points.
void hang_lamps(const Spot& from, const Spot& to, float sag, int count, const Light& light, Scene& scene) {
    for (int i = 0; i < count; ++i) {
        const float t = (static_cast<float>(i) + 0.5F) / static_cast<float>(count);
        const float drop = sag * (1 - (2 * t - 1) * (2 * t - 1));
        scene.lamps.push_back(
            {{from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t - drop, from.z + (to.z - from.z) * t},
             0.028F,
             light * (0.8F + 0.4F * chance(i, count))});
    }
}

/// Threads of tiny lamps in front of the curtain.
void add_light_curtain(float z, Scene& scene) {
    constexpr int threads = 25, lamps = 17;
    for (int i = 0; i < threads; ++i)
        for (int k = 0; k < lamps; ++k) {
            const float x = -3.6F + 0.3F * static_cast<float>(i) + 0.05F * (chance(i, k, 2) - 0.5F);
            const float y = 3.35F - 0.2F * static_cast<float>(k) - 0.1F * chance(i, k, 1);
            const float bright = 0.15F + 1.6F * std::pow(chance(i, k, 4), 3.F);
            if (chance(i, k, 7) < 0.35F) continue;
            scene.lamps.push_back({{x, y, z}, 0.011F, Light(1.0F, 0.66F, 0.34F) * bright});
        }
}

void add_table(float x, float z, Scene& scene) {
    add_block({x - 0.03F, 0, z - 0.03F}, {x + 0.03F, 1.05F, z + 0.03F}, {0.05F, 0.04F, 0.05F}, scene.panels);
    add_block({x - 0.34F, 1.05F, z - 0.34F}, {x + 0.34F, 1.09F, z + 0.34F}, {0.16F, 0.11F, 0.12F}, scene.panels);
    scene.lamps.push_back({{x - 0.08F, 1.17F, z}, 0.028F, Light(1.5F, 0.8F, 0.3F)});
    scene.lamps.push_back({{x + 0.12F, 1.14F, z + 0.1F}, 0.022F, Light(1.3F, 0.7F, 0.28F)});
}

}  // namespace

Scene party_scene(const SceneCamera& camera) {
    const float d = camera.distance, back = d + 3.6F;
    Scene scene;
    scene.panels.push_back(floor_at(
        0, 5, back, [d](Spot spot) { return dance_floor(spot, d); }, 0.34F));
    scene.panels.push_back(wall_at_z(back, -8, 8, 0, 6, curtain));
    add_table(-1.45F, d + 1.7F, scene);
    add_table(1.65F, d + 2.2F, scene);
    add_light_curtain(back - 0.15F, scene);
    const Light warm(3.2F, 1.9F, 0.85F);
    hang_lamps({-2.2F, 2.75F, d + 0.8F}, {2.4F, 2.95F, d + 3.2F}, 0.42F, 15, warm, scene);
    hang_lamps({2.2F, 2.6F, d + 0.9F}, {-2.4F, 3.0F, d + 3.2F}, 0.36F, 15, warm, scene);
    hang_lamps({-2.0F, 2.35F, d + 1.4F}, {2.2F, 2.4F, d + 2.0F}, 0.28F, 11, warm * 0.9F, scene);
    scene.sky = [](float, float) { return Light(0.01F, 0.008F, 0.014F); };
    scene.grade = {1.015F, 0.99F, 1.0F};
    scene.edge = {1.0F, 0.72F, 0.62F};
    scene.from_left = 0.25F;
    scene.shadow = 0.6F;
    scene.reflection = 0.20F;
    scene.blur = 0.95F;
    return scene;
}

}  // namespace fitview::engine
