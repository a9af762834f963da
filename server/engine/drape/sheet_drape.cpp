#include "engine/drape/sheet_drape.hpp"

#include <algorithm>
#include <cmath>

namespace fitview::engine {
namespace {

constexpr auto pi = static_cast<float>(CV_PI);

/// A place on a sheet: along and across, both 0 to 1.
struct OnSheet {
    float along = 0;
    float across = 0;
};

/// Cloth gathered into folds: how far a point lies across the gathered band (0 to 1) and how far before it.
struct Fold {
    float across = 0;
    float before = 0;
};

/// Folds that lie over each other like a closed fan: each shows its own cloth instead of squeezed cloth.
Fold fold_of(float across, float folds, float overlap) {
    const float phase = 2 * pi * folds * across;
    return {std::clamp(across + overlap * std::sin(phase) / (2 * pi * folds), 0.0F, 1.0F), std::cos(phase)};
}

class SheetDrape {
public:
    SheetDrape(const BodyField& body, const LegLines& legs, float waist_y)
        : body_(body), legs_(legs), u_(body.unit), waist_y_(waist_y) {}

    /// The front of the body at a place of the picture, smooth over its rim.
    float front_of(float x, float y) const {
        float sum = 0;
        constexpr int reach = 1;
        int count = 0;
        for (int dx = -reach; dx <= reach; ++dx)
            for (int dy = -reach; dy <= reach; ++dy) {
                const float step = 0.12F * u_;
                sum += std::max(0.0F,
                                body_.front_depth(x + static_cast<float>(dx) * step, y + static_cast<float>(dy) * step)
                                    .value_or(0));
                ++count;
            }
        return std::max(sum / static_cast<float>(count), body_.front_depth(x, y).value_or(0));
    }

    Vector3 saree_skirt(OnSheet at) const {
        constexpr float pleats_from = 0.24F, pleats_to = 0.70F, folds = 6;
        const float top = waist_y_ + 0.02F * u_, bottom = legs_.floor_y - 0.12F * u_;
        float y = mix(top, bottom, at.across);
        const TrunkSection& waist = body_.section(waist_y_);
        const TrunkSection& hips = body_.section(legs_.hip_y);
        const float down = smooth_step(waist_y_, legs_.hip_y, y);
        const float fall = smooth_step(legs_.hip_y, bottom, y);
        const float centre = mix(waist.centre, hips.centre, down);
        const float here = std::max(mix(waist.half_width, hips.half_width, down),
                                    y < legs_.hip_y ? body_.section(y).half_width : 0.0F);
        // in a little at the knees, out again at the hem
        const float narrowed = here * (1 - 0.10F * std::sin(pi * std::min(1.0F, 0.9F * fall)));
        const float legs = std::max(legs_.outer(picture_right, y) - centre, centre - legs_.outer(picture_left, y));
        const float wide = std::max(narrowed, y > legs_.crotch_y ? legs : 0.0F) +
                           mix(0.01F, 0.07F, smooth_step(0, 0.12F, at.across)) * u_;
        const float depth = mix(waist.half_depth, hips.half_depth, down) + 0.07F * u_ + 0.12F * u_ * fall;
        // the pleats fan out a little towards the hem
        const float fan_from = -mix(9.0F, 24.0F, at.across) * pi / 180, fan_to = mix(9.0F, 16.0F, at.across) * pi / 180;
        float angle = 0, before = 0;
        if (at.along < pleats_from) {
            angle = mix(-0.5F * pi, fan_from, at.along / pleats_from);
        } else if (at.along > pleats_to) {
            angle = mix(fan_to, 0.5F * pi, (at.along - pleats_to) / (1 - pleats_to));
        } else {
            const Fold fold = fold_of((at.along - pleats_from) / (pleats_to - pleats_from), folds, 2.4F);
            angle = mix(fan_from, fan_to, fold.across);
            before = (0.07F + 0.10F * at.across) * u_ * (1 + fold.before);
        }
        // a few soft folds hang from the hips beside the pleats
        const float soft = 0.05F * u_ * smooth_step(0.1F, 0.7F, at.across) * std::sin(8 * angle + 2 * at.across);
        y -= 0.14F * u_ * at.across * std::sin(angle) * std::sin(angle);  // the hem goes round the body
        return {centre + (wide + soft) * std::sin(angle), y, (depth + soft) * std::cos(angle) + before};
    }

