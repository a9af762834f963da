#include "engine/drape/lower_plan.hpp"

#include <algorithm>
#include <cmath>

#include "engine/drape/vector3.hpp"
#include "engine/ops/running_mean.hpp"

namespace fitview::engine {
namespace {

constexpr float ease = 1.06F;
constexpr float most_widening = 2.4F;
constexpr float lengthening = 1.12F;       // flat width is more than seen width, so lengths come out short by as much
constexpr float full_length_from = 0.75F;  // of the way from waistband to ankle: such a hem ends at the ankle
constexpr float wide_full_length_from = 0.5F;  // the same for classes that have no short form
constexpr float above_ankle = -0.04F;          // units; trousers end a little below the ankle
constexpr float above_floor = 0.16F;
constexpr float usual_unit_cm = 15.5F;
constexpr float along_share = 0.25F;  // lengths grow much less from size to size than the girth

float mean_row(const Sided<Point>& points) {
    return (points[picture_left].y + points[picture_right].y) / 2;
}

float trunk_width(const PatternMesh& pattern, float y) {
    const auto row = static_cast<std::size_t>(std::clamp(y, 0.0F, static_cast<float>(pattern.trunk.size() - 1)));
    return std::max(1.0F, pattern.trunk[row].right - pattern.trunk[row].left);
}

/// Half the way round both legs, as a skirt goes.
float half_girth(const BodyField& body, const LegLines& legs, float y) {
    if (y <= legs.crotch_y) return body.half_girth(y);
    const float half_width = (legs.outer(picture_right, y) - legs.outer(picture_left, y)) / 2;
    const float depth = legs.at(picture_left, y).radius;
    return 2 * (half_width - depth) + static_cast<float>(CV_PI) * depth;
}

/// Trousers are chosen by the hips, skirts by the waist.
float girth_of(const KnownLowerLengths& known, bool legs, float otherwise) {
    const auto& first = legs ? known.hip_girth : known.waist_girth;
    const auto& second = legs ? known.waist_girth : known.hip_girth;
    return first ? *first : second ? *second : otherwise;
}

/// Of the size that fits best: by the hips for trousers; skirts are also held by the waist.
void choose_size(const PatternMesh& pattern, const BodyField& body, const LegLines& legs, float waist_y,
                 LowerPlan& plan) {
    const float hips = 2 * body.section(legs.hip_y).half_width;
    if (plan.legs) {
        const float cut = trunk_width(pattern, mix(plan.waist_row, plan.crotch_row, 0.75F));
        plan.across = 1.02F * hips / cut;
        return;
    }
    const float waist = 2 * body.section(waist_y).half_width;
    const float by_waist = 1.05F * waist / trunk_width(pattern, plan.waist_row + 2);
    const float hip_row = plan.waist_row + (legs.hip_y - waist_y) / (by_waist * lengthening);
    const float by_hips = 0.95F * hips / trunk_width(pattern, std::min(hip_row, plan.hem_row));
    plan.across = std::max(by_waist, std::min(by_hips, 1.35F * by_waist));
}

/// The hem by the chart; one that contradicts the picture altogether is not believed. The inseam is the better witness:
/// it begins at the crotch, whose place is known better than that of the waistband.
void hang_by_chart(const KnownLowerLengths& known, LowerPlan& plan) {
    const float by_picture = plan.hem_y - plan.waist_y;
    std::optional<float> hem;
    if (known.outseam) hem = plan.waist_y + *known.outseam;
    if (known.inseam && plan.legs) hem = plan.crotch_y + *known.inseam;
    if (!hem || *hem - plan.waist_y < 0.45F * by_picture || *hem - plan.waist_y > 2.0F * by_picture) return;
    plan.hem_y = *hem;
    plan.length_known = true;
}

void choose_heights(const GarmentRules& rules, const BodyField& body, const LegLines& legs, const WaistRule& waist,
                    const KnownLowerLengths& known, LowerPlan& plan) {
    const float u = body.length_unit, along = plan.across * lengthening * std::pow(plan.girth, along_share);
    plan.waist_y = waist.waist_y + 0.10F * u;
    if (plan.legs) {
        plan.crotch_y = legs.crotch_y + (rules.type == GarmentType::salwar ? 0.30F : 0.12F) * u;
        // its own rise says where it is worn, within reason
        float rise = (plan.crotch_row - plan.waist_row) * along;
        if (known.outseam && known.inseam && *known.outseam > *known.inseam) rise = *known.outseam - *known.inseam;
        plan.waist_y = std::clamp(plan.crotch_y - rise, waist.waist_y - 0.10F * u, waist.waist_y + 0.50F * u);
    }
    if (waist.covered_from_y) plan.waist_y = std::min(plan.waist_y, *waist.covered_from_y - 0.15F * u);
    const float start_y = plan.legs ? plan.crotch_y : plan.waist_y;
    const float start_row = plan.legs ? plan.crotch_row : plan.waist_row;
    plan.hem_y = start_y + (plan.hem_row - start_row) * along;
    const float share = (plan.hem_y - plan.waist_y) / std::max(1.0F, legs.ankle_y - plan.waist_y);
    const float floor = legs.floor_y - above_floor * u;
    if (rules.to_floor && share > 0.6F)
        plan.hem_y = floor;
    else if (rules.to_ankle && share > (rules.type == GarmentType::trousers ? full_length_from : wide_full_length_from))
        plan.hem_y = rules.type == GarmentType::palazzo ? floor - 0.15F * u : legs.ankle_y - above_ankle * u;
    hang_by_chart(known, plan);
    plan.hem_y = std::min(plan.hem_y, floor);
}

void widen_rows(const GarmentRules& rules, const PatternMesh& pattern, const BodyField& body, const LegLines& legs,
                LowerPlan& plan) {
    plan.widening.resize(pattern.trunk.size());
    const float last = plan.legs ? plan.crotch_row : plan.hem_row;
    for (std::size_t y = 0; y < plan.widening.size(); ++y) {
        const float row = std::clamp(static_cast<float>(y), plan.waist_row, last);
        const float photo = trunk_width(pattern, row) * plan.across, place = plan.row(row);
        const float needed =
            plan.girth * (row < plan.waist_row + 4 ? 1.02F : ease) * half_girth(body, legs, place) / photo;
        const float fullness = plan.legs ? 1 : mix(1.0F, rules.fullness, smooth_step(plan.waist_row, last, row));
        plan.widening[y] = std::clamp(std::max(needed, fullness), 0.7F, most_widening);
    }
    running_mean(plan.widening, std::max(1, static_cast<int>(0.02F * static_cast<float>(pattern.trunk.size()))));
}

void widen_legs(const GarmentRules& rules, const PatternMesh& pattern, const LegLines& legs, LowerPlan& plan) {
    for (const Side side : {picture_left, picture_right}) {
        plan.leg_widening[side].fill(1);
        if (!pattern.leg[side]) continue;
        const SleeveFrame& frame = *pattern.leg[side];
        std::vector<float> widening;
        for (std::size_t at = 0; at < SleeveFrame::samples; ++at) {
            const float share = static_cast<float>(at) / (SleeveFrame::samples - 1);
            const float radius = legs.at(side, mix(plan.crotch_y, plan.hem_y, share)).radius;
            const float photo = std::max(1.0F, (frame.outer[at] - frame.inner[at]) * plan.across);
            const float needed = plan.girth * 1.05F * static_cast<float>(CV_PI) * radius / photo;
            widening.push_back(std::clamp(std::max(needed, std::max(1.08F, rules.fullness)), 0.8F, most_widening));
        }
        running_mean(widening, 1);
        std::copy(widening.begin(), widening.end(), plan.leg_widening[side].begin());
    }
}

}  // namespace

float LowerPlan::row(float garment_y) const {
    if (!legs) return mix(waist_y, hem_y, (garment_y - waist_row) / std::max(1.0F, hem_row - waist_row));
    if (garment_y <= crotch_row)
        return mix(waist_y, crotch_y, (garment_y - waist_row) / std::max(1.0F, crotch_row - waist_row));
    return mix(crotch_y, hem_y, (garment_y - crotch_row) / std::max(1.0F, hem_row - crotch_row));
}

float LowerPlan::garment_row(float person_y) const {
    const auto between = [&](float from_y, float to_y, float from_row, float to_row) {
        return mix(from_row, to_row, (person_y - from_y) / std::max(1.0F, to_y - from_y));
    };
    if (!legs) return between(waist_y, hem_y, waist_row, hem_row);
    if (person_y <= crotch_y) return between(waist_y, crotch_y, waist_row, crotch_row);
    return between(crotch_y, hem_y, crotch_row, hem_row);
}

float LowerPlan::widening_at(float garment_y) const {
    return widening[static_cast<std::size_t>(std::clamp(garment_y, 0.0F, static_cast<float>(widening.size() - 1)))];
}

LowerPlan plan_lower(const GarmentModel& garment, const PatternMesh& pattern, const BodyField& body,
                     const LegLines& legs, const WaistRule& waist, const KnownLowerLengths& known, float size_scale) {
    const LowerLandmarks& marks = *garment.lower;
    const GarmentRules& rules = rules_of(garment.type);
    LowerPlan plan;
    plan.legs = marks.crotch.has_value();
    plan.waist_row = mean_row(marks.waist);
    plan.hem_row = std::max(mean_row(marks.hem_outer), plan.waist_row + 8);
    plan.crotch_row = plan.legs ? std::clamp(marks.crotch->y, plan.waist_row + 4, plan.hem_row - 4) : plan.hem_row;
    plan.girth = girth_of(known, plan.legs, size_scale);
    plan.pixels_per_cm = known.pixels_per_cm.value_or(body.length_unit / usual_unit_cm);
    choose_size(pattern, body, legs, waist.waist_y, plan);
    choose_heights(rules, body, legs, waist, known, plan);
    plan.across *= plan.girth;
    widen_rows(rules, pattern, body, legs, plan);
    if (plan.legs) widen_legs(rules, pattern, legs, plan);
    return plan;
}

float cut_girth(const PatternMesh& pattern, const LowerPlan& plan, float person_y) {
    const float row = plan.garment_row(person_y);
    return 2 * trunk_width(pattern, row) * plan.across * plan.widening_at(row);
}

float LowerLengths::between(const PatternVertex& a, const PatternVertex& b) const {
    const Point offset = b.uv - a.uv, middle = (a.uv + b.uv) / 2;
    float widening = plan_.widening_at(middle.y);
    if (is_leg(a.part) && is_leg(b.part)) {
        const Side side = a.part == part_leg_left ? picture_left : picture_right;
        if (const auto& frame = pattern_.leg[side]) {
            const float along = (middle - frame->base).dot(frame->along) / frame->length;
            const float share = std::clamp(along, 0.0F, 1.0F) * (SleeveFrame::samples - 1);
            widening = plan_.leg_widening[side][static_cast<std::size_t>(share)];
        }
    }
    return std::hypot(offset.x * plan_.across * widening, plan_.row(b.uv.y) - plan_.row(a.uv.y));
}

float LowerLengths::hanging(const PatternVertex& point, const PatternVertex& anchor) const {
    return between(point, anchor);
}

}  // namespace fitview::engine
