#include "engine/person/trunk.hpp"

#include <algorithm>
#include <cmath>

#include "engine/person/arms.hpp"
#include "engine/person/masks.hpp"

namespace fitview::engine {
namespace {

constexpr float highest_crotch = 2.5F;  ///< units below the shoulder line
constexpr float armpit = 1.0F;

/// One side of the trunk in one row.
struct Edge {
    float x = 0;
    bool seen = false;  ///< the wall lies beside it; otherwise an arm
    float limit = 0;    ///< the silhouette's own end: the trunk cannot be wider
};

std::optional<float> find_crotch(const cv::Mat& silhouette, const BodyFrame& frame) {
    const float unit = frame.unit;
    const int needed = std::max(3, static_cast<int>(0.15F * unit));
    int split = 0;
    for (int row = static_cast<int>(frame.shoulder_y + highest_crotch * unit); row < silhouette.rows - 2; ++row) {
        bool left = false;
        bool right = false;
        bool middle = true;
        for (const Run& run : runs_of_row(silhouette, row)) {
            const auto first = static_cast<float>(run.first) - frame.centre_x;
            const auto last = static_cast<float>(run.last) - frame.centre_x;
            if (static_cast<float>(run.length()) < 0.2F * unit) continue;
            left |= last < 0.45F * unit && last > -1.3F * unit;
            right |= first > -0.45F * unit && first < 1.3F * unit;
            middle &= !(first < -0.45F * unit && last > 0.45F * unit);
        }
        split = left && right && middle ? split + 1 : 0;
        if (split >= needed) return static_cast<float>(row - split + 1);
    }
    return std::nullopt;
}

/// The run of `body` (the silhouette without arms) that holds the trunk's middle.
std::optional<Run> middle_run(const cv::Mat& body, int row, float middle, float unit) {
    std::optional<Run> best;
    for (const Run& run : runs_of_row(body, row)) {
        const bool holds = static_cast<float>(run.first) <= middle + 0.3F * unit &&
                           static_cast<float>(run.last) >= middle - 0.3F * unit;
        if (holds && (!best || run.length() > best->length())) best = run;
    }
    return best;
}

float end_of_person(const cv::Mat& silhouette, int row, int from, int step) {
    int column = from;
    while (column + step >= 0 && column + step < silhouette.cols &&
           silhouette.at<std::uint8_t>(row, column + step) != 0)
        column += step;
    return static_cast<float>(column);
}

/// Fills the stretches that were not seen: a straight line between seen rows, never beyond the silhouette.
void bridge(std::vector<Edge>& edges, float sign) {
    const auto count = edges.size();
    for (std::size_t first = 0; first < count;) {
        if (edges[first].seen) {
            ++first;
            continue;
        }
        std::size_t last = first;
        while (last + 1 < count && !edges[last + 1].seen) ++last;
        const bool above = first > 0;
        const bool below = last + 1 < count;
        for (std::size_t at = first; at <= last && (above || below); ++at) {
            const float start = above ? edges[first - 1].x : edges[last + 1].x;
            const float end = below ? edges[last + 1].x : edges[at].x;
            const float share = static_cast<float>(at - first + 1) / static_cast<float>(last - first + 2);
            float line = below ? start + (end - start) * share : edges[at].x;
            // The arm's inner edge is cloth that was seen: the trunk reaches at least there.
            if (sign * line < sign * edges[at].x) line = edges[at].x;
            if (sign * line > sign * edges[at].limit) line = edges[at].limit;
            edges[at].x = line;
        }
        first = last + 1;
    }
}

std::vector<float> smooth_edge(const std::vector<Edge>& edges, double sigma) {
    std::vector<float> line;
    for (const Edge& edge : edges) line.push_back(edge.x);
    return smoothed(line, sigma);
}

std::vector<LegRow> legs_below(const cv::Mat& silhouette, const cv::Mat& hands, const BodyFrame& frame, int first) {
    std::vector<LegRow> rows;
    const cv::Mat body = silhouette & ~hands;
    const float reach = 1.8F * frame.unit;
    for (int row = first; row < silhouette.rows; ++row) {
        LegRow legs{static_cast<float>(row), {TrunkRow{0, -1}, TrunkRow{0, -1}}};
        std::vector<Run> wide;
        for (const Run& run : runs_of_row(body, row))
            if (static_cast<float>(run.length()) > 0.12F * frame.unit &&
                static_cast<float>(run.last) > frame.centre_x - reach &&
                static_cast<float>(run.first) < frame.centre_x + reach)
                wide.push_back(run);
        if (wide.size() >= 2) {
            std::sort(wide.begin(), wide.end(),
                      [](const Run& one, const Run& other) { return one.length() > other.length(); });
            wide.resize(2);
            if (wide[0].first > wide[1].first) std::swap(wide[0], wide[1]);
            for (const Side side : {picture_left, picture_right}) {
                const Run& run = wide[static_cast<std::size_t>(side)];
                legs.legs[side] = {static_cast<float>(run.first), static_cast<float>(run.last)};
            }
        } else if (wide.size() == 1) {
            const float middle = static_cast<float>(wide[0].first + wide[0].last) / 2;
            const Side side = middle < frame.centre_x ? picture_left : picture_right;
            legs.legs[side] = {static_cast<float>(wide[0].first), static_cast<float>(wide[0].last)};
        }
        if (!wide.empty()) rows.push_back(legs);
    }
    return rows;
}

}  // namespace

Torso measure_torso(const cv::Mat& silhouette, const BodyFrame& frame, const Sided<Arm>& arms) {
    Torso torso;
    const float unit = frame.unit;
    torso.crotch = find_crotch(silhouette, frame);
    torso.top = std::clamp(static_cast<int>(frame.shoulder_y), 0, silhouette.rows - 1);
    const int end =
        std::clamp(torso.crotch ? static_cast<int>(*torso.crotch) : frame.bottom + 1, torso.top + 1, silhouette.rows);
    const cv::Mat arm_mask =
        draw_arm(arms[0], silhouette.size(), 0.03F * unit) | draw_arm(arms[1], silhouette.size(), 0.03F * unit);
    const cv::Mat body = silhouette & ~arm_mask;

    Sided<std::vector<Edge>> edges;
    float middle = frame.centre_x;
    const float half = (frame.shoulder[1].x - frame.shoulder[0].x) / 2;
    for (int row = torso.top; row < end; ++row) {
        const std::optional<Run> run = middle_run(body, row, middle, unit);
        const bool usable = run && static_cast<float>(run->length()) > 0.5F * unit;
        for (const Side side : {picture_left, picture_right}) {
            const int step = side == picture_left ? -1 : 1;
            Edge edge;
            if (usable) {
                const int column = side == picture_left ? run->first : run->last;
                edge.limit = end_of_person(silhouette, row, column, step);
                edge.x = static_cast<float>(column);
                edge.seen = std::abs(edge.limit - edge.x) < 1.5F && static_cast<float>(row) > frame.shoulder_y + unit;
            } else {
                edge.x = edges[side].empty() ? middle + static_cast<float>(step) * 0.8F * half : edges[side].back().x;
                edge.limit = edge.x;
            }
            edges[side].push_back(edge);
        }
        if (usable && static_cast<float>(row) > frame.shoulder_y + armpit * unit)
            middle += 0.1F * (static_cast<float>(run->first + run->last) / 2 - middle);
    }
    // Above the armpits arm and trunk are one; the armhole runs from a share of the shoulder to the chest.
    const auto armpit_at =
        static_cast<std::size_t>(std::clamp(static_cast<int>(armpit * unit), 0, std::max(0, end - torso.top - 1)));
    for (const Side side : {picture_left, picture_right}) {
        const float sign = side == picture_left ? -1.0F : 1.0F;
        bridge(edges[side], sign);
        const float top = frame.centre_x + sign * 0.8F * half;
        const float chest = edges[side][armpit_at].x;
        for (std::size_t at = 0; at < armpit_at; ++at)
            edges[side][at].x = top + (chest - top) * static_cast<float>(at) / static_cast<float>(armpit_at);
    }
    const std::vector<float> left = smooth_edge(edges[0], 0.05 * unit);
    const std::vector<float> right = smooth_edge(edges[1], 0.05 * unit);
    for (std::size_t at = 0; at < left.size(); ++at)
        torso.rows.push_back({std::min(left[at], right[at] - 1), std::max(right[at], left[at] + 1)});
    if (torso.crotch) torso.legs = legs_below(silhouette, arm_mask, frame, end);
    return torso;
}

}  // namespace fitview::engine
