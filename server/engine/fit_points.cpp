#include "engine/fit_points.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace fitview::engine {
namespace {

constexpr std::array<std::string_view, 33> names{
    "nose",        "left_eye_inner",  "left_eye",        "left_eye_outer", "right_eye_inner",
    "right_eye",   "right_eye_outer", "left_ear",        "right_ear",      "mouth_left",
    "mouth_right", "left_shoulder",   "right_shoulder",  "left_elbow",     "right_elbow",
    "left_wrist",  "right_wrist",     "left_pinky",      "right_pinky",    "left_index",
    "right_index", "left_thumb",      "right_thumb",     "left_hip",       "right_hip",
    "left_knee",   "right_knee",      "left_ankle",      "right_ankle",    "left_heel",
    "right_heel",  "left_foot_index", "right_foot_index"};

std::optional<Point> find(const FitPoints& fit_points, std::string_view name, cv::Size size) {
    for (const FitPoint& point : fit_points.points) {
        if (point.name != name || point.visibility < least_visibility) continue;
        if (!(point.x >= 0 && point.x <= 1 && point.y >= 0 && point.y <= 1)) continue;
        return Point(static_cast<float>(point.x * size.width), static_cast<float>(point.y * size.height));
    }
    return std::nullopt;
}

/// The wearer's left is the right of the picture.
std::string_view wearer(Side side) {
    return side == picture_left ? "right" : "left";
}

/// A pose model marks the joint; the tip of the shoulder lies further out and a little higher. A tip that was measured
/// near it is kept: it is the more exact of the two.
void move_shoulder(const Point& joint, Side side, PersonLandmarks& marks) {
    const float outwards = side == picture_left ? -1.0F : 1.0F;
    const Point tip = joint + Point(outwards * 0.22F * marks.unit, -0.12F * marks.unit);
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
    person.labels.setTo(stroke.kind == FitStroke::Kind::keep_in_front ? label_hair : label_upper, drawn);
}

}  // namespace

bool is_fit_point_name(std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

void apply_fit_points(const FitPoints& fit_points, PersonModel& person) {
    PersonLandmarks& marks = person.landmarks;
    const cv::Size size = person.picture.size();
    for (Side side : {picture_left, picture_right}) {
        const auto named = [&](const char* joint) { return find(fit_points, std::string(wearer(side)) + joint, size); };
        const auto shoulder = named("_shoulder"), elbow = named("_elbow"), wrist = named("_wrist");
        if (shoulder) move_shoulder(*shoulder, side, marks);
        if (elbow && wrist)
            lay_arm(shoulder.value_or(marks.shoulder[side]), *elbow, *wrist, marks.unit, size, marks.arm[side]);
    }
    for (const FitStroke& stroke : fit_points.strokes) apply_stroke(stroke, person);
}

}  // namespace fitview::engine