    /// From the wearer's right hip over the chest to the left shoulder and behind it.
    Vector3 pallu(OnSheet at) const {
        constexpr float folds = 5, over = 0.86F;
        const Fold fold = fold_of(at.across, folds, 1.6F);
        const TrunkSection& waist = body_.section(waist_y_);
        const Point tip = body_.shoulder[picture_right];
        const float neck = body_.neck_x + 0.50F * u_;
        // both edges as curves: the lower one round the waist, the upper one across the chest
        const Point low_start(waist.centre - waist.half_width, waist_y_ + 0.30F * u_);
        const Point low_middle(waist.centre + 0.80F * waist.half_width, waist_y_ - 0.10F * u_);
        const Point low_end(mix(neck, tip.x, 0.80F), body_.slope_y(picture_right, mix(neck, tip.x, 0.80F)));
        const Point high_start(waist.centre - waist.half_width, waist_y_ - 0.30F * u_);
        const Point high_middle(body_.neck_x - 0.10F * u_, body_.shoulder_y + 1.15F * u_);
        const Point high_end(neck, body_.slope_y(picture_right, neck));
        const float t = std::min(1.0F, at.along / over);
        const Point low = bow(low_start, low_middle, low_end, t), high = bow(high_start, high_middle, high_end, t);
        const Point place = high + (low - high) * fold.across;
        const float lift = (0.05F + 0.08F * (1 + fold.before) * smooth_step(0.05F, 0.4F, t)) * u_;
        Vector3 result{place.x, place.y - (t >= 1 ? 0.04F * u_ : 0.0F), front_of(place.x, place.y) + lift};
        result.z = mix(result.z, 0.06F * u_, smooth_step(0.90F, 1.0F, t));
        // it comes from behind the hip
        const float from_behind = 1 - smooth_step(0, 0.08F, t);
        result.z = mix(result.z, -0.25F * u_, from_behind);
        result.x += 0.10F * u_ * from_behind;
        if (at.along > over) {  // behind the shoulder
            const float behind = (at.along - over) / (1 - over);
            result.z = -behind * 0.8F * u_;
            result.x -= behind * 0.6F * u_;
            result.y += behind * behind * 1.5F * u_;
        }
        return result;
    }

    Vector3 dupatta_sides(OnSheet at) const {
        constexpr float folds = 3.5F, band = 0.58F;
        const Fold fold = fold_of(at.across, folds, 1.8F);
        const bool left = at.along < 0.5F;
        const Side side = left ? picture_left : picture_right;
        const float outwards = left ? -1.0F : 1.0F;
        const float down = std::abs(at.along - 0.5F) * 2;  // 0 behind the neck, 1 at the ends
        constexpr float over = 0.16F;
        const float end = legs_.crotch_y + 0.9F * u_ + (left ? 0.25F * u_ : 0.0F);
        const float inner = 0.46F * u_;
        const float offset = inner + fold.across * band * u_ * mix(0.75F, 1.0F, down);
        float x = body_.neck_x + outwards * offset;
        const float ridge = body_.slope_y(side, x) - 0.04F * u_;
        if (down < over) {  // behind the neck
            const float t = down / over;
            x = body_.neck_x + outwards * offset * std::sqrt(t);
            return {x, ridge + (1 - t) * 0.05F * u_, -0.45F * u_ * (1 - t) + 0.03F * u_};
        }
        const float t = (down - over) / (1 - over), y = mix(ridge, end + hem_wave(fold), t);
        // it hangs straight from the chest, not into the waist
        const float hang =
            std::max(front_of(x, y), front_of(x, body_.shoulder_y + 1.4F * u_) * smooth_step(0.1F, 0.3F, t));
        x += outwards * 0.08F * u_ * std::sin(2.2F * t + fold.across) * t;
        return {x, y, hang + (0.05F + 0.09F * (1 + fold.before)) * u_ * smooth_step(0, 0.06F, t) + 0.02F * u_};
    }

    Vector3 dupatta_shoulder(OnSheet at) const {
        constexpr float folds = 4, band = 0.56F, over = 0.14F;
        const Fold fold = fold_of(at.across, folds, 1.8F);
        const float end = legs_.crotch_y + 1.5F * u_;
        float x = body_.neck_x + (0.50F + fold.across * band) * u_;
        const float ridge = body_.slope_y(picture_right, x) - 0.04F * u_;
        if (at.along < over) {
            const float t = 1 - at.along / over;
            return {x - 0.5F * u_ * t, ridge + t * t * 1.5F * u_, 0.03F * u_ - 0.7F * u_ * t};
        }
        const float t = (at.along - over) / (1 - over), y = mix(ridge, end + hem_wave(fold), t);
        const float hang =
            std::max(front_of(x, y), front_of(x, body_.shoulder_y + 1.4F * u_) * smooth_step(0.1F, 0.3F, t));
        x += 0.06F * u_ * std::sin(2.6F * t + fold.across);
        return {x, y, hang + (0.05F + 0.09F * (1 + fold.before)) * u_ * smooth_step(0, 0.06F, t) + 0.02F * u_};
    }

