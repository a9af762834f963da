#include "engine/fit_points.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "engine/garment/judge_garment.hpp"
#include "engine/person/person_findings.hpp"
#include "reflect/members.hpp"

namespace fitview::engine {
namespace {

std::optional<Point> find(const FitPoints& fit_points, BodyPoint name, cv::Size size) {
    for (const FitPoint& point : fit_points.points) {
        if (point.name != name || point.visibility < least_visibility) continue;
        if (!(point.x >= 0 && point.x <= 1 && point.y >= 0 && point.y <= 1)) continue;
        return Point(static_cast<float>(point.x * size.width), static_cast<float>(point.y * size.height));
    }
    return std::nullopt;
}

/// The joints of the arm on each side of the PICTURE: the wearer's left is the right of it.
struct ArmNames {
    BodyPoint shoulder;
    BodyPoint elbow;
    BodyPoint wrist;
};
constexpr ArmNames arm_names(int side) {
    if (side == picture_left) return {BodyPoint::right_shoulder, BodyPoint::right_elbow, BodyPoint::right_wrist};
    return {BodyPoint::left_shoulder, BodyPoint::left_elbow, BodyPoint::left_wrist};
}

/// From the joint a pose model marks to the tip of the shoulder, which lies further out and a little higher.
Point joint_to_tip(int side, float unit) {
    const float outwards = side == picture_left ? -1.0F : 1.0F;
    return {outwards * 0.22F * unit, -0.12F * unit};
}

/// A tip that was measured near the point is kept: it is the more exact of the two.
void move_shoulder(const Point& joint, Side side, PersonLandmarks& marks) {
    const Point tip = joint + joint_to_tip(side, marks.unit);
    const Point away = tip - marks.shoulder[side];
    if (marks.shoulder_measured[side] && std::hypot(away.x, away.y) < 0.35F * marks.unit) return;
    marks.shoulder[side] = tip;
    marks.shoulder_measured[side] = true;
    marks.shoulder_slope[side].clear();
}

float radius_at(const Arm& arm, float share, float unit) {
    const float usual = (0.25F - 0.10F * share) * unit;
    if (!arm.measured || arm.line.size() < 2) return usual;
    const float along = share * arm.line.back().along;
    const auto sample =
        std::find_if(arm.line.begin(), arm.line.end(), [&](const ArmSample& s) { return s.along >= along; });
    return sample == arm.line.end() ? usual : std::clamp(sample->radius, 0.5F * usual, 1.6F * usual);
}

void lay_arm(const Point& shoulder, const Point& elbow, const Point& wrist, float unit, cv::Size size, Arm& arm) {
    constexpr int steps = 12;
    const Point upper = elbow - shoulder, fore = wrist - elbow;
    const float upper_length = std::hypot(upper.x, upper.y), fore_length = std::hypot(fore.x, fore.y);
    if (upper_length < 0.2F * unit || fore_length < 0.2F * unit) return;
    const float hand = 0.9F * unit, whole = upper_length + fore_length + hand;
    Arm laid;
    for (int i = 0; i <= steps; ++i) {
        const float along = whole * static_cast<float>(i) / steps;
        const Point place = along < upper_length ? shoulder + upper * (along / upper_length)
                                                 : elbow + fore * ((along - upper_length) / fore_length);
        if (!cv::Rect({}, size).contains(cv::Point(cvRound(place.x), cvRound(place.y)))) break;
        laid.line.push_back({place, radius_at(arm, along / whole, unit), along});
    }
    if (laid.line.size() < 2) return;
    laid.elbow = upper_length;
    laid.hand_visible = laid.line.size() == steps + 1;
    laid.wrist = std::min(upper_length + fore_length, laid.line.back().along);
    laid.measured = true;
    laid.confidence = 1;
    arm = std::move(laid);
}

/// The joints of one leg, from the hip down.
using LegJoints = std::array<Point, 3>;

std::optional<LegJoints> find_leg(const FitPoints& fit_points, Side side, cv::Size size) {
    const int right = side == picture_left ? 1 : 0;  // the wearer's
    LegJoints joints;
    for (std::size_t at = 0; at < joints.size(); ++at) {
        const auto place =
            find(fit_points, static_cast<BodyPoint>(BodyPoint::left_hip + 2 * static_cast<int>(at) + right), size);
        if (!place) return std::nullopt;
        joints[at] = *place;
    }
    if (joints[1].y <= joints[0].y || joints[2].y <= joints[1].y) return std::nullopt;  // no standing leg
    return joints;
}

float centre_of(const LegJoints& joints, float y) {
    const std::size_t part = y < joints[1].y ? 0 : 1;
    const Point from = joints[part], to = joints[part + 1];
    return from.x + (to.x - from.x) * std::clamp((y - from.y) / (to.y - from.y), 0.0F, 1.0F);
}

/// Legs as people have them along the joints of both sides.
void lay_legs(const Sided<LegJoints>& joints, PersonLandmarks& marks) {
    constexpr float crotch_below_hips = 0.35F, thigh = 0.52F, ankle = 0.22F;  // units
    const float hips = (joints[picture_left][0].y + joints[picture_right][0].y) / 2;
    const float ankles = (joints[picture_left][2].y + joints[picture_right][2].y) / 2;
    const float crotch = hips + crotch_below_hips * marks.unit;
    marks.crotch_y = crotch;
    marks.legs.clear();
    for (float y = crotch + 1; y < ankles; ++y) {
        const float share = (y - crotch) / std::max(1.0F, ankles - crotch);
        const float radius = (thigh + (ankle - thigh) * share) * marks.unit;
        LegRow row{y, {}};
        for (const Side side : {picture_left, picture_right}) {
            const float centre = centre_of(joints[side], y);
            row.legs[side] = {centre - radius, centre + radius};
        }
        const float middle = (row.legs[picture_left].right + row.legs[picture_right].left) / 2;
        if (row.legs[picture_left].right > middle) row.legs[picture_left].right = row.legs[picture_right].left = middle;
        marks.legs.push_back(row);
    }
}

void apply_stroke(const FitStroke& stroke, PersonModel& person) {
    const cv::Size size = person.labels.size();
    const auto place = [&](const FitStroke::Place& p) {
        const auto inside = [](double v) { return std::isfinite(v) ? std::clamp(v, -0.5, 1.5) : 0; };
        return cv::Point(cvRound(inside(p.x) * size.width), cvRound(inside(p.y) * size.height));
    };
    cv::Mat drawn(size, CV_8U, cv::Scalar(0));
    const double longer = std::max(size.width, size.height);
    const int thickness = std::clamp(cvRound(stroke.width * longer), 1, cvRound(longer / 2));
    for (std::size_t i = 0; i < stroke.points.size(); ++i)
        cv::line(drawn, place(stroke.points[i > 0 ? i - 1 : 0]), place(stroke.points[i]), 255, thickness);
    // hair is what always stays in front
    person.labels.setTo(stroke.kind == StrokeKind::keep_in_front ? label_hair : label_upper, drawn);
}

Point place_along(const Arm& arm, float along) {
    const auto next =
        std::find_if(arm.line.begin(), arm.line.end(), [&](const ArmSample& sample) { return sample.along >= along; });
    if (next == arm.line.end()) return arm.line.back().centre;
    if (next == arm.line.begin()) return next->centre;
    const ArmSample& before = *(next - 1);
    const float share = (along - before.along) / std::max(next->along - before.along, 1e-3F);
    return before.centre + (next->centre - before.centre) * share;
}

template <class Name>
void add_inside(Name name, const Point& place, cv::Size size, double confidence, std::vector<FoundPoint<Name>>& found) {
    constexpr double thousands = 10'000;  // finer than a pixel of any working picture
    const double x = std::round(place.x / size.width * thousands) / thousands;
    const double y = std::round(place.y / size.height * thousands) / thousands;
    if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) return;
    found.push_back({name, x, y, std::round(std::clamp(confidence, 0.0, 1.0) * 100) / 100});
}

/// The landmark of that name; nothing for a cuff of a sleeve the garment does not have.
Point* landmark_of(GarmentLandmarks& marks, GarmentPoint name) {
    // The wearer's left is the right of the picture.
    constexpr int left = picture_right, right = picture_left;
    const auto cuff = [&](int side, Point Sleeve::*corner) {
        return marks.sleeve[side] ? &((*marks.sleeve[side]).*corner) : nullptr;
    };
    switch (name) {
        case GarmentPoint::left_neck:
            return &marks.neck[left];
        case GarmentPoint::right_neck:
            return &marks.neck[right];
        case GarmentPoint::neck_centre:
            return &marks.neck_centre;
        case GarmentPoint::left_shoulder:
            return &marks.shoulder[left];
        case GarmentPoint::right_shoulder:
            return &marks.shoulder[right];
        case GarmentPoint::left_armpit:
            return &marks.armpit[left];
        case GarmentPoint::right_armpit:
            return &marks.armpit[right];
        case GarmentPoint::left_cuff_outer:
            return cuff(left, &Sleeve::cuff_outer);
        case GarmentPoint::left_cuff_inner:
            return cuff(left, &Sleeve::cuff_inner);
        case GarmentPoint::right_cuff_outer:
            return cuff(right, &Sleeve::cuff_outer);
        case GarmentPoint::right_cuff_inner:
            return cuff(right, &Sleeve::cuff_inner);
        case GarmentPoint::left_hem:
            return &marks.hem[left];
        case GarmentPoint::right_hem:
            return &marks.hem[right];
    }
    return nullptr;
}

}  // namespace

