#include "engine/garment/neck_points.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace fitview::engine {
namespace {

constexpr float nothing = 1e6F;

/// First row of cloth at every distance from the axis outwards, `nothing` where there is none above the armpit.
struct UpperOutline {
    std::vector<float> rows;
    int last = 0;     // outermost distance with cloth
    int present = 0;  // how many distances have cloth
};

UpperOutline upper_outline(const GarmentShape& shape, int side, float half_width, float armpit_row) {
    UpperOutline result;
    const int count = std::max(4, static_cast<int>(1.25F * half_width));
    for (int distance = 0; distance < count; ++distance) {
        const auto column = std::lround(shape.axis + GarmentShape::sign(side) * static_cast<float>(distance));
        if (column < 0 || column >= shape.mask.cols) break;
        const int row = shape.top[static_cast<std::size_t>(column)];
        const bool cloth = row >= 0 && static_cast<float>(row) < armpit_row;
        result.rows.push_back(cloth ? static_cast<float>(row) : nothing);
        if (!cloth) continue;
        result.last = distance;
        ++result.present;
    }
    return result;
}

/// Where the shoulder begins: below the side of a standing collar, which is as steep as an armhole but short, and no
/// deeper neckline is between two of them.
int end_of_stand(const UpperOutline& upper, float half_width, int neck) {
    constexpr int reach = 3;
    constexpr float steep = 6;                                                           // px in `reach` columns
    constexpr float highest_stand = 0.28F, nearest_end = 0.30F, least_shoulder = 0.25F;  // half widths of the trunk
    const auto row = [&](int at) { return upper.rows[static_cast<std::size_t>(std::min(at, upper.last))]; };
    if (row(0) - row(neck) > highest_stand * half_width) return neck;
    const int last = std::min(neck + static_cast<int>(nearest_end * half_width), upper.last - reach);
    int end = neck;
    for (int at = neck; at <= last; ++at)
        if (row(at + reach) - row(at) >= steep) end = at + reach;
    if (row(end) - row(neck) > highest_stand * half_width) return neck;
    const int beyond = end + static_cast<int>(least_shoulder * half_width);
    const bool shoulder = beyond <= upper.last && row(beyond) - row(end) < static_cast<float>(beyond - end);
    return shoulder ? end : neck;
}

/// Where a collar that stands meets the shoulder: as far as the outline falls more steeply than shoulders do. A rib is
/// too low to stand, and between the points of a deep neckline no collar stands.
int foot_of_collar(const UpperOutline& upper, float half_width, int neck) {
    constexpr int reach = 3;
    constexpr float steep = 1;                                                     // rows for each column
    constexpr float widest = 0.30F, highest = 0.36F, lowest = 0.27F, dip = 0.28F;  // half widths; `lowest` neck radii
    const auto row = [&](int at) { return upper.rows[static_cast<std::size_t>(std::min(at, upper.last))]; };
    if (row(0) - row(neck) > dip * half_width) return neck;
    const int last = std::min(neck + static_cast<int>(widest * half_width), upper.last - reach);
    int foot = neck;
    for (int at = neck; at <= last; ++at)
        if (row(at + reach) - row(at) >= steep * reach) foot = at + reach;
    const float height = row(foot) - row(neck);
    return height > highest * half_width || height < lowest * static_cast<float>(neck) ? neck : foot;
}

/// Distance of the neck point from the axis.
int neck_distance(const GarmentShape& shape, const UpperOutline& upper, float half_width, bool sleeved) {
    const auto& rows = upper.rows;
    const float height = shape.height();
    const int limit = std::min(upper.last, static_cast<int>(1.10F * half_width));
    const auto highest = static_cast<int>(std::min_element(rows.begin(), rows.begin() + limit + 1) - rows.begin());
    const float peak = rows[static_cast<std::size_t>(highest)];
    const bool closed = rows[0] < peak + 0.035F * height;
    const bool stands = !sleeved && end_of_stand(upper, half_width, highest) > highest;
    if (static_cast<float>(highest) >= 0.12F * half_width && (!closed || stands)) return highest;
    // The back collar shows or the neck is closed: the corner is where the outline leaves the chord to the shoulder
    // most.
    const int end = std::min(upper.last, static_cast<int>(0.98F * half_width));
    const auto row_at = [&](int distance) {
        const float row = rows[static_cast<std::size_t>(distance)];
        return row < nothing / 2 ? row : rows[static_cast<std::size_t>(upper.last)];
    };
    const float rise = row_at(end) - row_at(0);
    int corner = 0;
    float furthest = 0;
    for (int distance = 0; distance <= end; ++distance) {
        const float chord = row_at(0) + rise * static_cast<float>(distance) / static_cast<float>(std::max(1, end));
        if (chord - row_at(distance) > furthest) {
            furthest = chord - row_at(distance);
            corner = distance;
        }
    }
    return std::clamp(corner, static_cast<int>(0.22F * half_width),
                      std::max(static_cast<int>(0.22F * half_width), static_cast<int>(0.72F * half_width)));
}

int shoulder_distance(const GarmentShape& shape, const UpperOutline& upper, const Armhole& armhole, float half_width,
                      float armpit_out, int neck) {
    const auto& rows = upper.rows;
    if (armhole.sleeved) {
        const auto wanted = static_cast<int>(0.93F * std::min(armpit_out, 1.06F * half_width));
        return std::clamp(wanted, std::min(neck + static_cast<int>(0.15F * half_width), upper.last), upper.last);
    }
    const int start = end_of_stand(upper, half_width, neck);
    int distance = start;
    const auto row = [&](int at) { return rows[static_cast<std::size_t>(std::min(at, upper.last))]; };
    while (distance + 1 <= upper.last && row(distance + 1) - row(start) < 0.10F * shape.height() &&
           static_cast<float>(distance - neck) < half_width &&
           (distance + 3 > upper.last || row(distance + 3) - row(distance) < 6))
        ++distance;
    return distance;
}

/// Small differences between the sides are averaged about the axis.
void even_out(const GarmentShape& shape, float half_width, Sided<Point>& points) {
    const float left = shape.outwards(picture_left, points[picture_left]);
    const float right = shape.outwards(picture_right, points[picture_right]);
    if (std::abs(left - right) >= 0.25F * half_width) return;
    const float middle = (left + right) / 2;
    points[picture_left].x = 0.5F * points[picture_left].x + 0.5F * (shape.axis - middle);
    points[picture_right].x = 0.5F * points[picture_right].x + 0.5F * (shape.axis + middle);
}

/// On a symmetric garment neck points that disagree are not both right: the lower one slid down the shoulder.
void trust_the_higher(const GarmentShape& shape, float half_width, Sided<Point>& neck) {
    const float left = shape.outwards(picture_left, neck[picture_left]);
    const float right = shape.outwards(picture_right, neck[picture_right]);
    const float fall = std::abs(neck[picture_left].y - neck[picture_right].y);
    if (shape.symmetry < 0.9F || std::abs(left - right) < 0.12F * half_width || fall < 0.03F * shape.height()) return;
    const int wrong = neck[picture_left].y > neck[picture_right].y ? picture_left : picture_right;
    const float out = wrong == picture_left ? right : left;
    const float highest = std::min(neck[picture_left].y, neck[picture_right].y);
    for (float share = 1; share > 0.7F; share -= 0.05F) {
        const auto column = static_cast<int>(std::lround(shape.axis + GarmentShape::sign(wrong) * share * out));
        if (column < 0 || column >= shape.mask.cols) continue;
        const auto row = static_cast<float>(shape.top[static_cast<std::size_t>(column)]);
        if (row < 0 || row > highest + 0.02F * shape.height()) continue;
        neck[static_cast<std::size_t>(wrong)] = {static_cast<float>(column), row};
        return;
    }
}

}  // namespace

