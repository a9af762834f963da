#include <array>

#include "engine/scene/panels.hpp"
#include "engine/scene/scenes.hpp"

namespace fitview::engine {
namespace {

constexpr float bay = 2.9F, house = 3 * bay;
const Light sun(1.08F, 0.93F, 0.70F), shade(0.30F, 0.34F, 0.43F);

Light plaster(int number) {
    static const std::array<Light, 6> colours{Light(0.66F, 0.47F, 0.26F), Light(0.60F, 0.33F, 0.22F),
                                              Light(0.68F, 0.60F, 0.47F), Light(0.42F, 0.48F, 0.46F),
                                              Light(0.70F, 0.53F, 0.40F), Light(0.50F, 0.40F, 0.34F)};
    return colours[static_cast<std::size_t>(chance(number, 3) * 5.99F)];
}

/// Glass with a frame; `u` and `v` run over the opening from -1 to 1.
Light window(float u, float v, int number) {
    if (std::abs(u) > 0.86F || std::abs(v) > 0.92F || std::abs(u) < 0.06F || std::abs(v - 0.3F) < 0.035F)
        return {0.62F, 0.58F, 0.50F};
    const Light dark(0.05F, 0.06F, 0.08F), sky(0.42F, 0.50F, 0.60F);
    return mix(dark, sky, 0.25F + 0.45F * rise(-1, 1, v + 0.7F * u) * chance(number, 9));
}

/// A lit shop or a wooden door.
Light ground_floor(float u, float y, int number) {
    if (chance(number, 21) < 0.55F) {
        const float boards = 0.8F + 0.2F * rise(0.01F, 0.03F, to_line(u, 0.19F));
        return Light(0.16F, 0.10F, 0.07F) * boards * (0.8F + 0.4F * rough(u * 3, y * 9, number));
    }
    const Light inside(0.95F, 0.62F, 0.34F);
    const float shelves = 0.55F + 0.45F * hills(u * 4, y * 3.5F, number);
    return inside * (0.22F + 0.5F * shelves * rise(0, 2.4F, y));
}

Paint facade(Spot spot, bool right) {
    const float along = spot.z + (right ? 4.1F : 0);
    const int number = cell(along, house) + (right ? 50 : 0), opening = cell(along, bay) + (right ? 500 : 0);
    const float top = 6.2F + 2.6F * chance(number, 1);
    if (spot.y > top) return {{}, 0};
    const float u = along - bay * (std::floor(along / bay) + 0.5F);
    Light wall = plaster(number) * (0.80F + 0.36F * rough(along * 1.4F, spot.y * 1.4F, number));
    if (spot.y < 0.55F) wall = Light(0.36F, 0.33F, 0.30F) * (0.8F + 0.4F * rough(along * 4, spot.y * 4, 5));
    if (to_line(along, house) < 0.09F) wall *= 0.72F;
    const bool cornice = std::abs(spot.y - 3.05F) < 0.11F || top - spot.y < 0.28F;
    if (cornice) wall = Light(0.74F, 0.69F, 0.60F);
    if (spot.y < 2.94F && spot.y > 2.78F) wall *= 0.62F;  // under the cornice
    if (std::abs(u) < 0.82F && spot.y < 2.35F) wall = ground_floor(u, spot.y, opening);
    const float upper = std::fmod(spot.y - 3.7F, 2.7F);
    if (spot.y > 3.7F && upper < 1.5F) {
        if (std::abs(u) < 0.5F)
            wall = window(u / 0.5F, upper / 0.75F - 1, opening);
        else if (std::abs(u) < 0.92F)
            wall = mix(Light(0.13F, 0.24F, 0.22F), Light(0.20F, 0.27F, 0.36F), chance(number, 6)) *
                   (0.75F + 0.35F * rise(0.01F, 0.03F, to_line(upper, 0.1F)));
    }
    // The sun stands high on the right: the left side is lit down to a slanting edge.
    const float lit = right ? 0 : rise(-0.25F, 0.25F, spot.y - 0.5F - 0.05F * spot.z);
    wall = wall.mul(mix(shade, sun, lit)) * 1.2F;
    const float haze = rise(8, 60, spot.z);
    return {mix(wall, Light(0.80F, 0.82F, 0.84F), 0.55F * haze), 1};
}

Paint pavement(Spot spot, float person) {
    constexpr float slab = 0.62F;
    const int row = cell(spot.z, slab);
    const float x = spot.x + (row % 2 == 0 ? 0 : slab / 2);
    const int number = cell(x, slab);
    const float joint = std::min(to_line(x, slab), to_line(spot.z, slab));
    Light stone = mix(Light(0.42F, 0.385F, 0.34F), Light(0.52F, 0.48F, 0.43F), chance(number, row, 2));
    stone *=
        0.82F + 0.32F * rough(spot.x * 3.5F, spot.z * 3.5F, 11) + 0.08F * (rough(spot.x * 24, spot.z * 24, 12) - 0.5F);
    stone *= 0.66F + 0.34F * rise(0.004F, 0.014F, joint);
    const float edge = 0.80F + 0.10F * (spot.z - person) + 0.35F * (hills(spot.z * 0.8F, 3, 4) - 0.5F);
    const float lit = 1 - rise(-0.10F, 0.10F, spot.x - edge);
    const float near_wall = rise(0, 0.9F, 2.35F - std::abs(spot.x));
    return {stone.mul(mix(shade * 0.85F, sun, lit)) * (0.75F + 0.35F * near_wall), 1};
}

void add_awning(float z, const Light& stripe, std::vector<Panel>& panels) {
    panels.push_back(wall_at_z(z, -2.35F, -1.35F, 2.15F, 2.75F, [=](Spot spot) {
        const float scallop = 2.22F + 0.05F * std::cos(spot.x * 31.4F);
        const bool striped = cell(spot.x, 0.2F) % 2 == 0;
        const float lit = 0.75F + 0.5F * rise(2.2F, 2.75F, spot.y);
        return Paint{(striped ? stripe : Light(0.80F, 0.77F, 0.70F)) * lit, rise(-0.01F, 0.01F, spot.y - scallop)};
    }));
}

}  // namespace

Scene street_scene(const SceneCamera& camera) {
    const float d = camera.distance;
    Scene scene;
    auto& panels = scene.panels;
    panels.push_back(floor_at(0, 2.4F, 60, [d](Spot spot) { return pavement(spot, d); }));
    panels.push_back(wall_at_x(-2.35F, 0.5F, 60, 10, [](Spot spot) { return facade(spot, false); }));
    panels.push_back(wall_at_x(2.35F, 0.5F, 60, 10, [](Spot spot) { return facade(spot, true); }));
    add_awning(d + 3.2F, {0.55F, 0.14F, 0.10F}, panels);
    add_awning(d + 7.5F, {0.12F, 0.30F, 0.30F}, panels);
    const Light leaf(0.105F, 0.15F, 0.055F), clay(0.46F, 0.22F, 0.13F);
    add_plant(-1.8F, d + 1.6F, 1.15F, leaf * 1.2F, clay, 4, panels);
    add_plant(-1.95F, d + 4.2F, 1.0F, leaf * 1.4F, clay, 9, panels);
    add_plant(1.85F, d + 2.3F, 1.25F, leaf, clay * 0.7F, 6, panels);
    panels.push_back(crown(2.1F, 4.3F, d + 8, 1.7F, leaf * 1.3F, 31));
    panels.push_back(crown(-1.9F, 4.6F, d + 20, 2.0F, leaf * 1.5F, 37));
    panels.push_back(crown(0.3F, 2.2F, d + 34, 2.3F, leaf * 1.1F + Light(0.20F, 0.22F, 0.20F), 41));
    scene.sky = [](float, float up) {
        return mix(Light(0.98F, 0.92F, 0.80F), Light(0.42F, 0.62F, 0.90F), rise(0, 0.5F, up));
    };
    scene.grade = {1.03F, 1.0F, 0.95F};
    scene.edge = {1.0F, 0.92F, 0.75F};
    scene.from_left = -0.7F;
    scene.shadow = 0.55F;
    scene.blur = 0.8F;
    return scene;
}

}  // namespace fitview::engine