void apply_fit_points(const FitPoints& fit_points, PersonModel& person) {
    PersonLandmarks& marks = person.landmarks;
    const cv::Size size = person.picture.size();
    for (Side side : {picture_left, picture_right}) {
        const ArmNames names = arm_names(side);
        const auto shoulder = find(fit_points, names.shoulder, size);
        const auto elbow = find(fit_points, names.elbow, size), wrist = find(fit_points, names.wrist, size);
        if (shoulder) move_shoulder(*shoulder, side, marks);
        if (elbow && wrist)
            lay_arm(shoulder.value_or(marks.shoulder[side]), *elbow, *wrist, marks.unit, size, marks.arm[side]);
    }
    const auto left = find_leg(fit_points, picture_left, size), right = find_leg(fit_points, picture_right, size);
    if (left && right) lay_legs({*left, *right}, marks);
    if (!fit_points.points.empty()) judge_corrected(marks, person.findings);
    for (const FitStroke& stroke : fit_points.strokes) apply_stroke(stroke, person);
}

void apply_fit_points(const GarmentFitPoints& fit_points, GarmentModel& garment) {
    const cv::Size size = garment.picture.size();
    for (const GarmentPointDocument& point : fit_points.points) {
        if (Point* mark = landmark_of(garment.landmarks, point.name))
            *mark = Point(static_cast<float>(point.x * size.width), static_cast<float>(point.y * size.height));
    }
    judge_corrected(fit_points, garment.findings);
}

