#include "engine/garment/top_edge.hpp"

#include <algorithm>
#include <cmath>

namespace fitview::engine {
namespace {

// in half widths of the trunk
constexpr float inner = 0.6F, outer = 0.9F;               // of the edge from the axis: its straight part and its ends
constexpr float most_bend = 0.14F;                        // of the straight part, a sweetheart neckline's too
constexpr float most_fall = 0.08F;                        // of both ends; shoulders fall further
constexpr float most_slope = 0.3F;                        // rows by columns: held crookedly
constexpr float least_height = 0.5F, most_height = 2.6F;  // from the chest to the hips; from the shoulders is longer
constexpr float above_trunk = 0.35F;                      // corners are no lower

/// First row of cloth `out` half widths to the right of the axis; nothing where there is none.
std::optional<float> top_at(const GarmentShape& shape, float half_width, float out) {
    const auto column = static_cast<int>(std::lround(shape.axis + out * half_width));
    if (column < 0 || column >= shape.mask.cols) return std::nullopt;
    const int row = shape.top[static_cast<std::size_t>(column)];
    return row < 0 ? std::nullopt : std::optional(static_cast<float>(row));
}

bool is_straight(const GarmentShape& shape, float half_width) {
    const auto left = top_at(shape, half_width, -inner), right = top_at(shape, half_width, inner);
    if (!left || !right) return false;
    const float slope = (*right - *left) / (2 * inner), middle = (*left + *right) / 2;
    if (std::abs(slope) > most_slope * half_width) return false;
    const auto fall = [&](float out) {
        const auto row = top_at(shape, half_width, out);
        return row ? (*row - middle - slope * out) / half_width : 1.0F;
    };
    constexpr int steps = 24;
    for (int i = 0; i <= steps; ++i)
        if (std::abs(fall(-inner + 2 * inner * static_cast<float>(i) / steps)) > most_bend) return false;
    const float first = fall(-outer), second = fall(outer);
    // the stub of one strap may spoil one end
    return std::min(first, second) < most_fall && std::max(first, second) < above_trunk;
}

/// Where the outline of one side turns from the edge to the side seam.
std::size_t corner_of(const GarmentShape& shape, int side, float half_width) {
    const auto& line = shape.outline[static_cast<std::size_t>(side)];
    std::size_t corner = 0;
    float furthest = -1e9F;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at].y > static_cast<float>(shape.box.y) + 2 * above_trunk * half_width) break;
        const float reach = shape.outwards(side, line[at]) - line[at].y;
        if (reach <= furthest) continue;
        furthest = reach;
        corner = at;
    }
    return corner;
}

}  // namespace

std::optional<Neckline> straight_top_edge(const GarmentShape& shape, const Sided<Armhole>& armholes) {
    if (armholes[picture_left].sleeved || armholes[picture_right].sleeved) return std::nullopt;
    const float half_width = (armholes[picture_left].half_width + armholes[picture_right].half_width) / 2;
    if (shape.height() < least_height * half_width || shape.height() > most_height * half_width ||
        !is_straight(shape, half_width))
        return std::nullopt;
    Neckline result;
    result.inner = cv::Mat::zeros(shape.mask.size(), CV_8UC1);
    result.open = true;
    for (const int side : {picture_left, picture_right}) {
        const auto at = static_cast<std::size_t>(side);
        const std::size_t corner = corner_of(shape, side, half_width);
        if (corner < 3) return std::nullopt;
        const auto& line = shape.outline[at];
        result.neck[at] = result.shoulder[at] = line[corner];
        const auto end = line.begin() + static_cast<std::ptrdiff_t>(corner) + 1;
        if (side == picture_left)
            result.front.assign(std::make_reverse_iterator(end), line.rend());
        else
            result.front.insert(result.front.end(), line.begin() + 1, end);
    }
    return result;
}

bool is_strapless(const GarmentLandmarks& landmarks) {
    const auto together = [&](std::size_t side) {
        const Point across = landmarks.neck[side] - landmarks.shoulder[side];
        const Point down = landmarks.armpit[side] - landmarks.shoulder[side];
        return !landmarks.sleeve[side] && std::hypot(across.x, across.y) < 1 && std::hypot(down.x, down.y) < 1;
    };
    return together(picture_left) && together(picture_right);
}

}  // namespace fitview::engine
