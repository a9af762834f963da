#include "engine/drape/body_outline.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/drape/vector3.hpp"
#include "engine/ops/running_mean.hpp"
#include "engine/person/shoulder_line.hpp"

namespace fitview::engine {
namespace {

constexpr float below_frame = 3;          // units the body goes on below the picture
constexpr float usual_height = 10.5F;     // units
constexpr float arm_spacing = 0.12F;      // units
constexpr float usual_arm_length = 4.4F;  // units, shoulder to fingertips

/// u from the body's height when the whole body is in the frame.
float length_unit_of(const PersonModel& person, float unit) {
    if (!person.landmarks.feet_visible) return unit;
    const cv::Rect box = cv::boundingRect(person.silhouette > 127);
    const float from_height = static_cast<float>(box.height) / usual_height;
    return from_height > 0.75F * unit && from_height < 1.3F * unit ? from_height : unit;
}

void measure_trunk(const PersonLandmarks& landmarks, int picture_rows, BodyOutline& outline) {
    const float u = outline.unit;
    const int rows = picture_rows + static_cast<int>(below_frame * u);
    const int last = static_cast<int>(landmarks.trunk.size()) - 1;
    std::vector<float> left(rows), right(rows);
    for (int y = 0; y < rows; ++y) {
        TrunkRow row{outline.neck_x - 0.95F * u, outline.neck_x + 0.95F * u};
        if (last >= 0) row = landmarks.trunk[std::clamp(y - landmarks.trunk_top, 0, last)];
        left[y] = row.left;
        right[y] = std::max(row.right, row.left + 0.6F * u);
    }
    const int radius = std::max(1, static_cast<int>(0.06F * u));
    running_mean(left, radius);
    running_mean(right, radius);
    outline.trunk.resize(rows);
    for (int y = 0; y < rows; ++y) {
        const float half = (right[y] - left[y]) / 2, t = (static_cast<float>(y) - outline.shoulder_y) / u;
        // a chest is rounder than shoulders, hips are rounder than a chest
        const float share = mix(mix(0.66F, 0.68F, smooth_step(1.2F, 2, t)), 0.72F, smooth_step(2.4F, 3.2F, t));
        outline.trunk[y] = {(left[y] + right[y]) / 2, half, mix(0.30F * u, share * half, smooth_step(0, 0.85F, t))};
    }
}

void measure_legs(const PersonLandmarks& landmarks, BodyOutline& outline) {
    const float u = outline.unit;
    const int rows = static_cast<int>(outline.trunk.size());
    for (auto& leg : outline.legs) leg.assign(rows, {0, -1});
    if (!landmarks.crotch_y || landmarks.legs.empty()) return;
    outline.crotch_y = std::max(*landmarks.crotch_y, outline.shoulder_y + 2 * u);
    for (std::size_t i = 0; i < landmarks.legs.size(); ++i) {
        const int first = std::max(0, static_cast<int>(landmarks.legs[i].y));
        const int next = i + 1 < landmarks.legs.size() ? static_cast<int>(landmarks.legs[i + 1].y) : first + 4;
        for (int y = first; y < std::min(next, rows); ++y)
            for (Side side : {picture_left, picture_right}) outline.legs[side][y] = landmarks.legs[i].legs[side];
    }
    // feet stand out from the legs, but cloth falls in front of them
    if (landmarks.feet_visible && !landmarks.legs.empty()) {
        constexpr float ankle = 0.66F;  // units above the floor
        const int from = std::clamp(static_cast<int>(landmarks.legs.back().y - ankle * u), 1, rows - 1);
        for (auto& leg : outline.legs)
            for (int y = from; y < rows; ++y) leg[y] = leg[from - 1];
    }
    // the trunk's depth runs out into the thighs
    const TrunkRow& thigh = outline.leg(picture_left, *outline.crotch_y + 0.3F * u);
    const float radius = thigh.right > thigh.left ? (thigh.right - thigh.left) / 2 : 0.5F * u;
    for (int y = std::max(0, static_cast<int>(*outline.crotch_y - u)); y < rows; ++y) {
        const float t = smooth_step(*outline.crotch_y - 0.9F * u, *outline.crotch_y + 0.15F * u, static_cast<float>(y));
        outline.trunk[y].half_depth = mix(outline.trunk[y].half_depth, 1.2F * radius, t);
    }
}

/// What the picture shows of a shoulder, as far as a shoulder can be so.
std::vector<Point> slope_of(const PersonLandmarks& landmarks, const BodyOutline& outline, Side side) {
    const float outwards = side == picture_left ? -1.0F : 1.0F;
    BodyOutline measured;
    measured.neck_x = outline.neck_x;
    measured.shoulder_slope[side] = landmarks.shoulder_slope[side];
    const bool known = landmarks.shoulder_slope[side].size() >= 2;
    return believable_slope(outline.neck_x + outwards * 0.40F * outline.unit, outline.shoulder[side], outline.unit,
                            [&](float x) { return known ? std::optional(measured.slope_y(side, x)) : std::nullopt; });
}

Arm usual_arm(const BodyOutline& outline, Side side) {
    const float u = outline.unit, outwards = side == picture_left ? -1.0F : 1.0F;
    Arm arm;
    for (float along : {0.0F, usual_arm_length * u})
        arm.line.push_back({outline.shoulder[side] + Point(outwards * (0.05F * along - 0.22F * u), along),
                            mix(0.26F, 0.16F, along / (usual_arm_length * u)) * u, along});
    arm.elbow = 0.42F * usual_arm_length * u;
    arm.wrist = 0.8F * usual_arm_length * u;
    return arm;
}

/// The same line with even spacing, so that cones and sleeves see the same arm whatever the parser's samples were.
Arm resample(const Arm& arm, float spacing) {
    Arm result = arm;
    result.line.clear();
    const float end = arm.line.back().along;
    const int count = std::clamp(static_cast<int>(end / spacing), 1, 80);
    std::size_t next = 1;
    for (int i = 0; i <= count; ++i) {
        const float along = end * static_cast<float>(i) / static_cast<float>(count);
        while (next + 1 < arm.line.size() && arm.line[next].along < along) ++next;
        const ArmSample &a = arm.line[next - 1], &b = arm.line[next];
        const float t = std::clamp((along - a.along) / std::max(1e-3F, b.along - a.along), 0.0F, 1.0F);
        result.line.push_back({a.centre + (b.centre - a.centre) * t, mix(a.radius, b.radius, t), along});
    }
    return result;
}

bool believable(const Arm& arm, float unit) {
    return arm.line.size() >= 2 && arm.line.back().along > 0.5F * unit && arm.line.back().along < 12 * unit;
}

}  // namespace

const TrunkSection& BodyOutline::section(float y) const {
    return trunk[static_cast<std::size_t>(std::clamp(y, 0.0F, static_cast<float>(trunk.size() - 1)))];
}

const TrunkRow& BodyOutline::leg(Side side, float y) const {
    return legs[side][static_cast<std::size_t>(std::clamp(y, 0.0F, static_cast<float>(legs[side].size() - 1)))];
}

float BodyOutline::half_girth(float y) const {
    const TrunkSection& s = section(y);
    const float a = s.half_width, b = s.half_depth, q = (a - b) * (a - b) / ((a + b) * (a + b));
    return 0.5F * static_cast<float>(CV_PI) * (a + b) * (1 + 3 * q / (10 + std::sqrt(4 - 3 * q)));
}

float BodyOutline::slope_y(Side side, float x) const {
    const std::vector<Point>& slope = shoulder_slope[side];
    const float outwards = side == picture_left ? -1.0F : 1.0F, wanted = (x - neck_x) * outwards;
    for (std::size_t i = 0; i + 1 < slope.size(); ++i) {
        const float a = (slope[i].x - neck_x) * outwards, b = (slope[i + 1].x - neck_x) * outwards;
        if (std::abs(b - a) > 1e-3F && wanted >= std::min(a, b) && wanted <= std::max(a, b))
            return mix(slope[i].y, slope[i + 1].y, (wanted - a) / (b - a));
    }
    return wanted < (slope.front().x - neck_x) * outwards ? slope.front().y : slope.back().y;
}

BodyOutline measure_outline(const PersonModel& person) {
    const PersonLandmarks& landmarks = person.landmarks;
    const auto width = static_cast<float>(person.picture.cols), height = static_cast<float>(person.picture.rows);
    BodyOutline outline;
    outline.unit = std::clamp(landmarks.unit, 0.02F * height, 0.5F * std::min(width, height));
    outline.length_unit = length_unit_of(person, outline.unit);
    outline.shoulder_y = std::clamp(landmarks.shoulder_y, 0.0F, height);
    outline.chin_y = std::clamp(landmarks.chin_y, outline.shoulder_y - 1.5F * outline.unit, outline.shoulder_y);
    outline.neck_x = std::clamp(landmarks.neck_x, 0.0F, width);
    for (Side side : {picture_left, picture_right}) {
        const float outwards = side == picture_left ? -1.0F : 1.0F;
        const float reach = (landmarks.shoulder[side].x - outline.neck_x) * outwards;
        outline.shoulder[side] = {outline.neck_x + outwards * std::clamp(reach, 0.6F * outline.unit, 2 * outline.unit),
                                  std::clamp(landmarks.shoulder[side].y, outline.shoulder_y - outline.unit,
                                             outline.shoulder_y + outline.unit)};
        outline.shoulder_slope[side] = slope_of(landmarks, outline, side);
        const Arm& arm = landmarks.arm[side];
        outline.arm[side] =
            resample(believable(arm, outline.unit) ? arm : usual_arm(outline, side), arm_spacing * outline.unit);
    }
    measure_trunk(landmarks, person.picture.rows, outline);
    measure_legs(landmarks, outline);
    return outline;
}

}  // namespace fitview::engine
