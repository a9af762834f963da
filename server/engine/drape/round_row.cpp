#include "engine/drape/round_row.hpp"

#include <algorithm>
#include <cmath>

namespace fitview::engine {
namespace {

constexpr float quarter_turn = 1.5707963F;
/// A photo's outline is not quite the side: cloth that turns away altogether would be drawn out of a line of pixels.
constexpr float outline = 0.84F;
const float outline_angle = std::asin(outline);

/// Length of the ellipse with half axes 1 and `depth` from the front to `angle`; Simpson's rule.
float arc(float angle, float depth) {
    constexpr int intervals = 8;
    const float step = angle / intervals;
    float sum = 0;
    for (int i = 0; i <= intervals; ++i) {
        const float at = step * static_cast<float>(i), across = std::cos(at), along = depth * std::sin(at);
        const float weight = i == 0 || i == intervals ? 1.0F : i % 2 != 0 ? 4.0F : 2.0F;
        sum += weight * std::sqrt(across * across + along * along);
    }
    return sum * step / 3;
}

}  // namespace

float depth_of_widening(float widening) {
    if (widening <= 1) return 0;
    float least = 0, most = 3;
    constexpr int halvings = 12;
    for (int i = 0; i < halvings; ++i) {
        const float middle = (least + most) / 2;
        (arc(outline_angle, middle) < widening * outline ? least : most) = middle;
    }
    return (least + most) / 2;
}

float cloth_share(float across, float depth) {
    const float inside = std::clamp(across, -1.0F, 1.0F);
    return arc(std::asin(outline * inside), depth) / arc(outline_angle, depth) + across - inside;
}

float angle_of_share(float share, float depth) {
    const float wanted = std::clamp(share, -1.0F, 1.0F) * arc(quarter_turn, depth);
    float least = -quarter_turn, most = quarter_turn;
    constexpr int halvings = 12;
    for (int i = 0; i < halvings; ++i) {
        const float middle = (least + most) / 2;
        (arc(middle, depth) < wanted ? least : most) = middle;
    }
    return (least + most) / 2;
}

}  // namespace fitview::engine
