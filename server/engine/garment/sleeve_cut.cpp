#include "engine/garment/sleeve_cut.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

#include "engine/ops/contour.hpp"

namespace fitview::engine {
namespace {

constexpr std::size_t fitted_points = 64;
constexpr std::size_t bends = 3;          // shoulder or elbow, and the two corners of the cuff
constexpr float smallest_share = 0.004F;  // of the garment's area
constexpr float long_sleeve = 2.2F;       // length / half width of the trunk from which only the far end is fitted
constexpr float least_bend = 0.45F;       // radians; a flatter bend is no corner of a cuff
constexpr float narrowest_cuff = 0.16F;   // in half widths of the trunk; closer bends are one rounded corner
constexpr float cuff_is_far = 0.6F;       // of the furthest place of the sleeve

float length_of(Point vector) {
    return std::hypot(vector.x, vector.y);
}

struct Corners {
    std::size_t outer = 0;
    std::size_t inner = 0;
};

/// How much the line turns at a corner, towards the inside of the sleeve.
float bend_at(Point before, Point corner, Point after, float sign) {
    const Point in = corner - before;
    const Point out = after - corner;
    return sign * std::atan2(in.x * out.y - in.y * out.x, in.dot(out));
}

/// The cuff's corners among the bends of the outline from shoulder to notch. The first sharp bend far from the seam is
/// the outer one; the next sharp bend is the inner one, or the end itself where the cuff meets the trunk.
Corners corners_of(const std::vector<Point>& line, Point seam, float half_width, float sign) {
    std::vector<std::size_t> places{0};
    for (const std::size_t place : find_bends(line, bends)) places.push_back(place);
    places.push_back(line.size() - 1);
    float furthest = 0;
    for (const Point place : line) furthest = std::max(furthest, length_of(place - seam));
    std::vector<float> turns(places.size(), 0);
    float sharpest = 0;
    const auto far = [&](std::size_t at) { return length_of(line[places[at]] - seam) > cuff_is_far * furthest; };
    for (std::size_t at = 1; at + 1 < places.size(); ++at) {
        turns[at] = bend_at(line[places[at - 1]], line[places[at]], line[places[at + 1]], sign);
        if (far(at)) sharpest = std::max(sharpest, turns[at]);
    }
    const float needed = std::max(least_bend, 0.5F * sharpest);
    std::size_t outer = 0;
    for (std::size_t at = 1; at + 1 < places.size() && outer == 0; ++at)
        if (far(at) && turns[at] >= needed) outer = at;
    if (outer == 0) {
        // No corner at all, as on a ruffle: the furthest place stands for the outer corner.
        std::size_t tip = 0;
        for (std::size_t at = 0; at < line.size(); ++at)
            if (length_of(line[at] - seam) > length_of(line[tip] - seam)) tip = at;
        return {tip, line.size() - 1};
    }
    std::size_t inner = places.size() - 1;
    for (std::size_t at = outer + 1; at + 1 < places.size(); ++at)
        if (turns[at] >= least_bend &&
            length_of(line[places[at]] - line[places[outer]]) > narrowest_cuff * half_width) {
            inner = at;
            break;
        }
    return {places[outer], places[inner]};
}

/// A long sleeve may bend at the elbow: only its far end is fitted, from where the outline is within `reach` of the
/// end.
Corners corners_of_long(const std::vector<Point>& line, Point seam, float half_width, float sign) {
    std::size_t tip = 0;
    float furthest = 0;
    for (std::size_t at = 0; at < line.size(); ++at)
        if (length_of(line[at] - seam) > furthest) {
            furthest = length_of(line[at] - seam);
            tip = at;
        }
    const float reach = 0.9F * half_width;
    std::size_t first = tip;
    std::size_t last = tip;
    while (first > 0 && length_of(line[first] - line[tip]) < reach) --first;
    while (last + 1 < line.size() && length_of(line[last] - line[tip]) < reach) ++last;
    if (last - first < bends + 2) return corners_of(line, seam, half_width, sign);
    const std::vector<Point> end(line.begin() + static_cast<std::ptrdiff_t>(first),
                                 line.begin() + static_cast<std::ptrdiff_t>(last) + 1);
    const Corners corners = corners_of(end, seam, half_width, sign);
    return {first + corners.outer, first + corners.inner};
}

}  // namespace

std::optional<SleeveCut> cut_sleeve(const GarmentShape& shape, int side, const Armhole& armhole, Point shoulder) {
    const auto& outline = shape.outline[static_cast<std::size_t>(side)];
    if (!armhole.sleeved || outline.size() < 8) return std::nullopt;
    const std::size_t from = nearest_on_line(outline, shoulder, 0, outline.size());
    const std::size_t to = nearest_on_line(outline, armhole.notch, from, outline.size());
    if (to < from + 8) return std::nullopt;
    const std::vector<Point> piece(outline.begin() + static_cast<std::ptrdiff_t>(from),
                                   outline.begin() + static_cast<std::ptrdiff_t>(to) + 1);
    SleeveCut cut;
    cut.polygon = piece;
    if (armhole.on_trunk) cut.polygon.push_back(armhole.armpit);
    if (cv::contourArea(cut.polygon) < smallest_share * static_cast<float>(cv::countNonZero(shape.mask)))
        return std::nullopt;
    const std::vector<Point> line = resample_line(piece, fitted_points);
    const Point seam = (shoulder + armhole.armpit) / 2;
    float reach = 0;
    for (const Point place : line) reach = std::max(reach, length_of(place - seam));
    const float sign = GarmentShape::sign(side);
    const Corners corners = reach > long_sleeve * armhole.half_width
                                ? corners_of_long(line, seam, armhole.half_width, sign)
                                : corners_of(line, seam, armhole.half_width, sign);
    cut.sleeve.cuff_outer = line[corners.outer];
    cut.sleeve.cuff_inner = line[corners.inner];
    cut.sleeve.notch = armhole.notch;
    cut.sleeve.on_trunk = armhole.on_trunk;
    cut.length = length_of((cut.sleeve.cuff_outer + cut.sleeve.cuff_inner) / 2 - seam);
    return cut;
}

}  // namespace fitview::engine
