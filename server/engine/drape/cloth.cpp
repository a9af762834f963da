#include "engine/drape/cloth.hpp"

#include <algorithm>
#include <cmath>

#include "engine/drape/round_row.hpp"

namespace fitview::engine {
namespace {

/// Lengths of the pattern measured with the plan's widths.
class Metric : public CutLengths {
public:
    Metric(const GarmentModel& garment, const PatternMesh& pattern, const FitPlan& plan)
        : pattern_(pattern), plan_(plan), axis_x_(garment.landmarks.axis_x) {
        const auto& neck = garment.landmarks.neck;
        neck_y_ = (neck[picture_left].y + neck[picture_right].y) / 2;
        neck_half_ = std::max(1.0F, (neck[picture_right].x - neck[picture_left].x) / 2);
        const auto& armpit = garment.landmarks.armpit;
        armpit_y_ = (armpit[picture_left].y + armpit[picture_right].y) / 2;
        open_front_ = rules_of(garment.type).front == Front::open;
    }

    float between(const PatternVertex& a, const PatternVertex& b) const override {
        const Point offset = b.uv - a.uv;
        if (a.part != part_trunk && b.part != part_trunk) {
            const Side side = a.part == part_sleeve_left ? picture_left : picture_right;
            if (const auto& frame = pattern_.sleeve[side])
                return std::hypot(
                    offset.dot(frame->along) * plan_.along * plan_.sleeve_length[side],
                    (round_the_arm(*frame, b.uv, side) - round_the_arm(*frame, a.uv, side)) * plan_.across);
        }
        const Point middle = (a.uv + b.uv) / 2;
        const float at_neck = (1 - smooth_step(neck_half_, 2 * neck_half_, std::abs(middle.x - axis_x_))) *
                              (1 - smooth_step(neck_y_ + 0.4F * neck_half_, neck_y_ + 1.6F * neck_half_, middle.y));
        const float widening = 1 + (plan_.neck_widening - 1) * at_neck;
        const float across = round_the_body(b.uv.x, middle.y) - round_the_body(a.uv.x, middle.y);
        const bool folded = open_front_ && !a.back && !b.back;
        const float kept = folded ? mix(1.0F, plan_.open_front_share, smooth_step(neck_y_, armpit_y_, middle.y)) : 1.0F;
        return std::hypot(across * plan_.across * widening * kept, plan_.row(b.uv.y) - plan_.row(a.uv.y));
    }

    float hanging(const PatternVertex& a, const PatternVertex& b) const override {
        return std::hypot((round_the_body(b.uv.x, a.uv.y) - round_the_body(a.uv.x, a.uv.y)) * plan_.across,
                          plan_.row(b.uv.y) - plan_.row(a.uv.y));
    }

    bool tucked_in(const PatternVertex& vertex) const override {
        return plan_.tucked() && vertex.part == part_trunk && vertex.uv.y > *plan_.cut_row;
    }

private:
    /// Cloth between the mirror axis and column `x` of the photo's row `y`, garment px.
    float round_the_body(float x, float y) const {
        const float half = pattern_.half_width(x < axis_x_ ? picture_left : picture_right, axis_x_, y);
        return half * plan_.widening_at(y) * cloth_share((x - axis_x_) / half, plan_.depth_at(y));
    }

    /// Cloth between the middle of the sleeve and `place` of the photo, garment px.
    float round_the_arm(const SleeveFrame& frame, Point place, Side side) const {
        const SleeveFrame::Across across = frame.at(place);
        const float share = (place - frame.base).dot(frame.along) / frame.length;
        return across.half * plan_.sleeve_widening_at(side, share) *
               cloth_share(across.share, plan_.sleeve_depth[side]);
    }