    Vector3 dupatta_loop(OnSheet at) const {
        constexpr float folds = 4, behind = 0.14F;
        const Fold fold = fold_of(at.across, folds, 1.5F);
        const float t = std::clamp((at.along - behind) / (1 - 2 * behind), 0.0F, 1.0F), around = (t - 0.5F) * pi;
        const float reach = mix(0.46F, 1.15F, fold.across) * u_, depth = mix(0.75F, 1.75F, fold.across) * u_;
        const float x = body_.neck_x + reach * std::sin(around);
        const float ridge = body_.slope_y(x < body_.neck_x ? picture_left : picture_right, x) - 0.04F * u_;
        const float y = ridge + depth * std::cos(around) * std::cos(around) * 0.9F;
        Vector3 result{x, y, front_of(x, y) + (0.06F + 0.05F * (1 + fold.before)) * u_};
        const float off = std::max({0.0F, behind - at.along, at.along - 1 + behind}) / behind;
        result.z = mix(result.z, 0.05F * u_, smooth_step(0.85F, 1.0F, std::abs(around) / (0.5F * pi)));
        if (off > 0) {
            result.z = -0.7F * u_ * off;
            result.x = mix(x, body_.neck_x, 0.7F * off);
            result.y += off * off * 1.5F * u_;
        }
        return result;
    }

    /// Straight towards the viewer, or away where the cloth is behind.
    void leave_body(Vector3& place) const {
        const float clearance = 0.03F * u_, step = (place.z < 0 ? -0.03F : 0.03F) * u_;
        for (int tries = 0; tries < 60 && body_.distance(place, Solid::without_arms) < clearance; ++tries)
            place.z += step;
    }

private:
    /// The end of gathered cloth is no straight line.
    float hem_wave(const Fold& fold) const { return u_ * (0.05F * fold.before + 0.10F * fold.across); }

    static Point bow(Point start, Point middle, Point end, float t) {
        const Point control = 2 * middle - (start + end) / 2;  // the curve passes through the middle
        return (1 - t) * (1 - t) * start + 2 * t * (1 - t) * control + t * t * end;
    }

    const BodyField& body_;
    const LegLines& legs_;
    float u_, waist_y_;
};

Vector3 place_of(const SheetDrape& drape, DrapeWay way, std::size_t sheet, OnSheet at) {
    switch (way) {
        case DrapeWay::nivi:
            return sheet == 0 ? drape.saree_skirt(at) : drape.pallu(at);
        case DrapeWay::one_shoulder:
            return drape.dupatta_shoulder(at);
        case DrapeWay::round_neck:
            return drape.dupatta_loop(at);
        case DrapeWay::sides:
            break;
    }
    return drape.dupatta_sides(at);
}

}  // namespace

Cloth drape_sheets(const PatternMesh& pattern, DrapeWay way, const BodyField& body, const LegLines& legs,
                   float waist_y) {
    Cloth cloth;
    cloth.pattern = &pattern;
    const SheetDrape drape(body, legs, waist_y);
    for (std::size_t sheet = 0; sheet < pattern.sheets.size(); ++sheet) {
        const ClothSheet& grid = pattern.sheets[sheet];
        for (int i = 0; i < grid.along; ++i)
            for (int j = 0; j < grid.across; ++j) {
                const OnSheet at{static_cast<float>(i) / static_cast<float>(grid.along - 1),
                                 static_cast<float>(j) / static_cast<float>(grid.across - 1)};
                Vector3 place = place_of(drape, way, sheet, at);
                drape.leave_body(place);
                cloth.vertex.push_back(grid.first + i * grid.across + j);
                cloth.position.push_back(place);
            }
    }
    cloth.mobility.assign(cloth.size(), 0.0F);
    cloth.pinned_hem.assign(cloth.size(), false);
    for (const PatternTriangle& triangle : pattern.triangles) cloth.triangles.push_back({triangle.vertices, false});
    for (const PatternEdge& edge : pattern.edges)
        cloth.edges.push_back(
            {edge.first, edge.second, length(cloth.position[edge.first] - cloth.position[edge.second])});
    return cloth;
}

}  // namespace fitview::engine
