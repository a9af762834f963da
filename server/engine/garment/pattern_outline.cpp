#include "engine/garment/pattern_outline.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "engine/ops/contour.hpp"

namespace fitview::engine {
namespace {

constexpr float usual_back_depth = 0.22F;  // of the back neckline, in half neck widths
constexpr float strap_width = 0.30F;       // in half widths of the trunk; narrower shoulders are straps
constexpr float strap_back_share = 0.85F;  // depth of the back neckline between straps, in depths of the front one
constexpr int back_points = 33;
constexpr float near_outline = 0.12F;  // in half widths of the trunk: an armpit this near to the outline is on it

/// Places of the landmarks along one side's outline, each at or after the one before.
struct Places {
    bool cut = false;  // the armpit lies inside the garment: sleeve and trunk are cut apart from the notch up to it
    std::size_t neck = 0;
    std::size_t shoulder = 0;
    std::size_t cuff_outer = 0;
    std::size_t cuff_inner = 0;
    std::size_t below_arm = 0;  // the notch of a sleeve, the armpit without one
    std::size_t hem = 0;
};

Places find_places(const GarmentModel& garment, std::size_t side) {
    const auto& line = garment.outline[side];
    const GarmentLandmarks& landmarks = garment.landmarks;
    const auto& sleeve = landmarks.sleeve[side];
    Places places;
    places.hem = nearest_on_line(line, landmarks.hem[side], 0, line.size());
    places.below_arm = nearest_on_line(line, landmarks.armpit[side], 0, places.hem + 1);
    if (sleeve) {
        // A corrected armpit counts wherever it is: on the outline it is the notch, inside it needs a cut.
        const Point away = line[places.below_arm] - landmarks.armpit[side];
        places.cut = sleeve->on_trunk || std::hypot(away.x, away.y) > near_outline * landmarks.half_width;
        if (places.cut) places.below_arm = nearest_on_line(line, sleeve->notch, 0, places.hem + 1);
    }
    places.neck = nearest_on_line(line, landmarks.neck[side], 0, places.below_arm + 1);
    places.shoulder = nearest_on_line(line, landmarks.shoulder[side], places.neck, places.below_arm + 1);
    if (sleeve) {
        places.cuff_outer = nearest_on_line(line, sleeve->cuff_outer, places.shoulder, places.below_arm + 1);
        places.cuff_inner = nearest_on_line(line, sleeve->cuff_inner, places.cuff_outer, places.below_arm + 1);
    }
    return places;
}

std::vector<Point> part_of(const std::vector<Point>& line, std::size_t first, std::size_t last) {
    return {line.begin() + static_cast<std::ptrdiff_t>(first), line.begin() + static_cast<std::ptrdiff_t>(last) + 1};
}

/// Where the side seam ends and the slit begins; the hem corner where there is no slit.
std::size_t slit_start(const GarmentModel& garment, int side, const Places& places) {
    constexpr float sewn_share = 0.62F, shortest = 2.4F;  // of the side seam; its length in half widths
    const auto& line = garment.outline[static_cast<std::size_t>(side)];
    const float top = garment.landmarks.armpit[static_cast<std::size_t>(side)].y, bottom = line[places.hem].y;
    if (!rules_of(garment.type).side_slits || bottom - top < shortest * garment.landmarks.half_width) return places.hem;
    std::size_t slit = places.below_arm;
    while (slit < places.hem && line[slit].y < top + sewn_share * (bottom - top)) ++slit;
    return slit;
}

/// Neck to hem corner, in that order.
std::vector<OutlinePiece> side_pieces(const GarmentModel& garment, int side, const Places& places) {
    const auto at = static_cast<std::size_t>(side);
    const auto& line = garment.outline[at];
    std::vector<OutlinePiece> pieces;
    const auto add = [&](std::size_t first, std::size_t last, Opening opening, Part part) {
        if (last > first) pieces.push_back({part_of(line, first, last), opening, part, false, side});
    };
    add(places.neck, places.shoulder, Opening::none, part_trunk);
    if (!pieces.empty()) pieces.back().shoulder_seam = true;
    if (garment.landmarks.sleeve[at]) {
        const Part part = side == picture_left ? part_sleeve_left : part_sleeve_right;
        add(places.shoulder, places.cuff_outer, Opening::none, part);
        add(places.cuff_outer, places.cuff_inner, Opening::cuff, part);
        add(places.cuff_inner, places.below_arm, Opening::none, part);
    } else {
        add(places.shoulder, places.below_arm, Opening::armhole, part_trunk);
    }
    const std::size_t slit = slit_start(garment, side, places);
    add(places.below_arm, slit, Opening::none, part_trunk);
    add(slit, places.hem, Opening::slit, part_trunk);
    return pieces;
}

/// A shallow curve for a shirt; between straps the back is cut nearly as low as the front.
std::vector<Point> back_neckline(const GarmentModel& garment, const std::vector<Point>& front) {
    const GarmentLandmarks& landmarks = garment.landmarks;
    const Point left = front.front();
    const Point right = front.back();
    const float radius = (right.x - left.x) / 2;
    float straps = 0;
    for (std::size_t side = 0; side < 2; ++side)
        straps += std::abs(landmarks.shoulder[side].x - landmarks.neck[side].x) / 2;
    if (straps < strap_width * landmarks.half_width) {
        std::vector<Point> line = front;
        for (Point& place : line) {
            const float along = std::clamp((place.x - left.x) / std::max(1.F, right.x - left.x), 0.F, 1.F);
            const float chord = left.y + along * (right.y - left.y);
            place.y = chord + strap_back_share * (place.y - chord);
        }
        return line;
    }
    std::vector<Point> line;
    for (int at = 0; at < back_points; ++at) {
        const float along = static_cast<float>(at) / (back_points - 1);
        const float dip = usual_back_depth * radius * std::sin(along * static_cast<float>(CV_PI));
        line.push_back(left + along * (right - left) + Point(0, dip));
    }
    return line;
}

/// A front that is worn open: the neckline goes on down the axis and up again. What is left above the hem between both
/// edges is cut by `cut_open_front`.
std::vector<Point> down_the_front(const GarmentModel& garment, const std::vector<Point>& neckline) {
    constexpr float slit_share = 0.012F, above_hem = 0.02F;  // in half widths of the trunk; in heights
    const GarmentLandmarks& landmarks = garment.landmarks;
    const float slit = std::max(1.5F, slit_share * landmarks.half_width);
    const float bottom = landmarks.hem_y - above_hem * static_cast<float>(garment.picture.rows);
    std::vector<Point> line, right;
    for (const Point& place : neckline) {
        if (place.x < landmarks.axis_x - slit) line.push_back(place);
        if (place.x > landmarks.axis_x + slit) right.push_back(place);
    }
    if (line.empty() || right.empty() || std::max(line.back().y, right.front().y) >= bottom) return neckline;
    line.emplace_back(landmarks.axis_x - slit, std::max(landmarks.neck_centre.y, line.back().y));
    line.emplace_back(landmarks.axis_x - slit, bottom);
    line.emplace_back(landmarks.axis_x + slit, bottom);
    line.emplace_back(landmarks.axis_x + slit, std::max(landmarks.neck_centre.y, right.front().y));
    line.insert(line.end(), right.begin(), right.end());
    return line;
}

void append(std::vector<Point>& to, const std::vector<Point>& line) {
    to.insert(to.end(), line.begin() + (to.empty() ? 0 : 1), line.end());
}

}  // namespace

std::vector<Point> PatternOutline::polygon(bool back) const {
    std::vector<Point> result = back ? back_neck.line : front_neck.line;
    for (const OutlinePiece& piece : pieces) append(result, piece.line);
    if (!result.empty()) result.pop_back();
    return result;
}

PatternOutline outline_pattern(const GarmentModel& garment) {
    PatternOutline result;
    if (garment.outline[0].size() < 8 || garment.outline[1].size() < 8 || garment.neckline.size() < 2) return result;
    Sided<Places> places;
    for (std::size_t side = 0; side < 2; ++side) {
        places[side] = find_places(garment, side);
        const auto& sleeve = garment.landmarks.sleeve[side];
        if (!sleeve) continue;
        result.sleeve[side] = part_of(garment.outline[side], places[side].shoulder, places[side].below_arm);
        if (!places[side].cut) continue;
        result.sleeve[side].push_back(garment.landmarks.armpit[side]);
        result.cut[side] = {garment.outline[side][places[side].below_arm], garment.landmarks.armpit[side]};
    }
    const Places& left = places[picture_left];
    const Places& right = places[picture_right];
    const auto& left_line = garment.outline[picture_left];
    const auto& right_line = garment.outline[picture_right];

    result.front_neck.line = garment.neckline;
    result.front_neck.line.front() = left_line[left.neck];
    result.front_neck.line.back() = right_line[right.neck];
    result.front_neck.opening = result.back_neck.opening = Opening::neck;
    result.back_neck.line = back_neckline(garment, result.front_neck.line);
    if (rules_of(garment.type).front == Front::open)
        result.front_neck.line = down_the_front(garment, result.front_neck.line);

    result.pieces = side_pieces(garment, picture_right, right);
    OutlinePiece hem{part_of(right_line, right.hem, right_line.size() - 1), Opening::hem, part_trunk, false,
                     picture_left};
    std::vector<Point> left_hem = part_of(left_line, left.hem, left_line.size() - 1);
    std::reverse(left_hem.begin(), left_hem.end());
    append(hem.line, left_hem);
    result.pieces.push_back(hem);
    std::vector<OutlinePiece> up = side_pieces(garment, picture_left, left);
    std::reverse(up.begin(), up.end());
    for (OutlinePiece& piece : up) std::reverse(piece.line.begin(), piece.line.end());
    result.pieces.insert(result.pieces.end(), up.begin(), up.end());
    return result;
}

}  // namespace fitview::engine
