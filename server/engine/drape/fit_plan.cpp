#include "engine/drape/fit_plan.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/drape/round_row.hpp"
#include "engine/drape/vector3.hpp"
#include "engine/garment/top_edge.hpp"
#include "engine/ops/running_mean.hpp"

namespace fitview::engine {
namespace {

constexpr float chest_share = 1.035F;  // width of a garment's photo at the armpits against the chest it fits
constexpr float seam_share = 0.77F;    // sleeves are sewn on inside the tips of the shoulders
constexpr float usual_hips = 2.15F;    // width of the hips in units of body height / 10.5
constexpr float usual_unit_cm = 15.5F;
constexpr float grading = 0.5F;      // how much of extra hip width is taken back from the length
constexpr float least_ease = 1.03F;  // girth of cloth against girth of body, at least; as much as the photo has
constexpr float ease = 1.10F;        // up to this
constexpr float least_loose = 1.05F, most_loose = 1.30F;  // width of the photo against that of the body
constexpr float most_widening = 1.75F;
constexpr float skirt_widening = 1.18F;  // a hanging skirt is round: wider than its picture
constexpr float sleeve_ease = 1.22F;
constexpr float most_even_widening = 1.6F;
constexpr float most_sleeve_widening = 3;
constexpr float most_lengthening = 1.06F;  // less than the picture's own uncertainty
constexpr float across_share = 0.6F;       // shoulders, neck and sleeves grow less from size to size than the girth
constexpr float along_share = 0.4F;        // and lengths still less
constexpr float usual_open_front = 0.8F;   // of the chest's front is covered by a jacket as wide as the chest
constexpr float longest_tucked = 2.3F;     // units below the waist
constexpr float strapless_below = 0.6F;    // units from the shoulders down to where a strapless garment holds

/// Of several widths one that arms beside the trunk do not reach.
float lower_third(std::vector<float> widths) {
    const auto at = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() * 3 / 10);
    std::nth_element(widths.begin(), at, widths.end());
    return *at;
}

float trunk_width(const PatternMesh& pattern, float y) {
    const auto row = static_cast<std::size_t>(std::clamp(y, 0.0F, static_cast<float>(pattern.trunk.size() - 1)));
    return std::max(1.0F, pattern.trunk[row].right - pattern.trunk[row].left);
}

float armpit_y(const GarmentLandmarks& marks) {
    return (marks.armpit[picture_left].y + marks.armpit[picture_right].y) / 2;
}

bool has_sleeve(const PatternMesh& pattern) {
    return pattern.sleeve[picture_left].has_value() || pattern.sleeve[picture_right].has_value();
}

/// Widest row of the hips, in units of body height / 10.5. Broad hips, not broad shoulders, tell who wears a larger
/// size of the same length. What hangs over them (a dress, a loose top) says nothing.
float hips(const BodyOutline& body, const WornTop& worn) {
    const float first = body.shoulder_y + 2.8F * body.length_unit, last = body.shoulder_y + 3.6F * body.length_unit;
    const float seen = worn.hem_y && !worn.tucked ? *worn.hem_y : first;
    float widest = 0;
    for (float y = std::max(first, seen); y < last; y += 0.05F * body.length_unit)
        widest = std::max(widest, 2 * body.section(y).half_width);
    return widest > 0 ? widest / body.length_unit : usual_hips;
}

float neck_y(const GarmentLandmarks& marks) {
    return (marks.neck[picture_left].y + marks.neck[picture_right].y) / 2;
}

struct ChestWidths {
    float body = 0, cut = 0;  ///< person px and garment px
};

/// Both over the same stretch below the armpits. Tops with sleeves are cut straighter than the body: a short stretch.
ChestWidths chest_widths(const PatternMesh& pattern, const GarmentLandmarks& marks, const BodyOutline& body) {
    constexpr int rows = 12;
    const float stretch = has_sleeve(pattern) ? 0.5F : 1.0F, armpits = trunk_width(pattern, armpit_y(marks));
    std::vector<float> widths, cut_widths;
    for (int i = 0; i < rows; ++i) {
        const float below = stretch * static_cast<float>(i) / rows;  // in chests, which are twice as wide as deep
        widths.push_back(2 * body.section(body.shoulder_y + (1 + 0.9F * below) * body.unit).half_width);
        cut_widths.push_back(trunk_width(pattern, armpit_y(marks) + (0.05F + 0.40F * below) * armpits));
    }
    return {lower_third(std::move(widths)), lower_third(std::move(cut_widths))};
}

/// What the length of a chart makes of a garment's row; a chart that contradicts the picture altogether is wrong.
std::optional<float> along_by_chart(const GarmentLandmarks& marks, const KnownLengths& known, float by_picture) {
    if (!known.length) return std::nullopt;
    const float along = *known.length / std::max(1.0F, marks.hem_y - neck_y(marks));
    return along > 0.6F * by_picture && along < 1.7F * by_picture ? std::optional(along) : std::nullopt;
}

void choose_size(const GarmentModel& garment, const PatternMesh& pattern, const BodyOutline& body, const WornTop& worn,
                 const KnownLengths& known, FitPlan& plan) {
    const GarmentLandmarks& marks = garment.landmarks;
    const Point tips = body.shoulder[picture_right] - body.shoulder[picture_left];
    const float body_shoulders = std::hypot(tips.x, tips.y);
    const float cut_shoulders = std::max(1.0F, marks.shoulder[picture_right].x - marks.shoulder[picture_left].x);
    const auto [chest, cut_chest] = chest_widths(pattern, marks, body);
    const float by_shoulders = seam_share * body_shoulders / cut_shoulders, by_chest = chest_share * chest / cut_chest;
    // armholes of a sleeveless top say nothing about the shoulder tips
    const float fitting = has_sleeve(pattern) ? std::sqrt(by_shoulders * by_chest) : by_chest;
    plan.across = fitting * std::pow(plan.girth, across_share);
    const float by_picture = fitting * std::clamp(std::pow(usual_hips / hips(body, worn), grading), 0.8F, 1.05F) *
                             std::pow(plan.girth, along_share);
    const auto by_chart = along_by_chart(marks, known, by_picture);
    const float wide = plan.across * std::pow(plan.girth, 1 - across_share) / std::max(1e-3F, by_chest);
    plan.open_front_share = std::clamp(usual_open_front * wide, 0.64F, 0.94F);
    plan.length_known = by_chart.has_value();
    plan.along = by_chart.value_or(by_picture);
}

/// Neck and shoulder points of the garment lie on the slope of the body's shoulders; without any it holds at the chest.
void hang_on_shoulders(const GarmentLandmarks& marks, const BodyOutline& body, FitPlan& plan) {
    if (is_strapless(marks)) {
        plan.top = body.shoulder_y + strapless_below * body.unit - armpit_y(marks) * plan.along;
        return;
    }
    const float neck = 0.42F * body.unit;  // nothing lies on the slope further in
    float sum = 0;
    for (Side side : {picture_left, picture_right}) {
        const float outwards = side == picture_left ? -1.0F : 1.0F;
        for (const Point& mark : {marks.neck[side], marks.shoulder[side]}) {
            const float reach = std::max(neck, (mark.x - marks.axis_x) * plan.across * outwards);
            sum += body.slope_y(side, body.neck_x + outwards * reach) - mark.y * plan.along;
        }
    }
    plan.top = sum / 4 - 0.04F * body.unit;
}

/// A hem that would end a little above the worn one is drawn over it: a slightly longer top is seen far less than skin
/// or cloth that had to be invented. A crop top stays one.
void cover_worn_hem(const GarmentModel& garment, const WornTop& worn, float unit, FitPlan& plan) {
    plan.lengthened_from = armpit_y(garment.landmarks);
    if (!worn.hem_y || plan.length_known) return;
    const float hem = plan.row(garment.landmarks.hem_y), from = plan.row(plan.lengthened_from);
    const float wanted = *worn.hem_y + (worn.tucked ? 0.2F : 0.1F) * unit;
    if (hem >= wanted || hem - from < 0.3F * unit) return;
    const float lengthening = (wanted - from) / (hem - from);
    if (lengthening <= most_lengthening) plan.lengthening = lengthening;
}

/// A sleeve is sewn on near the tip of the shoulder, whatever the chest wants, unless the chart says where.
float shoulder_widening(const GarmentModel& garment, const PatternMesh& pattern, const BodyOutline& body,
                        const KnownLengths& known, const FitPlan& plan) {
    if (!has_sleeve(pattern)) return 1;
    const auto& shoulder = garment.landmarks.shoulder;
    const Point tips = body.shoulder[picture_right] - body.shoulder[picture_left];
    const float cut = std::max(1.0F, (shoulder[picture_right].x - shoulder[picture_left].x) * plan.across);
    if (known.shoulder) return std::clamp(*known.shoulder / cut, 0.8F, 1.3F);
    return std::clamp(1.05F * seam_share * std::hypot(tips.x, tips.y) / cut, 0.85F, 1.15F);
}

/// Whether the photo shows half the girth (laid flat) or less (worn by a ghost) needs no decision: each row is at least
/// as wide as a body of the size's girth wants it. A smaller size than the body's stays too tight.
void widen_rows(const GarmentModel& garment, const PatternMesh& pattern, const BodyOutline& body,
                const KnownLengths& known, FitPlan& plan) {
    const GarmentLandmarks& marks = garment.landmarks;
    const int rows = garment.picture.rows;
    const float shoulder = (marks.shoulder[picture_left].y + marks.shoulder[picture_right].y) / 2;
    const int chest = std::clamp(static_cast<int>(armpit_y(marks) + 0.03F * static_cast<float>(rows)), 0, rows - 1);
    plan.widening.resize(rows);
    // rounded corners of the hem are no narrow rows
    const float last =
        std::min(marks.hem[picture_left].y, marks.hem[picture_right].y) - 0.02F * static_cast<float>(rows);
    for (int y = 0; y < rows; ++y) {
        const float photo = trunk_width(pattern, std::min(static_cast<float>(y), last)) * plan.across;
        const float row = plan.row(static_cast<float>(y));
        const float shown = photo / std::max(1.0F, 2 * body.section(row).half_width * plan.girth);
        const float needed = (has_sleeve(pattern) ? ease : std::clamp(shown, least_ease, ease)) * plan.girth *
                             body.half_girth(row) / std::max(1.0F, photo);
        plan.widening[y] = std::clamp(needed, 1.0F, most_widening);
    }
    const float top =
        is_strapless(marks) ? plan.widening[chest] : shoulder_widening(garment, pattern, body, known, plan);
    for (int y = 0; y < chest; ++y)
        plan.widening[y] =
            mix(top, plan.widening[chest], smooth_step(shoulder, static_cast<float>(chest), static_cast<float>(y)));
    // A larger size is wider by the same from the chest down, by more where the body asks for it. Where the cut flares
    // that is a smaller share of its width.
    const auto width_at = [&](int y) { return trunk_width(pattern, std::min(static_cast<float>(y), last)); };
    for (int y = chest + 1; y < rows; ++y) {
        const bool skirt = plan.row(static_cast<float>(y)) > body.shoulder_y + 2.9F * body.unit;
        const float flare = std::min(1.0F, width_at(y - 1) / std::max(1.0F, width_at(y)));
        const float above = 1 + (plan.widening[y - 1] - 1) * flare;
        plan.widening[y] = std::max({plan.widening[y], above, skirt ? skirt_widening : 1.0F});
    }
    running_mean(plan.widening, std::max(1, static_cast<int>(0.03F * static_cast<float>(rows))));
    plan.depth.resize(rows);
    for (int y = 0; y < rows; ++y) {
        // what stands off the body hangs in folds and not round it
        const float shown = trunk_width(pattern, std::min(static_cast<float>(y), last)) * plan.across;
        const float looseness = shown / std::max(1.0F, 2 * body.section(plan.row(static_cast<float>(y))).half_width);
        const float round = 1 - smooth_step(least_loose, most_loose, looseness);
        plan.depth[y] = depth_of_widening(1 + (plan.widening[y] - 1) * round);
    }
}

/// How far down the arm a place of the garment near the shoulder lies; above the tip of the shoulder it is negative.
float along_arm(const GarmentModel& garment, Point place, const BodyOutline& body, Side side, const FitPlan& plan) {
    const auto& line = body.arm[side].line;
    const Point direction = line[std::min<std::size_t>(line.size() - 1, 5)].centre - line.front().centre;
    const float widening = plan.widening_at(garment.landmarks.shoulder[side].y);
    const Point laid(body.neck_x + (place.x - garment.landmarks.axis_x) * plan.across * widening, plan.row(place.y));
    return (laid - line.front().centre).dot(direction) / std::max(1.0F, std::hypot(direction.x, direction.y));
}

/// What the arm asks of one sample of the sleeve. The breadth of the hand asks nothing.
float needed_widening(const SleeveFrame& frame, std::size_t at, const Arm& arm, float wrist, Side side,
                      const FitPlan& plan) {
    constexpr float last = SleeveFrame::samples - 1;
    const float to_cuff = plan.sleeve_end[side] - plan.sleeve_start[side];
    const float along = std::min(plan.sleeve_start[side] + static_cast<float>(at) / last * to_cuff, 0.85F * wrist);
    const auto sample =
        std::find_if(arm.line.begin(), arm.line.end(), [&](const ArmSample& s) { return s.along >= along; });
    if (sample == arm.line.end()) return 1;
    const float width = std::max(1.0F, (frame.outer[at] - frame.inner[at]) * plan.across);
    return sleeve_ease * static_cast<float>(CV_PI) * sample->radius / width;
}

/// A sleeve is widened evenly, as a larger size would be; where it is half hidden beside the trunk, as far as the arm
/// asks: else its inner seam is pulled through to the arm's outer side.
void widen_sleeve(const SleeveFrame& frame, const Arm& arm, float wrist, Side side, FitPlan& plan) {
    constexpr std::size_t below_armhole = 9;
    std::vector<float> widening;
    float evenly = 1;
    for (std::size_t at = 0; at < SleeveFrame::samples; ++at) {
        widening.push_back(std::min(needed_widening(frame, at, arm, wrist, side, plan), most_sleeve_widening));
        if (at >= below_armhole && at + 2 < SleeveFrame::samples) evenly = std::max(evenly, widening.back());
    }
    evenly = std::min(evenly, most_even_widening);
    for (float& value : widening) value = std::max(value, evenly);
    running_mean(widening, 2);
    std::copy(widening.begin(), widening.end(), plan.sleeve_widening[side].begin());
    plan.sleeve_depth[side] = depth_of_widening(evenly);  // what is hidden tells nothing of how round the rest lies
}

/// Wide enough for the arm. It ends where the chart says; without one a long sleeve ends at the wrist and no other goes
/// past it.
void fit_sleeve(const GarmentModel& garment, const SleeveFrame& frame, const BodyOutline& body, Side side,
                const KnownLengths& known, FitPlan& plan) {
    const Arm& arm = body.arm[side];
    const GarmentLandmarks& marks = garment.landmarks;
    const float drawn = std::max(1.0F, frame.length * plan.along);
    // an arm that the frame cuts has no wrist: usual proportions then
    const float wrist = arm.hand_visible ? arm.wrist : std::max(arm.wrist, 3.4F * body.length_unit);
    // the sleeve's own axis begins in the middle of its seam, as deep as the armhole
    const float start = std::clamp(along_arm(garment, frame.base, body, side, plan), 0.0F, 0.9F * body.unit);
    const float to_wrist = (1.02F * wrist - start) / drawn;
    const Point seam = marks.shoulder[side] - marks.armpit[side];
    // three-quarter sleeves are long too; one that is very long for its armhole is certainly meant to reach the wrist
    const bool very_long = frame.length > 2.6F * std::hypot(seam.x, seam.y);
    const bool full = garment.sleeves == SleeveClass::long_sleeve && to_wrist < (very_long ? 1.45F : 1.15F);
    float length = full ? std::max(0.55F, to_wrist) : std::clamp(to_wrist, 0.4F, 1.0F);
    if (known.sleeve) {
        // it is measured from its seam, which usually lies on the tip of the shoulder
        const Point tips = body.shoulder[picture_right] - body.shoulder[picture_left];
        const float seam_past_tip = known.shoulder ? (*known.shoulder - std::hypot(tips.x, tips.y)) / 2 : 0.0F;
        const float end = seam_past_tip + *known.sleeve;
        length = std::clamp((std::min(end, wrist + 0.4F * body.unit) - start) / drawn, 0.4F, 1.8F);
    }
    plan.sleeve_start[side] = start;
    plan.sleeve_length[side] = length;
    plan.sleeve_end[side] = start + drawn * length;
    widen_sleeve(frame, arm, wrist, side, plan);
}

/// The neckline must pass the neck (else collars climb over the head); a flat one is wider than when it is worn.
float neck_widening(const GarmentLandmarks& marks, const FitPlan& plan, float unit) {
    const float half = (marks.neck[picture_right].x - marks.neck[picture_left].x) / 2;
    const float top = (marks.neck[picture_left].y + marks.neck[picture_right].y) / 2;
    const float depth = std::max(0.0F, marks.neck_centre.y - top);
    const float hole = std::max(0.01F, (2 * std::hypot(half, depth) + 2.1F * half) * plan.across / unit);
    return hole < 2.75F ? std::min(2.0F, 2.75F / hole) : std::clamp(3.1F / hole, 0.82F, 1.0F);
}

}  // namespace

