#include "engine/drape/placement.hpp"

#include <algorithm>
#include <cmath>

#include "engine/drape/round_row.hpp"
#include "engine/garment/top_edge.hpp"

namespace fitview::engine {
namespace {

constexpr float quarter_turn = static_cast<float>(CV_PI) / 2;

class Placement {
public:
    Placement(const GarmentModel& garment, const PatternMesh& pattern, const FitPlan& plan, const BodyField& body)
        : marks_(garment.landmarks),
          pattern_(pattern),
          plan_(plan),
          body_(body),
          u_(body.unit),
          armpit_y_((marks_.armpit[picture_left].y + marks_.armpit[picture_right].y) / 2),
          shoulder_y_((marks_.shoulder[picture_left].y + marks_.shoulder[picture_right].y) / 2),
          armpit_margin_(0.04F * static_cast<float>(garment.picture.rows)) {
        const Point tips = body.shoulder[picture_right] - body.shoulder[picture_left];
        open_front_ = rules_of(garment.type).front == Front::open;
        strapless_ = is_strapless(marks_);
        // what does not hang from the shoulders stays level when one is raised
        if (!strapless_) tilt_ = std::clamp(tips.y / std::max(1.0F, tips.x), -0.25F, 0.25F);
    }

    Vector3 of(const PatternVertex& vertex) const {
        const float y = row_of(vertex);
        const float wrap = strapless_ ? 1.0F
                                      : smooth_step(shoulder_y_ + 0.3F * (armpit_y_ - shoulder_y_),
                                                    armpit_y_ + armpit_margin_, vertex.uv.y);
        Vector3 place = mix(flat(vertex, y), wrapped(vertex, y), wrap);
        if (vertex.part != part_trunk) {
            const Side side = vertex.part == part_sleeve_left ? picture_left : picture_right;
            if (pattern_.sleeve[side]) place = on_arm(vertex, *pattern_.sleeve[side], side, place);
        }
        return place;
    }

    /// A point of the tucked hem, held by the waistband.
    Vector3 at_waist(const PatternVertex& vertex) const {
        const TrunkSection& waist = body_.section(plan_.waist_y);
        const float angle = angle_of(vertex, waist.half_depth / std::max(1.0F, waist.half_width));
        return {waist.centre + (waist.half_width + 0.03F * u_) * std::sin(angle), plan_.waist_y + 0.16F * u_,
                (waist.half_depth + 0.03F * u_) * std::cos(angle) * side_of(vertex)};
    }

private:
    static float side_of(const PatternVertex& vertex) { return vertex.back ? -1.0F : 1.0F; }

    /// The photo's row of a vertex, or below a slanting upper edge the first that reaches from side to side.
    float whole_row(const PatternVertex& vertex) const {
        return strapless_ ? std::max(vertex.uv.y, armpit_y_ + armpit_margin_) : vertex.uv.y;
    }

    /// Where round an ellipse of that depth (in half widths) the vertex lies.
    float angle_of(const PatternVertex& vertex, float depth) const {
        const Side side = vertex.uv.x < marks_.axis_x ? picture_left : picture_right;
        const float y = whole_row(vertex), half = pattern_.half_width(side, marks_.axis_x, y);
        const float across = std::clamp((vertex.uv.x - marks_.axis_x) / half, -1.0F, 1.0F);
        const float share = cloth_share(across, plan_.depth_at(y));
        if (!open_front_ || vertex.back || vertex.sewn) return angle_of_share(share, depth);
        const float open = mix(1 - plan_.open_front_share, 1.0F, std::abs(share));
        return angle_of_share(share < 0 ? -open : open, depth);
    }

