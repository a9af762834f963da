#include <array>

#include "engine/scene/panels.hpp"
#include "engine/scene/scenes.hpp"

namespace fitview::engine {
namespace {

constexpr float arches_apart = 2.3F, half_width = 0.82F, spring = 1.62F, cornice = 3.0F, wall_top = 4.3F;
const Light sandstone(0.60F, 0.385F, 0.235F), marigold(0.95F, 0.36F, 0.02F), saffron(1.0F, 0.60F, 0.05F);

/// How far outside the nearest arch's opening a spot of the wall lies; negative inside it.
float outside_arch(float x, float y) {
    const float u = x - arches_apart * std::round(x / arches_apart);
    if (y <= spring) return std::abs(u) - half_width;
    const float angle = std::atan2(y - spring, std::abs(u));
    // Nine lobes round the arch, drawn up to a point in the middle.
    const float lobes = std::abs(std::sin(4.5F * angle));
    const float radius = half_width * (0.93F + 0.10F * lobes + 0.16F * rise(1.15F, 1.57F, angle));
    return std::hypot(u, y - spring) - radius;
}

Light carved(float x, float y, const Light& stone) {
    const float petals = std::abs(std::sin(x * 16)) * 0.5F + 0.5F * std::abs(std::cos(y * 24));
    return stone * (0.72F + 0.42F * petals);
}

Paint arcade(Spot spot) {
    const float outside = outside_arch(spot.x, spot.y);
    if (outside < 0 || spot.y > wall_top) return {{}, 0};
    Light stone = sandstone * (0.78F + 0.38F * rough(spot.x * 1.8F, spot.y * 1.8F, 6));
    const float u = spot.x - arches_apart * std::round(spot.x / arches_apart);
    const float blocks =
        std::min(to_line(spot.y, 0.42F), to_line(spot.x + 0.3F * static_cast<float>(cell(spot.y, 0.42F)), 0.7F));
    stone *= 0.86F + 0.14F * rise(0.004F, 0.014F, blocks);
    if (outside < 0.13F) stone = carved(spot.x + spot.y, spot.y - spot.x, sandstone * 1.18F);
    if (outside < 0.022F) stone = sandstone * 0.55F;
    if (spot.y > cornice && spot.y < cornice + 0.34F) {
        const float lotus = std::hypot(to_line(spot.x - 0.17F, 0.34F) / 0.17F, (spot.y - cornice - 0.03F) / 0.28F);
        stone = sandstone * (lotus < 0.86F ? 1.22F : 0.66F);
    }
    if (std::abs(spot.y - cornice + 0.05F) < 0.05F || std::abs(spot.y - cornice - 0.40F) < 0.05F)
        stone = sandstone * 1.3F;
    if (spot.y > cornice + 0.62F && spot.y < wall_top - 0.12F) {  // a pierced screen
        const float hole = std::hypot(to_line(spot.x, 0.22F),
                                      to_line(spot.y + (cell(spot.x + 0.11F, 0.22F) % 2 == 0 ? 0.11F : 0), 0.22F));
        if (hole < 0.066F) stone = Light(0.05F, 0.05F, 0.09F);
    }
    // Columns are round, and lamps at their feet light them from below.
    const float column = rise(half_width, half_width + 0.33F, std::abs(u));
    if (spot.y < spring) stone *= 0.66F + 0.45F * std::sin(1.57F * column);
    const float lamp = std::exp(-spot.y * 0.62F);
    return {stone.mul(Light(0.46F, 0.42F, 0.47F) + Light(0.85F, 0.49F, 0.22F) * lamp), 1};
}

/// The room behind the arches, warm from its lanterns.
Paint inner_wall(Spot spot) {
    const float u = spot.x - arches_apart * std::round(spot.x / arches_apart);
    const float glow = std::exp(-(u * u * 1.3F + (spot.y - 2.0F) * (spot.y - 2.0F) * 0.8F));
    Light wall = Light(0.46F, 0.17F, 0.10F) * (0.8F + 0.3F * rough(spot.x * 2, spot.y * 2, 9));
    const float niche = std::max(std::abs(u) / 0.34F, std::abs(spot.y - 1.0F) / 0.62F);
    if (niche < 1) wall *= 0.55F;
    return {wall.mul(Light(0.20F, 0.17F, 0.18F) + Light(1.35F, 0.80F, 0.36F) * glow), 1};
}

/// Balls of marigold on a thread through (x, y): what shows at one spot, by the distance along and off the thread.
Paint flowers(float along, float off, int seed) {
    constexpr float ball = 0.092F;
    const int number = cell(along, ball);
    const float a = (along - ball * (static_cast<float>(number) + 0.5F)) / (0.56F * ball), b = off / (0.56F * ball);
    const float away = std::hypot(a, b);
    if (away > 1) return {{}, 0};
    const Light petal = number % 5 == 0 ? Light(0.85F, 0.82F, 0.70F) : chance(number, seed) < 0.5F ? marigold : saffron;
    const float ruffle = 0.75F + 0.5F * rough(a * 3 + static_cast<float>(number), b * 3, seed);
    return {petal * (ruffle * (1 - 0.55F * away * away) * 0.9F), rise(1, 0.88F, away)};
}

Paint garlands(Spot spot) {
    constexpr float hook = cornice - 0.02F, sag = 0.42F, hanging = 1.05F;
    const float t = spot.x / arches_apart + 0.5F;
    const float u = 2 * (t - std::floor(t)) - 1;
    const float slope = 2 * sag * 2 * u / arches_apart;
    const float curve = hook - sag * (1 - u * u);
    Paint swag = flowers(spot.x * 1.12F, (spot.y - curve) / std::sqrt(1 + slope * slope), 3);
    if (swag.cover > 0) return swag;
    const float pillar = arches_apart * (std::floor(spot.x / arches_apart) + 0.5F);
    for (const float offset : {-0.14F, 0.F, 0.14F}) {
        const float length = offset == 0 ? hanging * 1.25F : hanging;
        if (spot.y < hook && spot.y > hook - length) {
            Paint string = flowers(spot.y, spot.x - pillar - offset, 5 + static_cast<int>(offset * 100));
            if (string.cover > 0) return string;
        }
    }
    return {{}, 0};
}

/// Coloured powder in rings of petals.
bool rangoli(float x, float z, Light& colour) {
    const float radius = std::hypot(x, z), angle = std::atan2(z, x);
    constexpr float reach = 1.22F;
    static const std::array<Light, 6> powders{Light(0.86F, 0.82F, 0.76F), Light(0.80F, 0.10F, 0.30F),
                                              Light(0.95F, 0.55F, 0.05F), Light(0.10F, 0.36F, 0.20F),
                                              Light(0.42F, 0.10F, 0.42F), Light(0.85F, 0.28F, 0.05F)};
    if (radius > reach) return false;
    const int ring = cell(radius, reach / 5);
    const float t = radius / (reach / 5) - static_cast<float>(ring);
    const float petals = 8 + 4 * static_cast<float>(ring);
    const float wave = std::abs(std::sin(angle * petals / 2 + static_cast<float>(ring)));
    if (t < 0.09F) {
        colour = powders[0];
        return true;
    }
    const bool petal = t < 0.22F + 0.72F * wave;
    if (ring == 4 && !petal) return false;
    const bool heart = t < 0.10F + 0.42F * wave;
    colour = powders[static_cast<std::size_t>((ring * 2 + (petal ? 1 : 3) + (heart ? 1 : 0)) % 6)];
    if (petal && std::abs(t - 0.22F - 0.72F * wave) < 0.07F) colour = powders[0];
    colour *= 0.80F + 0.30F * rough(x * 30, z * 30, 2);
    return true;
}

Paint stone_floor(Spot spot, float d, const std::vector<Lamp>& lamps) {
    constexpr float tile = 0.58F;
    const int row = cell(spot.z, tile), number = cell(spot.x, tile);
    const float joint = std::min(to_line(spot.x, tile), to_line(spot.z, tile));
    Light stone = mix(Light(0.34F, 0.25F, 0.19F), Light(0.43F, 0.325F, 0.25F), chance(number, row, 4));
    stone *= 0.80F + 0.36F * rough(spot.x * 3, spot.z * 3, 13);
    stone *= 0.70F + 0.30F * rise(0.004F, 0.013F, joint);
    Light powder;
    if (rangoli(spot.x, spot.z - d, powder)) stone = mix(stone, powder, 0.9F);
    Light light(0.56F, 0.51F, 0.52F);
    for (const Lamp& lamp : lamps) {
        const float away = std::hypot(spot.x - lamp.place.x, spot.z - lamp.place.z);
        light += Light(1.2F, 0.62F, 0.22F) * (0.9F * std::exp(-away * away * 9));
    }
    return {stone.mul(light), 1};
}

/// Small clay lamps in a ring round the rangoli and along the wall.
std::vector<Lamp> oil_lamps(float d) {
    std::vector<Lamp> lamps;
    constexpr int ring = 18;
    for (int i = 0; i < ring; ++i) {
        const float angle = 6.2832F * (static_cast<float>(i) + 0.5F) / ring;
        lamps.push_back(
            {{1.46F * std::cos(angle), 0.085F, d + 1.46F * std::sin(angle)}, 0.016F, Light(2.3F, 1.35F, 0.5F)});
    }
    for (int i = -4; i <= 4; ++i)
        lamps.push_back({{0.62F * static_cast<float>(i) + 0.2F, 0.085F, d + 2.6F}, 0.018F, Light(2.2F, 1.25F, 0.45F)});
    return lamps;
}

void add_bowl(const Lamp& lamp, std::vector<Panel>& panels) {
    const float x = lamp.place.x;
    panels.push_back(wall_at_z(lamp.place.z, x - 0.07F, x + 0.07F, 0, 0.065F, [x](Spot spot) {
        const float across = (spot.x - x) / 0.065F, down = (0.06F - spot.y) / 0.06F;
        const float inside = across * across + down * down;
        return Paint{Light(0.34F, 0.13F, 0.06F) * (0.6F + 0.9F * (1 - down)), inside < 1 && spot.y < 0.06F ? 1.F : 0.F};
    }));
}

}  // namespace

Scene courtyard_scene(const SceneCamera& camera) {
    const float d = camera.distance, wall = d + 2.9F;
    Scene scene;
    scene.lamps = oil_lamps(d);
    auto& panels = scene.panels;
    panels.push_back(floor_at(
        0, 9, wall + 2.2F, [d, lamps = scene.lamps](Spot spot) { return stone_floor(spot, d, lamps); }, 0.05F));
    panels.push_back(wall_at_z(wall, -9, 9, 0, wall_top, arcade));
    panels.push_back(wall_at_z(wall + 2.2F, -9, 9, 0, wall_top, inner_wall));
    panels.push_back(wall_at_z(wall - 0.12F, -9, 9, 1.2F, cornice + 0.1F, garlands));
    add_plant(-1.55F, d + 1.9F, 0.95F, {0.13F, 0.20F, 0.06F}, {0.50F, 0.30F, 0.12F}, 4, panels);
    add_plant(1.6F, d + 1.9F, 0.95F, {0.13F, 0.20F, 0.06F}, {0.50F, 0.30F, 0.12F}, 7, panels);
    for (const Lamp& lamp : oil_lamps(d))
        if (lamp.place.z > d - 1.2F && panels.size() < 24) add_bowl(lamp, panels);
    for (int i = -2; i <= 2; ++i)
        scene.lamps.push_back(
            {{arches_apart * static_cast<float>(i), 2.05F, wall + 0.9F}, 0.05F, Light(1.9F, 1.15F, 0.5F)});
    scene.sky = [](float, float up) {
        return mix(Light(0.62F, 0.36F, 0.28F), Light(0.10F, 0.13F, 0.30F), rise(0.1F, 0.6F, up));
    };
    scene.grade = {1.035F, 1.0F, 0.95F};
    scene.edge = {1.0F, 0.72F, 0.40F};
    scene.from_left = 0.2F;
    scene.shadow = 0.45F;
    scene.blur = 0.7F;
    return scene;
}

}  // namespace fitview::engine
