#include "engine/drape/saree_drape.hpp"

#include "engine/garment/sheet_pattern.hpp"

namespace fitview::engine {
namespace {

constexpr auto right_angle = static_cast<float>(CV_PI / 2);

// Pleats as a tailor's tape shows them, in u (about 15 cm).
constexpr int knife_pleats = 6, box_pleats = 3;
constexpr float knife_depth = 0.66F;  // half the cloth of one pleat
constexpr float box_face = 0.62F;
constexpr float thickness = 0.03F;      // of one layer of the stack, air included
constexpr float over_shoulder = 0.86F;  // share of a pallu's sheet up to the top of the shoulder

/// Way round an ellipse from its side to the place `x` of its middle.
float arc_from_side(float half_width, float depth, float x) {
    constexpr int steps = 48;
    const float to = std::asin(std::clamp(x / std::max(1.0F, half_width), -1.0F, 1.0F));
    float way = 0;
    for (int i = 0; i < steps; ++i) {
        const float angle = mix(-right_angle, to, (static_cast<float>(i) + 0.5F) / steps);
        way += std::hypot(half_width * std::cos(angle), depth * std::sin(angle));
    }
    return way * (to + right_angle) / steps;
}

/// How far a fold stands off, in u: each lies on the next one, from the upper edge down, so that none cut each other.
float before(const Fold& fold, float across, float folds) {
    return 0.035F * (1 + fold.before) + 0.035F * folds * (1 - across);
}

}  // namespace

SareeDrape::SareeDrape(const BodyField& body, const LegLines& legs, float waist_y, SkirtPleats pleats)
    : body_(body),
      legs_(legs),
      u_(body.unit),
      waist_y_(waist_y),
      top_(waist_y + 0.02F * u_),
      bottom_(legs.floor_y - 0.12F * u_),
      pleats_(pleats),
      width_((bottom_ - top_) / (1 - saree_tucked)) {
    const Row hips = row_at((legs.hip_y - top_) / std::max(1.0F, bottom_ - top_));
    side_cloth_ = arc_from_side(hips.half_width, hips.depth, -pleats_width(hips.share) / 2);
}

SareeDrape::Row SareeDrape::row_at(float share) const {
    Row row{share, mix(top_, bottom_, share), 0, 0, 0};
    const TrunkSection& waist = body_.section(waist_y_);
    const TrunkSection& hips = body_.section(legs_.hip_y);
    const float down = smooth_step(waist_y_, legs_.hip_y, row.y), fall = smooth_step(legs_.hip_y, bottom_, row.y);
    row.centre = mix(waist.centre, hips.centre, down);
    const float here = std::max(mix(waist.half_width, hips.half_width, down),
                                row.y < legs_.hip_y ? body_.section(row.y).half_width : 0.0F);
    // it falls straight from the hips and is drawn in a little towards the ankles
    const float drawn_in = here * (1 - 0.13F * fall);
    const float legs =
        std::max(legs_.outer(picture_right, row.y) - row.centre, row.centre - legs_.outer(picture_left, row.y));
    row.half_width =
        std::max(drawn_in, row.y > legs_.crotch_y ? legs : 0.0F) + mix(0.01F, 0.06F, smooth_step(0, 0.12F, share)) * u_;
    row.depth = mix(waist.half_depth, hips.half_depth, down) + (0.07F + 0.12F * fall) * u_;
    return row;
}

/// How far one knife pleat lies beside the next: a stack at the waist, a fan at the hem.
float SareeDrape::fan(float share) const {
    return mix(0.05F, 0.20F, share) * u_;
}

float SareeDrape::pleats_width(float share) const {
    if (pleats_ == SkirtPleats::box) return box_pleats * box_face * u_ * mix(0.86F, 1.04F, share);
    return knife_depth * u_ + (static_cast<float>(knife_pleats) - 0.5F) * fan(share);
}

/// `cloth` is the way along the cloth from the first pleat's edge, pleats to the left.
SareeDrape::Pleated SareeDrape::pleated(float cloth, float share) const {
    const bool box = pleats_ == SkirtPleats::box;
    const float beside = box ? pleats_width(share) / box_pleats : fan(share);
    const float face = box ? beside : knife_depth * u_ + beside / 2;
    const float period = 2 * (box ? box_face : knife_depth) * u_;
    const int last = (box ? box_pleats : knife_pleats) - 1;
    const int number = std::clamp(static_cast<int>(cloth / period), 0, last);
    const float walked = cloth - static_cast<float>(number) * period;
    const float from = -pleats_width(share) / 2 + static_cast<float>(number) * beside;
    const float layer = box ? 2 * thickness * u_ : thickness * u_ * static_cast<float>(knife_pleats - number);
    const float stands_off = 0.05F * u_ * share;
    if (walked <= face || number == last) {  // the face that is seen, round at its folds
        const float round = std::sqrt(std::max(0.0F, std::sin(2 * right_angle * std::min(1.0F, walked / face))));
        return {from + std::min(walked, face), layer + stands_off + (box ? 0.05F : 0.04F) * u_ * round};
    }
    // behind it, back to where the next one begins
    const float behind = (walked - face) / std::max(1.0F, period - face);
    const float x =
        box ? from + face - 0.9F * face * std::min(behind, 1 - behind) : mix(from + face, from + beside, behind);
    return {x, layer - 0.5F * thickness * u_ + (box ? -thickness * u_ : stands_off * (1 - behind))};
}

Vector3 SareeDrape::skirt(OnSheet at) const {
    const Row row = row_at(at.across);
    const float turned = pleats_ == SkirtPleats::to_right ? -1.0F : 1.0F;
    const float half_block = pleats_width(row.share) / 2;
    const float period = 2 * (pleats_ == SkirtPleats::box ? box_face : knife_depth) * u_;
    const float in_pleats = pleats_ == SkirtPleats::box
                                ? box_pleats * period - period / 2
                                : (knife_pleats - 1) * period + knife_depth * u_ + fan(row.share) / 2;
    const float edge = std::asin(std::min(0.95F, half_block / row.half_width));
    const float cloth = at.along * saree_skirt_length * width_;
    float angle = 0, lift = 0;
    if (cloth < side_cloth_) {
        angle = mix(-right_angle, -edge, cloth / side_cloth_);
        // up to the stack over the last stretch before it
        lift = pleated(0, row.share).lift * smooth_step(0.88F, 1.0F, cloth / side_cloth_);
    } else if (cloth < side_cloth_ + in_pleats) {
        const Pleated place = pleated(cloth - side_cloth_, row.share);
        angle = std::asin(std::clamp(place.x / row.half_width, -0.98F, 0.98F));
        lift = place.lift;
    } else {
        // what is left of the sheet stays behind
        angle = std::min(mix(edge, right_angle, (cloth - side_cloth_ - in_pleats) / side_cloth_), 1.4F * right_angle);
    }
    // soft folds hang from the hips beside the pleats
    const float beside = smooth_step(edge, edge + 0.3F, std::abs(angle));
    const float soft = 0.045F * u_ * smooth_step(0.15F, 0.8F, row.share) * beside * std::sin(9 * angle + 2 * row.share);
    const float x = (row.half_width + soft) * std::sin(angle);
    // the hem goes round the body
    const float up = (0.16F * std::sin(angle) * std::sin(angle) - 0.05F * (1 - beside)) * u_ * row.share;
    return {row.centre + turned * x, row.y - up, (row.depth + soft) * std::cos(angle) + lift};
}

Point SareeDrape::on_shoulder(Side side, float share) const {
    const float neck = body_.neck_x + (side == picture_left ? -0.50F : 0.50F) * u_;
    const float x = mix(neck, body_.shoulder[side].x, share);
    return {x, body_.slope_y(side, x)};
}

/// A band from one side of the trunk over the left shoulder, laid in folds along it.
Vector3 SareeDrape::across_chest(OnSheet at, const Edges& edges, float folds, float lift) const {
    const float t = std::min(1.0F, at.along / over_shoulder);
    const Point low = bow(edges.low[0], edges.low[1], edges.low[2], t);
    const Point high = bow(edges.high[0], edges.high[1], edges.high[2], t);
    const float band = std::hypot(low.x - high.x, low.y - high.y);
    const Fold fold = fold_of(at.across, folds, true_overlap(width_, band));
    const Point place = high + (low - high) * fold.across;
    const float layered = lift + before(fold, at.across, folds) * u_ * mix(0.5F, 1.0F, smooth_step(0, 0.3F, t));
    Vector3 result{place.x, place.y - (t >= 1 ? 0.04F * u_ : 0.0F),
                   front_of(body_, place.x, place.y) + layered + 0.05F * u_};
    result.z = mix(result.z, 0.10F * u_ + layered, smooth_step(0.90F, 1.0F, t));
    if (at.along > over_shoulder) {
        const float behind = (at.along - over_shoulder) / (1 - over_shoulder);
        result.z = 0.10F * u_ + layered - behind * 1.2F * u_;
        result.x -= behind * 0.6F * u_;
        result.y += behind * behind * 1.5F * u_;
    }
    return result;
}

Vector3 SareeDrape::pinned_pallu(OnSheet at) const {
    const TrunkSection& waist = body_.section(waist_y_);
    const float right_side = waist.centre - waist.half_width - 0.02F * u_;
    const Edges edges{
        {Point(right_side, waist_y_ - 0.30F * u_), Point(body_.neck_x - 0.10F * u_, body_.shoulder_y + 1.15F * u_),
         on_shoulder(picture_right, 0)},
        {Point(right_side, waist_y_ + 0.10F * u_),
         Point(waist.centre + 0.80F * waist.half_width, waist_y_ - 0.10F * u_), on_shoulder(picture_right, 0.80F)}};
    return across_chest(at, edges, 5, 0);
}

SareeDrape::Edges SareeDrape::open_edges() const {
    const TrunkSection& waist = body_.section(waist_y_);
    const float right_side = waist.centre - waist.half_width - 0.02F * u_;
    const std::vector<ArmSample>& arm = body_.arm[picture_right].line;
    std::size_t elbow = 0;
    while (elbow + 1 < arm.size() && arm[elbow].along < 0.85F * body_.arm[picture_right].elbow) ++elbow;
    const Point on_arm = arm[elbow].centre + Point(arm[elbow].radius, 0);
    return {{Point(right_side, waist_y_ - 0.30F * u_), Point(body_.neck_x - 0.05F * u_, body_.shoulder_y + 1.05F * u_),
             on_shoulder(picture_right, 0.15F)},
            {Point(right_side, waist_y_ + 0.12F * u_),
             Point(waist.centre + 0.95F * waist.half_width, waist_y_ + 0.10F * u_), on_arm}};
}

Vector3 SareeDrape::open_pallu(OnSheet at) const {
    return across_chest(at, open_edges(), 4, 0);
}

Vector3 SareeDrape::second_round(OnSheet at) const {
    const float under_arm = body_.shoulder_y + 1.35F * u_;
    const TrunkSection& chest = body_.section(under_arm);
    const Edges below = open_edges();
    const Edges edges{{Point(chest.centre - chest.half_width, under_arm),
                       Point(body_.neck_x + 0.05F * u_, body_.shoulder_y + 0.80F * u_), on_shoulder(picture_right, 0)},
                      {Point(chest.centre - 0.98F * chest.half_width, under_arm + 0.95F * u_),
                       Point(chest.centre + 0.35F * chest.half_width, under_arm + 0.75F * u_),
                       0.45F * on_shoulder(picture_right, 0.95F) + 0.55F * below.low[2]}};
    return across_chest(at, edges, 4, 0.09F * u_);
}

Vector3 SareeDrape::front_pallu(OnSheet at) const {
    const TrunkSection& waist = body_.section(waist_y_);
    const TrunkSection& hips = body_.section(legs_.hip_y);
    const float chest_y = body_.shoulder_y + 1.5F * u_, end_y = legs_.crotch_y + 1.2F * u_;
    const TrunkSection& chest = body_.section(chest_y);
    const float t = std::max(0.0F, 1 - at.along / over_shoulder);  // 0 on the shoulder, 1 at the cloth's end
    const Point outer =
        bow(on_shoulder(picture_left, 0.85F), Point(chest.centre - 0.92F * chest.half_width, chest_y + u_),
            Point(hips.centre - 0.98F * hips.half_width, end_y), t);
    const Point inner = bow(on_shoulder(picture_left, 0.10F), Point(chest.centre + 0.45F * chest.half_width, chest_y),
                            Point(waist.centre + 1.02F * waist.half_width, waist_y_ + 0.25F * u_), t);
    const float band = std::hypot(outer.x - inner.x, outer.y - inner.y);
    // open at its end, so that the woven border is one line
    const float overlap = mix(true_overlap(width_, band), 0.4F, smooth_step(0.35F, 0.8F, t));
    const Fold fold = fold_of(at.across, 5, overlap);
    const float sag = 0.55F * u_ * t * t * std::sin(2 * right_angle * fold.across);
    const Point place = outer + (inner - outer) * fold.across + Point(0, sag);
    const float before_skirt = 0.22F * u_ * smooth_step(waist_y_ - 0.4F * u_, legs_.hip_y, place.y);
    const float folded = (0.05F + before(fold, at.across, 5)) * u_;
    const float lowest_hips = std::min(place.y, legs_.crotch_y);
    Vector3 result{place.x, place.y, front_of(body_, place.x, lowest_hips) + before_skirt + folded + 0.03F * u_};
    // the corner at the left hip is tucked in behind
    result.z = mix(result.z, 0.02F * u_, smooth_step(0.80F, 1.0F, t) * smooth_step(0.90F, 1.0F, fold.across));
    if (at.along <= over_shoulder) return result;
    const float behind = (at.along - over_shoulder) / (1 - over_shoulder);
    return result + Vector3{0.5F * u_ * behind, 1.5F * u_ * behind * behind, -0.8F * u_ * behind};
}

}  // namespace fitview::engine