    /// Tilted shoulders tilt the garment down to the waist; its own shoulders come to lie on the body's.
    float row_of(const PatternVertex& vertex) const {
        const float tilted = tilted_row(vertex.uv);
        if (strapless_ || vertex.uv.y >= armpit_y_) return tilted;
        const Point left = foot_of_neck(marks_, picture_left), right = foot_of_neck(marks_, picture_right);
        const float across = std::clamp((vertex.uv.x - left.x) / std::max(1.0F, right.x - left.x), 0.0F, 1.0F);
        const float x = vertex.uv.x;
        const float lift =
            mix(lift_of(picture_left, std::min(x, left.x)), lift_of(picture_right, std::max(x, right.x)), across);
        const float seam = mix(left.y, right.y, across);
        return tilted + lift * (1 - smooth_step(seam, armpit_y_, vertex.uv.y));
    }

    /// What is missing from the garment's shoulder at column `x` of its photo to the body's.
    float lift_of(Side side, float x) const {
        const Point neck = foot_of_neck(marks_, side), shoulder = marks_.shoulder[side];
        const float outwards = side == picture_left ? -1.0F : 1.0F, on_neck = 0.42F * u_;
        const float width = std::max(1.0F, (shoulder.x - neck.x) * outwards);
        const float along = std::clamp((x - neck.x) * outwards / width, 0.0F, 1.0F);
        const float reach = std::max(on_neck, (x - marks_.axis_x) * plan_.across * outwards);
        const float slope = body_.slope_y(side, body_.neck_x + outwards * reach) - 0.04F * u_;
        return std::clamp(slope - tilted_row({x, mix(neck.y, shoulder.y, along)}), -0.4F * u_, 0.4F * u_);
    }

    float tilted_row(const Point& uv) const {
        const float fading = 1 - smooth_step(shoulder_y_, mix(armpit_y_, marks_.hem_y, 0.6F), uv.y);
        return plan_.row(uv.y) + tilt_ * fading * (uv.x - marks_.axis_x) * plan_.across;
    }

    Vector3 wrapped(const PatternVertex& vertex, float y) const {
        const TrunkSection& section = body_.section(y);
        const float photo_y = whole_row(vertex);
        const auto row = std::clamp(static_cast<int>(photo_y), 0, static_cast<int>(pattern_.trunk.size()) - 1);
        const float half_cloth = plan_.across * plan_.widening_at(photo_y) *
                                 std::max(1.0F, pattern_.trunk[row].right - pattern_.trunk[row].left);
        const float inflation = std::max(1.03F, half_cloth / body_.half_girth(y));
        // between the arms slack goes before and behind the body, not into the arms
        const float wished = section.half_width * (inflation - 1);
        const float widened =
            std::min(wished, 0.5F * gap_at(vertex.uv.x < marks_.axis_x ? picture_left : picture_right, y));
        const float width = section.half_width + widened + 0.03F * u_;
        const float depth = section.half_depth * inflation + (wished - widened) + 0.03F * u_;
        const float angle = angle_of(vertex, depth / width);
        return {section.centre + width * std::sin(angle), y, depth * std::cos(angle) * side_of(vertex)};
    }

    /// Room between the trunk and the arm in one picture row; much below the arm.
    float gap_at(Side side, float y) const {
        const auto& line = body_.arm[side].line;
        if (y > line.back().centre.y) return 10 * u_;
        std::size_t i = 0;
        while (i + 1 < line.size() && line[i].centre.y < y) ++i;
        return gap_beside(side, {line[i].centre.x, y, 0}, line[i].radius);
    }

    Vector3 flat(const PatternVertex& vertex, float y) const {
        const float offset = vertex.uv.x - marks_.axis_x;
        const float centre =
            mix(body_.neck_x, body_.section(y).centre, smooth_step(body_.shoulder_y, body_.shoulder_y + u_, y));
        const float half = pattern_.half_width(offset < 0 ? picture_left : picture_right, marks_.axis_x, vertex.uv.y);
        const float widening = std::min(1.1F, plan_.widening_at(vertex.uv.y));
        const float cloth = half * widening * cloth_share(offset / half, depth_of_widening(widening));
        return {centre + cloth * plan_.across, y, vertex.sewn ? 0 : side_of(vertex) * 0.04F * u_};
    }

