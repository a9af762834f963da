#include "engine/drape/lower_placement.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace fitview::engine {
namespace {

constexpr float quarter_turn = static_cast<float>(CV_PI) / 2;
constexpr float clearance = 0.04F;    // units
constexpr float seen_of_cut = 0.92F;  // a worn tube is narrower than it lies flat
constexpr int pleats = 14;            // half waves on each panel
constexpr float deepest_pleat = 0.20F;

/// An upright tube in one row: where its middle is, how far it reaches to both sides and to the front.
struct Tube {
    float centre = 0, left = 0, right = 0, depth = 0;
    float pleat = 0;  ///< amplitude of waves along the rim

    Vector3 at(float angle, float y, float side) const {
        const float wave = pleat * std::cos(static_cast<float>(pleats) * angle);
        const float sine = std::sin(angle), cosine = std::cos(angle);
        return {centre + ((sine < 0 ? left : right) + wave) * sine, y, side * (depth + wave) * cosine};
    }
};

/// The depth that gives an ellipse of half width `across` the half girth `half_girth`.
float depth_for(float half_girth, float across) {
    const float mean = half_girth / static_cast<float>(CV_PI);
    return std::sqrt(std::max(0.0F, 2 * mean * mean - across * across));
}

class LowerPlacement {
public:
    LowerPlacement(const PatternMesh& pattern, const LowerPlan& plan, const BodyField& body, const LegLines& legs)
        : pattern_(pattern), plan_(plan), body_(body), legs_(legs), u_(body.unit) {}

    /// Where the point goes, and the axis it may be pushed away from.
    Vector3 of(const PatternVertex& vertex, Vector3& axis) const {
        const float y = plan_.row(vertex.uv.y), side = vertex.back ? -1.0F : 1.0F;
        const float flat = vertex.sewn ? 0 : side;
        if (is_leg(vertex.part)) {
            const Side leg = vertex.part == part_leg_left ? picture_left : picture_right;
            const Tube tube = leg_tube(leg, y, share_of(vertex, leg));
            axis = {tube.centre, y, 0};
            return tube.at(leg_angle(vertex, leg), y, flat);
        }
        const Tube tube = plan_.legs ? hip_tube(vertex.uv.y, y) : skirt_tube(vertex.uv.y, y);
        axis = {tube.centre, y, 0};
        const float angle = trunk_angle(vertex);
        Vector3 place = tube.at(angle, y, flat);
        if (plan_.legs) {  // towards the crotch the panels meet between the legs
            const float near = smooth_step(plan_.crotch_y - 0.9F * u_, plan_.crotch_y, y);
            const float off = (place.x - tube.centre) / (0.30F * u_);
            place.z *= 1 - 0.9F * near * std::exp(-off * off);
        }
        return place;
    }

    /// The inner seams lie between the legs, where there may be no room for cloth: they keep their place.
    bool is_inner_seam(const PatternVertex& vertex) const {
        if (!plan_.legs || !vertex.sewn) return false;
        if (!is_leg(vertex.part)) return std::abs(trunk_angle(vertex)) < 0.8F * quarter_turn;  // the crotch
        const Side leg = vertex.part == part_leg_left ? picture_left : picture_right;
        const float angle = leg_angle(vertex, leg);
        return leg == picture_left ? angle > 0 : angle < 0;
    }

private:
    const TrunkExtent& extent(float row) const {
        return pattern_
            .trunk[static_cast<std::size_t>(std::clamp(row, 0.0F, static_cast<float>(pattern_.trunk.size() - 1)))];
    }

    float trunk_angle(const PatternVertex& vertex) const {
        const TrunkExtent& row = extent(vertex.uv.y);
        const float middle = (row.left + row.right) / 2, half = std::max(1.0F, (row.right - row.left) / 2);
        return std::clamp((vertex.uv.x - middle) / half, -1.0F, 1.0F) * quarter_turn;
    }

    float share_of(const PatternVertex& vertex, Side side) const {
        const SleeveFrame& frame = *pattern_.leg[side];
        return std::clamp((vertex.uv - frame.base).dot(frame.along) / frame.length, 0.0F, 1.0F);
    }

    /// Towards the outer side positive in the frame; towards the right of the picture positive here.
    float leg_angle(const PatternVertex& vertex, Side side) const {
        const SleeveFrame& frame = *pattern_.leg[side];
        const float sample = share_of(vertex, side) * (SleeveFrame::samples - 1.001F);
        const auto k = static_cast<std::size_t>(sample);
        const float t = sample - static_cast<float>(k);
        const float inner = mix(frame.inner[k], frame.inner[k + 1], t);
        const float outer = mix(frame.outer[k], frame.outer[k + 1], t);
        const float offset = (vertex.uv - frame.base).dot(frame.across);
        const float across =
            std::clamp((offset - (inner + outer) / 2) / std::max(1.0F, (outer - inner) / 2), -1.0F, 1.0F);
        return across * quarter_turn * (side == picture_left ? -1.0F : 1.0F);
    }

