#include "engine/garment/lower_outline.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "engine/garment/pattern_measures.hpp"
#include "engine/ops/contour.hpp"

namespace fitview::engine {
namespace {

/// Places of the landmarks along one side's outline, each at or after the one before.
struct Places {
    std::size_t waist = 0, crotch_height = 0, hem_outer = 0, hem_inner = 0, end = 0;
};

std::vector<Point> part_of(const std::vector<Point>& line, std::size_t first, std::size_t last) {
    return {line.begin() + static_cast<std::ptrdiff_t>(first), line.begin() + static_cast<std::ptrdiff_t>(last) + 1};
}

Places find_places(const GarmentModel& garment, std::size_t side) {
    const auto& line = garment.outline[side];
    const LowerLandmarks& marks = *garment.lower;
    Places places;
    places.end = line.size() - 1;
    places.waist = nearest_on_line(line, marks.waist[side], 0, line.size());
    places.hem_outer = nearest_on_line(line, marks.hem_outer[side], places.waist, line.size());
    places.crotch_height = places.hem_outer;
    places.hem_inner = places.end;
    if (marks.crotch) {
        places.hem_inner = nearest_on_line(line, marks.hem_inner[side], places.hem_outer, line.size());
        places.crotch_height = places.waist;
        while (places.crotch_height < places.hem_outer && line[places.crotch_height].y < marks.crotch->y)
            ++places.crotch_height;
    }
    return places;
}

/// From the waistband down to the bottom at the axis.
std::vector<OutlinePiece> side_pieces(const GarmentModel& garment, int side, const Places& places) {
    const auto& line = garment.outline[static_cast<std::size_t>(side)];
    const bool legs = garment.lower->crotch.has_value();
    const Part leg = !legs ? part_trunk : side == picture_left ? part_leg_left : part_leg_right;
    std::vector<OutlinePiece> pieces;
    const auto add = [&](std::size_t first, std::size_t last, Opening opening, Part part) {
        if (last > first) pieces.push_back({part_of(line, first, last), opening, part, false, side});
    };
    add(places.waist, places.crotch_height, Opening::none, part_trunk);
    add(places.crotch_height, places.hem_outer, Opening::none, leg);
    add(places.hem_outer, places.hem_inner, Opening::hem, leg);
    add(places.hem_inner, places.end, Opening::none, leg);
    return pieces;
}

void append(std::vector<Point>& to, const std::vector<Point>& line) {
    to.insert(to.end(), line.begin() + (to.empty() ? 0 : 1), line.end());
}

}  // namespace

PatternOutline outline_lower(const GarmentModel& garment) {
    PatternOutline result;
    if (!garment.lower || garment.outline[0].size() < 8 || garment.outline[1].size() < 8) return result;
    Sided<Places> places;
    for (std::size_t side = 0; side < 2; ++side) {
        places[side] = find_places(garment, side);
        if (!garment.lower->crotch) continue;
        result.limb[side] = side == picture_left ? part_leg_left : part_leg_right;
        result.sleeve[side] = part_of(garment.outline[side], places[side].crotch_height, places[side].end);
    }
    const auto& left_line = garment.outline[picture_left];
    std::vector<Point> waistband = part_of(left_line, 0, places[picture_left].waist);
    std::reverse(waistband.begin(), waistband.end());
    append(waistband, part_of(garment.outline[picture_right], 0, places[picture_right].waist));
    if (waistband.size() < 2) return result;
    result.front_neck.line = waistband;
    result.front_neck.opening = Opening::waist;
    result.back_neck = result.front_neck;

    result.pieces = side_pieces(garment, picture_right, places[picture_right]);
    std::vector<OutlinePiece> up = side_pieces(garment, picture_left, places[picture_left]);
    std::reverse(up.begin(), up.end());
    for (OutlinePiece& piece : up) std::reverse(piece.line.begin(), piece.line.end());
    // both chains end at the same place
    if (!result.pieces.empty() && !up.empty()) up.front().line.front() = result.pieces.back().line.back();
    result.pieces.insert(result.pieces.end(), up.begin(), up.end());
    if (!result.pieces.empty()) {
        result.front_neck.line.back() = result.back_neck.line.back() = result.pieces.front().line.front();
        result.pieces.back().line.back() = result.front_neck.line.front();
    }
    return result;
}

void measure_lower(const GarmentModel& garment, const PatternOutline& outline, PatternMesh& mesh) {
    const LowerLandmarks& marks = *garment.lower;
    const Point left = outline.front_neck.line.front(), right = outline.front_neck.line.back();
    for (std::size_t at = 0; at < mesh.vertices.size(); ++at) {
        PatternVertex& vertex = mesh.vertices[at];
        // the crotch belongs to both legs, so to neither
        if (marks.crotch && vertex.uv == outline.sleeve[picture_right].back()) vertex.part = part_trunk;
        if (vertex.opening == Opening::waist || vertex.uv == left || vertex.uv == right)
            mesh.waistband.push_back(static_cast<int>(at));
    }
    for (std::size_t side = 0; side < 2 && marks.crotch; ++side) {
        if (outline.sleeve[side].size() < 3) continue;
        const Point outer = outline.sleeve[side].front();
        mesh.leg[side] = frame_of(outline.sleeve[side], garment.picture.size(), (outer + *marks.crotch) / 2,
                                  (marks.hem_outer[side] + marks.hem_inner[side]) / 2, outer);
    }
}

}  // namespace fitview::engine
