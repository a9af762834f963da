#include "engine/person/trunk.hpp"

#include <algorithm>
#include <cmath>

#include "engine/person/masks.hpp"

namespace fitview::engine {
namespace {

constexpr float highest_crotch = 2.5F;  ///< units below the shoulder line
constexpr float lowest_crotch = 5.2F;   ///< a parting further down is where skirts end or legs stop touching
constexpr float hip = 3.1F;
constexpr float armpit = 1.0F;

/// One side of the trunk in one row.
struct Edge {
    float x = 0;
    bool seen = false;  ///< the wall lies beside it; otherwise an arm
    float limit = 0;    ///< the silhouette's own end: the trunk cannot be wider
};

/// From the outer side of the left leg to that of the right, or the width of what is still one.
float span_at(const cv::Mat& body, const BodyFrame& frame, float row) {
    float first = 1e9F;
    float last = -1e9F;
    for (const Run& run : runs_of_row(body, std::clamp(static_cast<int>(row), 0, body.rows - 1))) {
        if (static_cast<float>(run.length()) < 0.15F * frame.unit) continue;
        if (static_cast<float>(run.last) < frame.centre_x - 1.6F * frame.unit) continue;
        if (static_cast<float>(run.first) > frame.centre_x + 1.6F * frame.unit) continue;
        first = std::min(first, static_cast<float>(run.first));
        last = std::max(last, static_cast<float>(run.last));
    }
    return std::max(0.0F, last - first);
}

bool is_skirt(const cv::Mat& body, const BodyFrame& frame, const LowerBody& seen) {
    if (*seen.parting > frame.shoulder_y + lowest_crotch * frame.unit) return true;
    if (seen.hem && std::abs(*seen.hem - *seen.parting) < 0.35F * frame.unit) return true;
    return steps_inwards(body, frame, *seen.parting);
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

/// Fills the stretches that were not seen: a straight line between seen rows, never beyond the silhouette. Above the
/// highest seen row arm and trunk touch, and where the arm begins is a guess: it moves the edge by `most_outwards`.
void bridge(std::vector<Edge>& edges, float sign, float most_outwards = 1e9F) {
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
            if (sign * line < sign * edges[at].x)
                line = above ? edges[at].x : sign * std::min(sign * edges[at].x, sign * line + most_outwards);
            if (sign * line > sign * edges[at].limit) line = edges[at].limit;
            edges[at].x = line;
        }
        first = last + 1;
    }
}

/// Both sides of the trunk from row `top` to `end`, as far as they are seen.
Sided<std::vector<Edge>> trunk_edges(const cv::Mat& silhouette, const cv::Mat& arms, const BodyFrame& frame, int top,
                                     int end) {
    const cv::Mat body = silhouette & ~arms;
    const float unit = frame.unit;
    const float half = (frame.shoulder[1].x - frame.shoulder[0].x) / 2;
    float middle = frame.centre_x;
    Sided<std::vector<Edge>> edges;
    for (int row = top; row < end; ++row) {
        const std::optional<Run> run = middle_run(body, row, middle, unit);
        const bool usable = run && static_cast<float>(run->length()) > 0.5F * unit;
        const bool below_armpit = static_cast<float>(row) > frame.shoulder_y + armpit * unit;
        for (const Side side : {picture_left, picture_right}) {
            const int step = side == picture_left ? -1 : 1;
            Edge edge;
            if (usable) {
                const int column = side == picture_left ? run->first : run->last;
                edge.x = static_cast<float>(column);
                edge.limit = end_of_person(silhouette, row, column, step);
                edge.seen = std::abs(edge.limit - edge.x) < 1.5F && below_armpit;
            } else {
                edge.x = edges[side].empty() ? middle + static_cast<float>(step) * 0.8F * half : edges[side].back().x;
                edge.limit = edge.x;
            }
            edges[side].push_back(edge);
        }
        if (usable && below_armpit) middle += 0.1F * (static_cast<float>(run->first + run->last) / 2 - middle);
    }
    return edges;
}

/// Above the armpits arm and trunk are one; the armhole runs from a share of the shoulder to the chest.
void draw_armholes(Sided<std::vector<Edge>>& edges, const BodyFrame& frame) {
    const float half = (frame.shoulder[1].x - frame.shoulder[0].x) / 2;
    const auto last = std::min(static_cast<std::size_t>(armpit * frame.unit), edges[0].size() - 1);
    for (const Side side : {picture_left, picture_right}) {
        const float top = frame.centre_x + (side == picture_left ? -0.8F : 0.8F) * half;
        const float chest = edges[side][last].x;
        for (std::size_t at = 0; at < last; ++at)
            edges[side][at].x = top + (chest - top) * static_cast<float>(at) / static_cast<float>(last);
    }
}

std::vector<float> smooth_edge(const std::vector<Edge>& edges, double sigma) {
    std::vector<float> line;
    for (const Edge& edge : edges) line.push_back(edge.x);
    return smoothed(line, sigma);
}

/// A skirt is wider than the body inside it: below the hip the trunk keeps the hip's width.
void narrow_skirt(Sided<std::vector<Edge>>& edges, const BodyFrame& frame) {
    const auto first = static_cast<std::size_t>((hip - 0.2F) * frame.unit);
    const auto last = static_cast<std::size_t>((hip + 0.2F) * frame.unit);
    if (last >= edges[0].size()) return;
    std::vector<float> widths;
    for (std::size_t at = first; at < last; ++at) widths.push_back(edges[1][at].x - edges[0][at].x);
    const float widest = 1.04F * median_of(std::move(widths));
    for (std::size_t at = last; at < edges[0].size(); ++at) {
        const float width = edges[1][at].x - edges[0][at].x;
        if (width <= widest) continue;
        const float middle = (edges[0][at].x + edges[1][at].x) / 2;
        edges[0][at].x = middle - widest / 2;
        edges[1][at].x = middle + widest / 2;
    }
}

/// The legs' outer sides where a hand hangs beside them are bridged like the trunk's.
void bridge_legs(std::vector<LegRow>& rows, const cv::Mat& silhouette, const cv::Mat& arms, const TrunkRow& hips) {
    for (const Side side : {picture_left, picture_right}) {
        const int step = side == picture_left ? -1 : 1;
        const float hip_x = side == picture_left ? hips.left : hips.right;
        std::vector<Edge> edges = {{hip_x, true, hip_x}};
        for (const LegRow& row : rows) {
            const TrunkRow& leg = row.legs[side];
            const float x = side == picture_left ? leg.left : leg.right;
            const int beside = std::clamp(static_cast<int>(x) + 2 * step, 0, silhouette.cols - 1);
            const bool hidden = leg.right < leg.left || arms.at<std::uint8_t>(static_cast<int>(row.y), beside) != 0;
            edges.push_back({x, !hidden, x + static_cast<float>(step) * 1e4F});
        }
        bridge(edges, static_cast<float>(step));
        for (std::size_t at = 0; at < rows.size(); ++at) {
            TrunkRow& leg = rows[at].legs[side];
            if (leg.right >= leg.left) (side == picture_left ? leg.left : leg.right) = edges[at + 1].x;
        }
    }
}

std::vector<LegRow> legs_below(const cv::Mat& silhouette, const cv::Mat& arms, const BodyFrame& frame,
                               const Torso& torso) {
    const int first = torso.top + static_cast<int>(torso.rows.size());
    std::vector<LegRow> rows;
    const cv::Mat body = silhouette & ~arms;
    const float reach = 1.8F * frame.unit;
    for (int row = first; row < silhouette.rows; ++row) {
        LegRow legs{static_cast<float>(row), {TrunkRow{0, -1}, TrunkRow{0, -1}}};
        std::vector<Run> wide;
        for (const Run& run : runs_of_row(body, row))
            if (static_cast<float>(run.length()) > 0.2F * frame.unit &&
                static_cast<float>(run.last) > frame.centre_x - reach &&
                static_cast<float>(run.first) < frame.centre_x + reach)
                wide.push_back(run);
        std::stable_sort(wide.begin(), wide.end(),
                         [](const Run& one, const Run& other) { return one.length() > other.length(); });
        if (wide.size() > 2) wide.resize(2);
        if (wide.size() == 2 && wide[0].first > wide[1].first) std::swap(wide[0], wide[1]);
        for (std::size_t at = 0; at < wide.size(); ++at) {
            const float middle = static_cast<float>(wide[at].first + wide[at].last) / 2;
            const bool right = wide.size() == 2 ? at == 1 : middle > frame.centre_x;
            legs.legs[right ? picture_right : picture_left] = {static_cast<float>(wide[at].first),
                                                               static_cast<float>(wide[at].last)};
        }
        if (!wide.empty()) rows.push_back(legs);
    }
    bridge_legs(rows, silhouette, arms, torso.rows.back());
    return rows;
}

}  // namespace