NeckPoints find_neck_points(const GarmentShape& shape, const Sided<Armhole>& armholes) {
    NeckPoints result;
    const float half_width = (armholes[picture_left].half_width + armholes[picture_right].half_width) / 2;
    const float armpit_row = (armholes[picture_left].armpit.y + armholes[picture_right].armpit.y) / 2;
    for (const int side : {picture_left, picture_right}) {
        const auto at = static_cast<std::size_t>(side);
        const float sign = GarmentShape::sign(side);
        const UpperOutline upper = upper_outline(shape, side, half_width, armpit_row);
        if (upper.present < 5) {
            const auto top = static_cast<float>(shape.box.y);
            result.neck[at] = {shape.axis + sign * 0.4F * half_width, top};
            result.shoulder[at] = {shape.axis + sign * 0.85F * half_width, top + 0.06F * shape.height()};
            continue;
        }
        const int neck = std::min(neck_distance(shape, upper, half_width, armholes[at].sleeved), upper.last);
        const int shoulder = std::clamp(
            shoulder_distance(shape, upper, armholes[at], half_width, shape.outwards(side, armholes[at].armpit), neck),
            std::min(neck + 3, upper.last), upper.last);
        const auto place = [&](int distance) {
            float row = upper.rows[static_cast<std::size_t>(distance)];
            if (row > nothing / 2) row = upper.rows[static_cast<std::size_t>(upper.last)];
            return Point(shape.axis + sign * static_cast<float>(distance), row);
        };
        result.neck[at] = place(neck);
        result.stand[at] = place(foot_of_collar(upper, half_width, neck)) - place(neck);
        result.shoulder[at] = place(shoulder);
    }
    if (result.stand[picture_left].y <= 0 || result.stand[picture_right].y <= 0) result.stand = {};
    trust_the_higher(shape, half_width, result.neck);
    even_out(shape, half_width, result.neck);
    even_out(shape, half_width, result.shoulder);
    return result;
}

}  // namespace fitview::engine
