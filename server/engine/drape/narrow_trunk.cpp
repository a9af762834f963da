#include "engine/drape/narrow_trunk.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fitview::engine {
namespace {

constexpr float unknown = -1;

/// The arm's sample beside a row; nothing below the hand.
const ArmSample* arm_beside(const Arm& arm, float y) {
    const ArmSample* nearest = nullptr;
    for (const ArmSample& sample : arm.line)
        if (!nearest || std::abs(sample.centre.y - y) < std::abs(nearest->centre.y - y)) nearest = &sample;
    return nearest && std::abs(nearest->centre.y - y) < 2 * nearest->radius ? nearest : nullptr;
}

/// How many columns of skin lie between the trunk's side and the clothes; `unknown` where there are no clothes.
float skin_beside_clothes(const PersonModel& person, const TrunkRow& row, int y, Side side) {
    const auto* label = person.labels.ptr<std::uint8_t>(y);
    const int step = side == picture_left ? 1 : -1;
    const int start =
        std::clamp(static_cast<int>(side == picture_left ? row.left : row.right), 0, person.labels.cols - 1);
    const int end = std::clamp(static_cast<int>((row.left + row.right) / 2), 0, person.labels.cols - 1);
    int skin = 0, count = 0, clothes = 0;
    for (int x = start; x != end; x += step, ++count) {
        clothes = label[x] == label_upper || label[x] == label_lower ? clothes + 1 : 0;
        if (clothes == 3) return 10 * skin >= 8 * (count - 2) ? static_cast<float>(count - 2) : 0;
        skin += label[x] == label_skin;
    }
    return unknown;
}

/// Straight between known rows, the nearest known one beyond; 0 where nothing is known.
void bridge(std::vector<float>& widths) {
    const int count = static_cast<int>(widths.size());
    int before = -1;
    for (int i = 0; i <= count; ++i) {
        if (i < count && widths[i] == unknown) continue;
        const float from = before >= 0 ? widths[before] : i < count ? widths[i] : 0;
        const float to = i < count ? widths[i] : from;
        for (int k = before + 1; k < i; ++k)
            widths[k] = from + (to - from) * static_cast<float>(k - before) / static_cast<float>(i - before);
        before = i;
    }
}

std::vector<float> median_of_neighbours(const std::vector<float>& widths, int radius) {
    const int count = static_cast<int>(widths.size());
    std::vector<float> result(widths.size()), window;
    for (int i = 0; i < count; ++i) {
        window.assign(widths.begin() + std::max(0, i - radius), widths.begin() + std::min(count, i + radius + 1));
        const auto middle = window.begin() + static_cast<std::ptrdiff_t>(window.size() / 2);
        std::nth_element(window.begin(), middle, window.end());
        result[i] = *middle;
    }
    return result;
}

}  // namespace

void narrow_trunk_to_clothes(PersonModel& person) {
    PersonLandmarks& marks = person.landmarks;
    const float u = marks.unit;
    const int top = std::clamp(static_cast<int>(marks.shoulder_y + 0.8F * u) - marks.trunk_top, 0,
                               static_cast<int>(marks.trunk.size()));
    for (Side side : {picture_left, picture_right}) {
        if (!marks.arm[side].measured) continue;
        std::vector<float> widths;
        for (int i = top; i < static_cast<int>(marks.trunk.size()); ++i) {
            const int y = std::clamp(marks.trunk_top + i, 0, person.labels.rows - 1);
            const ArmSample* arm = arm_beside(marks.arm[side], static_cast<float>(y));
            const TrunkRow& row = marks.trunk[i];
            const float reach = !arm                   ? -1
                                : side == picture_left ? arm->centre.x + arm->radius - row.left
                                                       : row.right - arm->centre.x + arm->radius;
            widths.push_back(reach > -0.12F * u ? skin_beside_clothes(person, row, y, side) : 0);
        }
        bridge(widths);
        widths = median_of_neighbours(widths, std::max(1, static_cast<int>(0.15F * u)));
        if (widths.empty()) continue;
        for (int i = 0; i < static_cast<int>(marks.trunk.size()); ++i) {
            TrunkRow& row = marks.trunk[i];
            const float most = 0.3F * (row.right - row.left);
            // above the armpit the side was drawn from the shoulder to the arm, skin on it or not
            const float wished =
                i < top ? widths[0] * static_cast<float>(i) / static_cast<float>(top) : widths[i - top];
            const float narrower = std::clamp(wished, 0.0F, most);
            (side == picture_left ? row.left : row.right) += side == picture_left ? narrower : -narrower;
        }
    }
}

}  // namespace fitview::engine
