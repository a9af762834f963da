#include "engine/scene/panels.hpp"
#include "engine/scene/scenes.hpp"

namespace fitview::engine {
namespace {

constexpr float ceiling = 3.3F, side = 2.9F;

Light sky_at(float up) {
    return mix(Light(0.93F, 0.92F, 0.88F), Light(0.50F, 0.66F, 0.88F), rise(-0.02F, 0.35F, up));
}

/// Towers in the haze: the further away, the paler.
Paint towers(Spot spot, float pale, int seed) {
    constexpr float plot = 7.5F;
    const int number = cell(spot.x, plot);
    const float top = 4 + 24 * chance(number, seed) * chance(number, seed + 1);
    if (spot.y > top || to_line(spot.x, plot) < 0.5F * chance(number, seed + 2)) return {{}, 0};
    const Light wall = mix(Light(0.34F, 0.36F, 0.40F), Light(0.55F, 0.50F, 0.44F), chance(number, seed + 3));
    const bool glass = to_line(spot.x, 1.3F) > 0.22F && to_line(spot.y, 1.9F) > 0.45F;
    const Light shown = glass ? wall * 0.62F + Light(0.06F, 0.09F, 0.13F) : wall;
    return {mix(shown, Light(0.70F, 0.74F, 0.80F), pale), 1};
}

Paint window_wall(Spot spot) {
    const float bar = std::min(to_line(spot.x - 0.8F, 1.6F) - 0.035F,
                               std::min(std::abs(spot.y - 2.62F) - 0.025F, std::abs(spot.y - 0.12F) - 0.10F));
    if (bar < 0) return {Light(0.085F, 0.088F, 0.095F), 1};
    return {Light(0.80F, 0.86F, 0.92F), 0.05F};
}

Paint walnut(Spot spot) {
    constexpr float slat = 0.085F;
    const int number = cell(spot.z, slat);
    const float across = (spot.z - slat * (static_cast<float>(number) + 0.5F)) / slat;
    const float gap = rise(0.46F, 0.36F, std::abs(across));
    const float veins = rough(spot.y * 1.7F, static_cast<float>(number) * 3.1F, 4);
    const Light wood =
        mix(Light(0.20F, 0.115F, 0.065F), Light(0.34F, 0.205F, 0.12F), 0.5F * chance(number, 1) + 0.5F * veins);
    const float washer = 0.60F + 0.75F * rise(0.6F, ceiling, spot.y);
    return {wood * (washer * (0.22F + 0.78F * gap)), 1};
}

Paint white_wall(Spot spot, float d) {
    Light wall = Light(0.70F, 0.69F, 0.66F) * (0.80F + 0.22F * rise(0, ceiling, spot.y));
    if (spot.y < 0.1F) wall *= 0.6F;
    // One large print in a thin frame.
    const float u = (spot.z - (d + 2.6F)) / 1.05F, v = (spot.y - 1.65F) / 0.72F;
    const float frame = std::max(std::abs(u), std::abs(v));
    if (frame < 1) {
        if (frame > 0.97F) return {Light(0.07F, 0.07F, 0.07F), 1};
        Light art(0.80F, 0.76F, 0.68F);
        if (std::hypot(u + 0.25F, (v - 0.15F) * 0.7F) < 0.36F) art = {0.72F, 0.34F, 0.18F};
        if (v < -0.15F + 0.22F * std::sin(u * 2.4F + 0.6F)) art = {0.13F, 0.22F, 0.28F};
        if (v < -0.52F + 0.12F * std::sin(u * 3.1F)) art = {0.42F, 0.50F, 0.47F};
        return {art * 0.9F, 1};
    }
    return {wall, 1};
}

Paint terrazzo(Spot spot, float d) {
    const float chip = rough(spot.x * 34, spot.z * 34, 8);
    Light stone(0.38F, 0.36F, 0.325F);
    if (chip > 0.72F) stone = {0.27F, 0.26F, 0.245F};
    if (chip < 0.27F) stone = {0.40F, 0.37F, 0.33F};
    stone *= 0.93F + 0.12F * rough(spot.x * 1.2F, spot.z * 1.2F, 2);
    const float joint = std::min(to_line(spot.x - 0.6F, 1.2F), to_line(spot.z - d, 1.2F));
    stone *= 0.86F + 0.14F * rise(0.003F, 0.010F, joint);
    return {stone * (0.74F + 0.34F * rise(d - 1, d + 6, spot.z)), 1};
}

Paint lit_ceiling(Spot spot) {
    const float strip = std::min(std::abs(spot.x - 1.9F), std::abs(spot.x + 1.9F));
    const float gap = to_line(spot.z, 2.2F);
    if (strip < 0.07F && gap > 0.12F) return {Light(3.2F, 2.9F, 2.4F), 1};
    return {Light(0.74F, 0.74F, 0.73F) * (0.86F + 0.3F * std::exp(-strip * strip * 6)), 1};
}

}  // namespace

Scene office_scene(const SceneCamera& camera) {
    const float d = camera.distance, back = d + 5.0F;
    Scene scene;
    auto& panels = scene.panels;
    panels.push_back(floor_at(
        0, side, back, [d](Spot spot) { return terrazzo(spot, d); }, 0.30F));
    panels.push_back(floor_at(ceiling, side, back, lit_ceiling));
    panels.push_back(wall_at_x(-side, 0.5F, back, ceiling, walnut));
    panels.push_back(wall_at_x(side, 0.5F, back, ceiling, [d](Spot spot) { return white_wall(spot, d); }));
    panels.push_back(wall_at_z(back, -side, side, 0, ceiling, window_wall));
    panels.push_back(wall_at_z(d + 60, -60, 60, -30, 40, [](Spot spot) {
        return towers({spot.x, spot.y + 9, 0}, 0.25F, 3);
    }));
    panels.push_back(wall_at_z(d + 110, -90, 90, -30, 60, [](Spot spot) {
        return towers({spot.x, spot.y + 7, 0}, 0.45F, 13);
    }));
    panels.push_back(wall_at_z(d + 190, -150, 150, -30, 90, [](Spot spot) {
        return towers({spot.x, spot.y + 3, 0}, 0.64F, 23);
    }));
    const Light leather(0.15F, 0.10F, 0.07F), oak(0.36F, 0.27F, 0.18F);
    add_block({-2.7F, 0.12F, d + 2.6F}, {-1.05F, 0.44F, d + 3.5F}, leather, panels);
    add_block({-2.7F, 0.44F, d + 3.25F}, {-1.05F, 0.86F, d + 3.5F}, leather * 1.15F, panels);
    add_block({-2.7F, 0.44F, d + 2.6F}, {-2.5F, 0.62F, d + 3.3F}, leather * 1.1F, panels);
    add_block({-2.1F, 0.36F, d + 1.5F}, {-1.2F, 0.40F, d + 2.0F}, oak, panels);
    add_block({-1.7F, 0, d + 1.7F}, {-1.6F, 0.36F, d + 1.8F}, oak * 0.5F, panels);
    add_block({1.3F, 0.70F, d + 3.7F}, {2.7F, 0.76F, d + 4.4F}, oak, panels);
    add_block({1.35F, 0, d + 3.8F}, {1.43F, 0.70F, d + 4.3F}, leather, panels);
    add_block({2.55F, 0, d + 3.8F}, {2.63F, 0.70F, d + 4.3F}, leather, panels);
    add_plant(1.55F, d + 2.9F, 1.5F, {0.07F, 0.135F, 0.05F}, {0.62F, 0.60F, 0.57F}, 5, panels);
    add_plant(-0.9F, d + 4.6F, 1.25F, {0.07F, 0.13F, 0.06F}, {0.20F, 0.20F, 0.21F}, 8, panels);
    scene.sky = [](float, float up) { return sky_at(up); };
    scene.grade = {0.995F, 1.0F, 1.01F};
    scene.edge = {0.85F, 0.92F, 1.0F};
    scene.from_left = 0.15F;
    scene.shadow = 0.34F;
    scene.reflection = 0.16F;
    scene.blur = 0.7F;
    return scene;
}

}  // namespace fitview::engine