    const PatternMesh& pattern_;
    const FitPlan& plan_;
    float axis_x_ = 0, neck_y_ = 0, neck_half_ = 1, armpit_y_ = 0;
    bool open_front_ = false;
};

/// Height of the triangle over one of its edges.
float height_over(const CutLengths& lengths, const PatternVertex& foot, const PatternVertex& other_foot,
                  const PatternVertex& top) {
    const float a = lengths.between(foot, other_foot), b = lengths.between(foot, top),
                c = lengths.between(other_foot, top);
    const float s = (a + b + c) / 2;
    return 2 * std::sqrt(std::max(0.0F, s * (s - a) * (s - b) * (s - c))) / std::max(1e-3F, a);
}

/// A tucked part keeps the triangles that reach above the cut; the points under it become the pinned hem.
std::vector<int> choose_points(const PatternMesh& pattern, const CutLengths& lengths, Cloth& cloth) {
    std::vector<int> point_of(pattern.vertices.size(), -1);
    const auto below = [&](int v) { return lengths.tucked_in(pattern.vertices[v]); };
    for (const PatternTriangle& triangle : pattern.triangles) {
        const auto& [a, b, c] = triangle.vertices;
        if (below(a) && below(b) && below(c)) continue;
        ClothTriangle kept{{}, triangle.back};
        for (int corner = 0; corner < 3; ++corner) {
            int& point = point_of[triangle.vertices[corner]];
            if (point < 0) {
                point = static_cast<int>(cloth.vertex.size());
                cloth.vertex.push_back(triangle.vertices[corner]);
                cloth.pinned_hem.push_back(below(triangle.vertices[corner]));
            }
            kept.points[corner] = point;
        }
        cloth.triangles.push_back(kept);
    }
    cloth.mobility.assign(cloth.size(), 1.0F);
    return point_of;
}

/// Points hang from the nearest anchor of each row: without it one sweep per step stretches the cloth.
void add_tethers(const PatternMesh& pattern, const std::vector<int>& point_of, const CutLengths& lengths,
                 const std::vector<std::vector<int>>& anchors, float shortest_tether, Cloth& cloth) {
    constexpr float give = 1.02F;
    for (std::size_t i = 0; i < cloth.size(); ++i) {
        const PatternVertex& hanging = pattern.vertices[cloth.vertex[i]];
        if (is_sleeve(hanging.part)) continue;
        for (const auto& row : anchors) {
            int nearest = -1;
            float shortest = 1e9F;
            for (int anchor : row) {
                if (point_of[anchor] < 0) continue;
                const float distance = lengths.hanging(hanging, pattern.vertices[anchor]);
                if (distance < shortest) {
                    shortest = distance;
                    nearest = point_of[anchor];
                }
            }
            if (nearest >= 0 && shortest > shortest_tether)
                cloth.tethers.push_back({nearest, static_cast<int>(i), shortest * give});
        }
    }
}

}  // namespace

Cloth cut_cloth(const PatternMesh& pattern, const CutLengths& lengths, const std::vector<std::vector<int>>& anchors,
                float shortest_tether) {
    Cloth cloth;
    cloth.pattern = &pattern;
    const std::vector<int> point_of = choose_points(pattern, lengths, cloth);
    const auto& vertices = pattern.vertices;
    const auto kept = [&](int a, int b) { return point_of[a] >= 0 && point_of[b] >= 0; };
    for (const PatternEdge& edge : pattern.edges)
        if (kept(edge.first, edge.second))
            cloth.edges.push_back({point_of[edge.first], point_of[edge.second],
                                   lengths.between(vertices[edge.first], vertices[edge.second])});
    for (const PatternBend& bend : pattern.bends) {
        if (!kept(bend.first, bend.second) || !kept(bend.edge_first, bend.edge_second)) continue;
        const PatternVertex &a = vertices[bend.first], &b = vertices[bend.second];
        float length = lengths.between(a, b);
        if (bend.across_seam) {
            // nearly flat round the seam: takes away the look of a pillow's edge
            const PatternVertex &foot = vertices[bend.edge_first], &other = vertices[bend.edge_second];
            length = 0.9F * (height_over(lengths, foot, other, a) + height_over(lengths, foot, other, b));
        }
        cloth.bends.push_back({point_of[bend.first], point_of[bend.second], length});
    }
    for (const PatternEdge& seam : pattern.seams)
        if (kept(seam.first, seam.second)) cloth.seams.push_back({point_of[seam.first], point_of[seam.second], 0});
    for (const auto& seam : pattern.shoulder_seam)
        for (int anchor : seam)
            if (point_of[anchor] >= 0) cloth.shoulder_seam.push_back(point_of[anchor]);
    add_tethers(pattern, point_of, lengths, anchors, shortest_tether, cloth);
    return cloth;
}

Cloth cut_cloth(const GarmentModel& garment, const PatternMesh& pattern, const FitPlan& plan) {
    return cut_cloth(pattern, Metric(garment, pattern, plan),
                     {pattern.shoulder_seam[picture_left], pattern.shoulder_seam[picture_right]},
                     2 * pattern.spacing * plan.across);
}

}  // namespace fitview::engine