    Vector3 on_arm(const PatternVertex& vertex, const SleeveFrame& frame, Side side, const Vector3& on_trunk) const {
        const Point offset = vertex.uv - frame.base;
        const float along_photo = offset.dot(frame.along);
        const auto [half, across] = frame.at(vertex.uv);
        float share = std::clamp(cloth_share(across, plan_.sleeve_depth[side]), -1.0F, 1.0F);
        if (vertex.sewn) share = share < 0 ? -1.0F : 1.0F;  // a seam inside the arm would leave it on either side
        const float angle = share * quarter_turn;

        const float along = plan_.sleeve_start[side] + along_photo * plan_.along * plan_.sleeve_length[side];
        const auto [centre, radius, direction] = arm_at(side, along);
        Vector3 outwards{direction.y, -direction.x, 0};
        if ((outwards.x > 0) != (side == picture_right)) outwards *= -1;
        const float snug = radius + 0.05F * u_;
        // above the arm's root the sleeve closes over the shoulder like the end of an egg
        const float open = std::clamp((along + 0.2F * u_) / (0.55F * u_), 0.0F, 1.0F);
        const float cap = std::sqrt(1 - (1 - open) * (1 - open));
        const float widening = plan_.sleeve_widening_at(side, along_photo / frame.length);
        const float wide = std::max(snug, 0.64F * half * plan_.across * widening);
        // the slack of a wide sleeve hangs on the inner side where there is room, else before and behind the arm
        const float room = std::min(wide - snug, 0.5F * gap_beside(side, centre, radius));
        const float reach = cap * (snug + room), depth = cap * std::max(snug, 2 * wide - snug - room);
        const Vector3 axis = centre - outwards * room;
        Vector3 place = axis + outwards * (reach * std::sin(angle));
        place.z = vertex.sewn ? 0 : depth * std::cos(angle) * side_of(vertex);
        return mix(on_trunk, place, smooth_step(-0.05F * u_, 0.30F * u_, widening * from_seam(vertex.uv, frame, side)));
    }

    /// Distance of a sleeve's point from the seam shoulder-armpit, in person px.
    float from_seam(const Point& uv, const SleeveFrame& frame, Side side) const {
        const Point seam = marks_.armpit[side] - marks_.shoulder[side];
        Point across{-seam.y, seam.x};
        if (across.dot(frame.along) < 0) across = -across;
        const float seam_length = std::max(1.0F, std::hypot(seam.x, seam.y));
        const Point offset = uv - marks_.shoulder[side];
        // a sleeve that lies on the trunk is on the seam's other side, but below its end
        const float beyond = offset.dot(seam) / seam_length - seam_length;
        return std::max(beyond, offset.dot(across) / seam_length) * plan_.across;
    }

    /// Room between the arm and the trunk.
    float gap_beside(Side side, const Vector3& centre, float radius) const {
        const TrunkSection& section = body_.section(centre.y);
        const float outwards = side == picture_left ? -1.0F : 1.0F;
        return std::max(0.0F, (centre.x - section.centre) * outwards - section.half_width - radius);
    }

    struct ArmPlace {
        Vector3 centre;
        float radius;
        Vector3 direction;
    };

    /// The arm's line goes on straight past both ends.
    ArmPlace arm_at(Side side, float along) const {
        const auto& line = body_.arm[side].line;
        std::size_t i = 0;
        while (i + 2 < line.size() && line[i + 1].along < along) ++i;
        const ArmSample &a = line[i], &b = line[i + 1];
        const Point whole = line.back().centre - line.front().centre, here = b.centre - a.centre;
        // the local direction, steadied by the whole arm's
        const Vector3 direction =
            unit_vector(unit_vector({whole.x, whole.y, 0}) + unit_vector({here.x, here.y, 0}) * 1.5F);
        if (along < 0 || along > line.back().along) {
            const ArmSample& end = along < 0 ? line.front() : line.back();
            const Vector3 straight = unit_vector({whole.x, whole.y, 0});
            return {Vector3{end.centre.x, end.centre.y, 0} + straight * (along - end.along), end.radius, straight};
        }
        const float t = std::clamp((along - a.along) / std::max(1e-3F, b.along - a.along), 0.0F, 1.0F);
        return {
            {mix(a.centre.x, b.centre.x, t), mix(a.centre.y, b.centre.y, t), 0}, mix(a.radius, b.radius, t), direction};
    }