FitPlan plan_fit(const GarmentModel& garment, const PatternMesh& pattern, const BodyOutline& body, const WornTop& worn,
                 const KnownLengths& known, float size_scale) {
    FitPlan plan;
    for (auto& widening : plan.sleeve_widening) widening.fill(1);
    plan.girth = known.girth.value_or(size_scale);
    plan.pixels_per_cm = known.pixels_per_cm.value_or(body.length_unit / usual_unit_cm);
    choose_size(garment, pattern, body, worn, known, plan);
    hang_on_shoulders(garment.landmarks, body, plan);
    cover_worn_hem(garment, worn, body.unit, plan);
    widen_rows(garment, pattern, body, known, plan);
    for (Side side : {picture_left, picture_right})
        if (pattern.sleeve[side]) fit_sleeve(garment, *pattern.sleeve[side], body, side, known, plan);
    if (!is_strapless(garment.landmarks)) plan.neck_widening = neck_widening(garment.landmarks, plan, body.unit);
    if (worn.tucked && worn.hem_y && garment.kind == GarmentClass::upper) {
        // too short to be tucked in, or as long as a kurta, it hangs over the waistband
        const float below_waist = (plan.row(garment.landmarks.hem_y) - *worn.hem_y) / body.unit;
        if (below_waist > 0.1F && below_waist < longest_tucked) {
            plan.waist_y = *worn.hem_y;
            plan.cut_row = plan.garment_row(plan.waist_y + 0.30F * body.unit);
        }
    }
    return plan;
}

}  // namespace fitview::engine