    Tube leg_tube(Side side, float y, float share) const {
        const SleeveFrame& frame = *pattern_.leg[side];
        const auto k = static_cast<std::size_t>(share * (SleeveFrame::samples - 1));
        const float cut = std::max(1.0F, frame.outer[k] - frame.inner[k]) * plan_.across;
        const LegPlace leg = legs_.at(side, y);
        const float snug = leg.radius + clearance * u_, wide = std::max(snug, 0.5F * seen_of_cut * cut);
        const float middle = (legs_.at(picture_left, y).centre + legs_.at(picture_right, y).centre) / 2;
        // wide legs do not cross the middle: what has no room there goes outwards
        const float inner = std::clamp(std::abs(leg.centre - middle) - 0.01F * u_, snug, wide);
        const float outer = std::min(2 * wide - inner, 1.6F * wide);
        Tube tube{leg.centre, side == picture_left ? outer : inner, side == picture_left ? inner : outer, 0, 0};
        tube.depth = std::clamp(depth_for(cut * plan_.leg_widening[side][k], wide), snug, 1.2F * wide);
        return tube;
    }

    Tube hip_tube(float row, float y) const {
        const TrunkSection& section = body_.section(y);
        const float cut = (extent(row).right - extent(row).left) * plan_.across;
        const float snug = section.half_width + clearance * u_;
        const float wide = std::clamp(0.5F * seen_of_cut * cut, snug, 1.25F * snug);
        const float depth = depth_for(cut * plan_.widening_at(row), wide);
        return {section.centre, wide, wide, std::clamp(depth, section.half_depth + clearance * u_, wide), 0};
    }

    Tube skirt_tube(float row, float y) const {
        const float from_y = std::min(y, legs_.crotch_y);
        const TrunkSection& section = body_.section(from_y);
        float centre = section.centre, body_width = section.half_width, body_depth = section.half_depth;
        if (y > legs_.crotch_y) {
            const float left = legs_.outer(picture_left, y), right = legs_.outer(picture_right, y);
            centre = mix(centre, (left + right) / 2, smooth_step(legs_.crotch_y, legs_.crotch_y + u_, y));
            body_width = std::max(right - centre, centre - left);
            body_depth = legs_.at(picture_left, y).radius;
        }
        const float cut = (extent(row).right - extent(row).left) * plan_.across, girth = cut * plan_.widening_at(row);
        const float wide = std::max(body_width + clearance * u_, 0.5F * seen_of_cut * cut);
        const float depth = std::clamp(depth_for(girth, wide), body_depth + clearance * u_,
                                       std::max(0.8F * wide, body_depth + clearance * u_));
        const float round = static_cast<float>(CV_PI) * std::sqrt((wide * wide + depth * depth) / 2);
        const float surplus = std::max(0.0F, girth / round - 1);
        const float radius = round / static_cast<float>(CV_PI);
        const float pleat = std::min(2 * std::sqrt(surplus) * radius / pleats, deepest_pleat * u_) *
                            smooth_step(plan_.waist_row, mix(plan_.waist_row, plan_.hem_row, 0.5F), row);
        return {centre, wide, wide, depth, pleat};
    }

    const PatternMesh& pattern_;
    const LowerPlan& plan_;
    const BodyField& body_;
    const LegLines& legs_;
    float u_;
};

/// Away from the axis of its own tube, so that no point changes sides.
void leave_body(const BodyField& body, const Vector3& axis, Vector3& place) {
    Vector3 outward = place - axis;
    outward.y = 0;
    outward = unit_vector(outward);
    for (int step = 0; step < 80 && body.distance(place, Solid::without_arms) < clearance * body.unit; ++step)
        place += outward * (0.02F * body.unit);
}

}  // namespace

void place_lower(const LowerPlan& plan, const BodyField& body, const LegLines& legs, Cloth& cloth) {
    const LowerPlacement placement(*cloth.pattern, plan, body, legs);
    const std::unordered_set<int> waistband(cloth.pattern->waistband.begin(), cloth.pattern->waistband.end());
    cloth.position.resize(cloth.size());
    cloth.lowest_y = legs.floor_y;
    for (std::size_t i = 0; i < cloth.size(); ++i) {
        Vector3 axis;
        cloth.position[i] = placement.of(cloth.pattern_vertex(static_cast<int>(i)), axis);
        if (placement.is_inner_seam(cloth.pattern_vertex(static_cast<int>(i))))
            cloth.mobility[i] = 0;
        else
            leave_body(body, axis, cloth.position[i]);
        if (waistband.count(cloth.vertex[i]) > 0) cloth.mobility[i] = 0;
    }
}

}  // namespace fitview::engine