    const GarmentLandmarks& marks_;
    const PatternMesh& pattern_;
    const FitPlan& plan_;
    const BodyField& body_;
    float u_, armpit_y_, shoulder_y_, armpit_margin_;
    float tilt_ = 0;
    bool open_front_ = false, strapless_ = false;
};

/// Seams leave the body along its surface, panels on their own side, so that front and back never change places.
void push_out(const BodyField& body, Solid solid, const PatternVertex& vertex, Vector3& place) {
    const float u = body.unit, clearance = 0.05F * u;
    if (!vertex.sewn)
        for (int step = 0; step < 60 && body.distance(place, solid) < clearance; ++step)
            place.z += (vertex.back ? -0.03F : 0.03F) * u;
    Vector3 outward;
    for (int step = 0; step < 30; ++step) {
        const float distance = body.distance(place, outward, solid);
        if (distance >= clearance) break;
        if (vertex.sewn) outward = unit_vector({outward.x, outward.y, 0});
        place += outward * (clearance + 0.01F * u - distance);
    }
}

/// Above the armpits a photo shows the cloth foreshortened where it goes over the shoulder: as long as it was laid it
/// may stay, else it would pull the whole garment up. Tethers reach round the chest.
void lengthen_over_shoulders(const GarmentLandmarks& marks, const BodyField& body, Cloth& cloth) {
    const float armpit = (marks.armpit[picture_left].y + marks.armpit[picture_right].y) / 2;
    const float most = 0.35F * body.unit;
    const auto high = [&](int point) {
        const PatternVertex& vertex = cloth.pattern_vertex(point);
        return vertex.part == part_trunk && vertex.uv.y < armpit;
    };
    const auto lengthen = [&](Link& link, float shortest, float longest) {
        const float laid = length(cloth.position[link.second] - cloth.position[link.first]);
        link.length = std::clamp(laid, shortest * link.length, link.length + longest);
    };
    for (Link& edge : cloth.edges)
        if (high(edge.first) && high(edge.second)) lengthen(edge, 0.7F, most);
    for (Link& bend : cloth.bends)
        if (high(bend.first) && high(bend.second)) lengthen(bend, 0.7F, 2 * most);
    for (Link& tether : cloth.tethers) lengthen(tether, 1, 2 * most);
}

}  // namespace

void place(const GarmentModel& garment, const FitPlan& plan, const BodyField& body, Cloth& cloth) {
    const Placement placement(garment, *cloth.pattern, plan, body);
    const bool strapless = is_strapless(garment.landmarks);
    cloth.position.resize(cloth.size());
    for (std::size_t i = 0; i < cloth.size(); ++i) {
        const PatternVertex& vertex = cloth.pattern_vertex(static_cast<int>(i));
        if (cloth.pinned_hem[i]) {
            cloth.position[i] = placement.at_waist(vertex);
            cloth.mobility[i] = 0;
            continue;
        }
        cloth.position[i] = placement.of(vertex);
        push_out(body, cloth.solid(static_cast<int>(i)), vertex, cloth.position[i]);
        // elastic holds the upper edge round the chest
        if (strapless && vertex.opening == Opening::neck) cloth.mobility[i] = 0;
    }
    if (!strapless) lengthen_over_shoulders(garment.landmarks, body, cloth);
}

}  // namespace fitview::engine
