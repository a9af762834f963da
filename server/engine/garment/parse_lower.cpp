#include "engine/garment/parse_lower.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

#include "engine/garment/garment_shape.hpp"
#include "engine/ops/contour.hpp"
#include "engine/ops/regions.hpp"

namespace fitview::engine {
namespace {

constexpr int shortest_run = 3;
constexpr float usual_rise = 0.62F;  // waistband to crotch, in widths at the waistband's lower quarter
constexpr float least_rise = 0.16F;  // of the height
constexpr float most_rise = 0.62F;
constexpr float deepest_gap = 0.48F;  // a gap that begins further down is two hems side by side
constexpr float slender = 1.6F;  // height over width from which a parted shape is a pair of trousers, not an open front
constexpr float steep = 3;       // how much a waistband's corner prefers height to reach

/// The gap between the legs, from the hem upwards while it stays open.
struct Gap {
    int top = -1;  // its uppermost row; -1 without a gap
    std::vector<cv::Point> line;
};

Gap find_gap(const cv::Mat& mask, const cv::Rect& box) {
    Gap gap;
    float column = static_cast<float>(box.x) + static_cast<float>(box.width) / 2;
    const float reach = 0.22F * static_cast<float>(box.width);
    int missed = 0;
    // hems may be rounded or of different length: the gap is looked for a little above them
    for (int row = box.br().y - 1 - box.height / 40; row > box.y + box.height / 8; --row) {
        const std::vector<Run> runs = runs_of_row(mask, row, shortest_run);
        float best = reach;
        int found = -1;
        for (std::size_t at = 1; at < runs.size(); ++at) {
            const int middle = (runs[at - 1].last + runs[at].first) / 2;
            if (std::abs(static_cast<float>(middle) - column) < best) {
                best = std::abs(static_cast<float>(middle) - column);
                found = middle;
            }
        }
        if (found < 0) {
            if (gap.top >= 0 && ++missed > box.height / 50) break;
            if (gap.top < 0 && row < box.br().y - box.height / 6) break;
            continue;
        }
        missed = 0;
        gap.top = row;
        gap.line.emplace_back(found, row);
        column = 0.7F * column + 0.3F * static_cast<float>(found);
    }
    return gap;
}

float width_at(const cv::Mat& mask, float row) {
    const std::vector<Run> runs = runs_of_row(mask, static_cast<int>(row), shortest_run);
    return runs.empty() ? 0 : static_cast<float>(runs.back().last - runs.front().first + 1);
}

float difference(const cv::Vec3f& one, const cv::Vec3f& other) {
    return static_cast<float>(cv::norm(one - other));
}

/// The narrow upper end of a gap is lost in the cut-out: it goes on upwards as long as the ground is seen in it.
void follow_ground(cv::Mat& mask, const cv::Mat& lab, const cv::Rect& box, Gap& gap) {
    constexpr float most_like_ground = 9, share_of_contrast = 0.35F;
    constexpr int reach = 2, shortest_gap = 6;
    if (gap.line.size() < shortest_gap) return;
    // what is seen in the lower, wide half of the gap
    cv::Vec3f ground(0, 0, 0);
    const std::size_t samples = gap.line.size() / 2;
    for (std::size_t at = 0; at < samples; ++at) ground += lab.at<cv::Vec3f>(gap.line[at]);
    ground *= 1.0F / static_cast<float>(samples);
    cv::Point place = gap.line.back();
    const int aside = std::max(4, box.width / 12), row = std::max(0, place.y - 4);
    const float contrast =
        std::min(difference(lab.at<cv::Vec3f>(row, std::max(0, place.x - aside)), ground),
                 difference(lab.at<cv::Vec3f>(row, std::min(lab.cols - 1, place.x + aside)), ground));
    const float like_ground = std::min(most_like_ground, share_of_contrast * contrast);
    while (place.y > box.y + box.height / 8) {
        cv::Point next(place.x, place.y - 1);
        float best = 1e9F;
        for (int x = place.x - reach; x <= place.x + reach; ++x) {
            if (x < 0 || x >= lab.cols) continue;
            const float off = difference(lab.at<cv::Vec3f>(place.y - 1, x), ground);
            if (off < best) {
                best = off;
                next.x = x;
            }
        }
        if (best > like_ground) break;
        place = next;
        mask.at<std::uint8_t>(place) = 0;
        if (place.x > 0) mask.at<std::uint8_t>(place.y, place.x - 1) = 0;
        gap.line.push_back(place);
        gap.top = place.y;
    }
}

/// Parts the legs; returns the crotch.
Point part_legs(LowerShape& shape, const cv::Mat& lab, const cv::Rect& box) {
    Gap gap = find_gap(shape.mask, box);
    if (gap.top >= 0) follow_ground(shape.mask, lab, box, gap);
    const auto height = static_cast<float>(box.height);
    const auto top = static_cast<float>(box.y);
    const float usual = top + std::clamp(usual_rise * width_at(shape.mask, top + 0.06F * height), least_rise * height,
                                         most_rise * height);
    if (gap.top >= 0 && static_cast<float>(gap.top) < top + deepest_gap * height + 0.15F * (usual - top))
        return {static_cast<float>(gap.line.back().x), static_cast<float>(gap.top)};
    shape.legs_touch = true;
    const cv::Point crotch(cvRound(shape.axis), cvRound(usual));
    const cv::Point end = gap.top >= 0 ? gap.line.back() : cv::Point(cvRound(shape.axis), box.br().y);
    cv::line(shape.mask, crotch, end, 0, 2);
    if (gap.top < 0) cv::line(shape.mask, end, {end.x, shape.mask.rows - 1}, 0, 2);
    return crotch;
}

/// The index of the outline's point where `value` is largest in [first, last).
template <class Value>
std::size_t best_place(const std::vector<Point>& line, std::size_t first, std::size_t last, const Value& value) {
    std::size_t best = first;
    for (std::size_t at = first; at < last && at < line.size(); ++at)
        if (value(line[at]) > value(line[best])) best = at;
    return best;
}

/// Cuts the closed outline at the top of the axis and at `bottom` into a left and a right chain.
void split_outline(LowerShape& shape, Point bottom) {
    std::vector<Point> closed = smooth_line(outer_outline(shape.mask), 1.5F, true);
    if (closed.size() < 16) return;
    const std::size_t start = best_place(closed, 0, closed.size(),
                                         [&](Point place) { return -place.y - 4 * std::abs(place.x - shape.axis); });
    std::rotate(closed.begin(), closed.begin() + static_cast<std::ptrdiff_t>(start), closed.end());
    const std::size_t end = nearest_on_line(closed, bottom, 1, closed.size());
    shape.outline[picture_right].assign(closed.begin(), closed.begin() + static_cast<std::ptrdiff_t>(end) + 1);
    auto& left = shape.outline[picture_left];
    left.assign(closed.begin() + static_cast<std::ptrdiff_t>(end), closed.end());
    left.push_back(closed.front());
    std::reverse(left.begin(), left.end());
}

void find_corners(LowerShape& shape, const cv::Rect& box, bool legs) {
    const float upper_part = static_cast<float>(box.y) + 0.2F * static_cast<float>(box.height);
    for (std::size_t side = 0; side < 2; ++side) {
        const auto& line = shape.outline[side];
        const auto outwards = [&](Point place) { return (side == picture_left ? -1.F : 1.F) * (place.x - shape.axis); };
        std::size_t end_of_upper = 0;
        while (end_of_upper < line.size() && line[end_of_upper].y < upper_part) ++end_of_upper;
        const std::size_t waist = best_place(line, 0, std::max<std::size_t>(1, end_of_upper),
                                             [&](Point place) { return outwards(place) - steep * place.y; });
        const float flare = legs ? 0.5F : 0.9F;
        const std::size_t outer =
            best_place(line, waist, line.size(), [&](Point place) { return place.y + flare * outwards(place); });
        shape.landmarks.waist[side] = line[waist];
        shape.landmarks.hem_outer[side] = line[outer];
        shape.landmarks.hem_inner[side] =
            legs ? line[best_place(line, outer, line.size(),
                                   [&](Point place) { return place.y - 0.5F * outwards(place); })]
                 : line.back();
    }
}

}  // namespace

bool has_legs(const cv::Mat& mask) {
    const cv::Rect box = cv::boundingRect(mask);
    if (box.area() == 0) return false;
    const Gap gap = find_gap(mask, box);
    return gap.top >= 0 && gap.top < box.y + static_cast<int>(0.6F * static_cast<float>(box.height)) &&
           static_cast<float>(box.height) > slender * static_cast<float>(box.width);
}

LowerShape describe_lower(const cv::Mat& mask, const cv::Mat& lab, const GarmentRules& rules) {
    LowerShape shape;
    shape.mask = mask.clone();
    const cv::Rect box = cv::boundingRect(mask);
    if (box.area() == 0) return shape;
    const MirrorAxis axis = find_mirror_axis(mask);
    shape.axis = axis.column;
    shape.symmetry = axis.overlap;
    Point bottom(shape.axis, static_cast<float>(box.br().y - 1));
    if (rules.legs) {
        bottom = part_legs(shape, lab, box);
        shape.mask = largest_region(shape.mask);
        shape.landmarks.crotch = bottom;
    }
    split_outline(shape, bottom);
    if (shape.empty()) return shape;
    if (rules.legs) shape.landmarks.crotch = shape.outline[picture_right].back();
    find_corners(shape, box, rules.legs);
    const float hips = rules.legs ? shape.landmarks.crotch->y - 0.05F * static_cast<float>(box.height)
                                  : static_cast<float>(box.y) + 0.3F * static_cast<float>(box.height);
    shape.half_width = width_at(shape.mask, hips) / 2;
    return shape;
}

}  // namespace fitview::engine