std::vector<FoundPoint<BodyPoint>> found_points(const PersonModel& person) {
    const PersonLandmarks& marks = person.landmarks;
    std::vector<FoundPoint<BodyPoint>> found;
    const auto add = [&](BodyPoint name, const Point& place, double confidence) {
        add_inside(name, place, person.picture.size(), confidence, found);
    };
    if (marks.face)
        add(BodyPoint::nose, {marks.face->x + marks.face->width / 2, marks.face->y + marks.face->height * 0.6F}, 0.8);
    for (int side : {picture_left, picture_right}) {
        const ArmNames names = arm_names(side);
        const Arm& arm = marks.arm[side];
        if (marks.unit > 0)
            add(names.shoulder, marks.shoulder[side] - joint_to_tip(side, marks.unit),
                marks.shoulder_measured[side] ? 0.9 : 0.4);
        if (arm.line.size() < 2) continue;
        add(names.elbow, place_along(arm, arm.elbow), arm.confidence);
        if (arm.hand_visible) add(names.wrist, place_along(arm, arm.wrist), arm.confidence);
    }
    std::sort(found.begin(), found.end(), [](const auto& one, const auto& other) { return one.name < other.name; });
    return found;
}

std::vector<FoundPoint<GarmentPoint>> found_points(const GarmentModel& garment) {
    std::vector<FoundPoint<GarmentPoint>> found;
    if (garment.outline[picture_left].empty()) return found;  // nothing was cut out
    GarmentLandmarks marks = garment.landmarks;
    for (const std::string_view name : reflect::enum_names<GarmentPoint>()) {
        const auto point = *reflect::enum_from<GarmentPoint>(name);
        if (const Point* mark = landmark_of(marks, point))
            add_inside(point, *mark, garment.picture.size(), garment.cutout_score, found);
    }
    return found;
}

}  // namespace fitview::engine