std::optional<float> find_parting(const cv::Mat& silhouette, const BodyFrame& frame) {
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

bool steps_inwards(const cv::Mat& body, const BodyFrame& frame, float parting) {
    std::vector<float> above;
    std::vector<float> below;
    for (const float units : {0.05F, 0.1F, 0.15F, 0.2F}) {
        above.push_back(span_at(body, frame, parting - units * frame.unit));
        below.push_back(span_at(body, frame, parting + units * frame.unit));
    }
    return median_of(below) < 0.88F * median_of(above);
}

Torso measure_torso(const cv::Mat& silhouette, const cv::Mat& arms, const BodyFrame& frame, const LowerBody& seen) {
    Torso torso;
    const float unit = frame.unit;
    const bool skirt = seen.parting && is_skirt(silhouette & ~arms, frame, seen);
    if (seen.parting && !skirt) torso.crotch = seen.parting;
    torso.top = std::clamp(static_cast<int>(frame.shoulder_y), 0, silhouette.rows - 1);
    const int end =
        std::clamp(seen.parting ? static_cast<int>(*seen.parting) : frame.bottom + 1, torso.top + 1, silhouette.rows);
    Sided<std::vector<Edge>> edges = trunk_edges(silhouette, arms, frame, torso.top, end);
    constexpr float most_outwards = 0.1F;
    bridge(edges[picture_left], -1, most_outwards * unit);
    bridge(edges[picture_right], 1, most_outwards * unit);
    draw_armholes(edges, frame);
    if (!torso.crotch) narrow_skirt(edges, frame);
    const std::vector<float> left = smooth_edge(edges[picture_left], 0.05 * unit);
    const std::vector<float> right = smooth_edge(edges[picture_right], 0.05 * unit);
    for (std::size_t at = 0; at < left.size(); ++at)
        torso.rows.push_back({std::min(left[at], right[at] - 1), std::max(right[at], left[at] + 1)});
    if (seen.parting) torso.legs = legs_below(silhouette, arms, frame, torso);
    return torso;
}

}  // namespace fitview::engine
