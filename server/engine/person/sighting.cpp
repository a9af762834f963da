#include "engine/person/sighting.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/person/masks.hpp"

namespace fitview::engine {
namespace {

// In units, means over many photos.
constexpr float between_ears = 0.69F;
constexpr float eyes_to_mouth = 0.385F;
constexpr float between_shoulders = 1.77F;
constexpr float shoulders_to_hips = 2.65F;
constexpr float tip_outwards = 0.22F;
constexpr float tip_upwards = 0.07F;
/// Masks that overlap less do not show the same person; the body's own points are then all there is.
constexpr float least_agreement = 0.5F;

float length(Point span) {
    return std::hypot(span.x, span.y);
}

Point middle(const PoseLandmarks& pose, BodyPoint one, BodyPoint other) {
    return (pose[one].place + pose[other].place) * 0.5F;
}

cv::Mat resized(const cv::Mat& plane, cv::Size size) {
    cv::Mat result;
    cv::resize(plane, result, size, 0, 0, cv::INTER_LINEAR);
    return result;
}

/// Takes out of `person` whoever is not the one the pose is of.
void keep_own_part(const cv::Mat& own, Sighting& sighting) {
    const cv::Mat all = sighting.person > 0.5;
    const cv::Mat mask = own > 0.5;
    const int reach = 2 * static_cast<int>(0.04 * std::max(own.cols, own.rows)) + 1;
    const cv::Mat near = dilated(own > 0.2, reach);
    const double total = std::max(1, cv::countNonZero(mask | (all & near)));
    sighting.agreement = static_cast<float>(cv::countNonZero(mask & all) / total);
    sighting.others = static_cast<float>(cv::countNonZero(all & ~near) / total);
    sighting.person.setTo(0, ~near);
    if (sighting.agreement < least_agreement) sighting.person.release();
}

/// Whether these can be the joints of somebody in the picture, large enough to be dressed. Those sent from outside may
/// be anything.
bool believable(const Sighting& sighting, cv::Size size) {
    const float share = sighting.unit() / static_cast<float>(std::max(size.width, size.height));
    if (!(share > 0.015F && share < 0.5F)) return false;
    const cv::Rect2f inside(0, 0, static_cast<float>(size.width), static_cast<float>(size.height));
    return inside.contains(middle(sighting.pose, left_shoulder, right_shoulder));
}

}  // namespace

float Sighting::unit() const {
    const Point shoulders = middle(pose, left_shoulder, right_shoulder);
    // Turning shortens what lies across, bending what lies along; whatever is long is seen in full.
    const float across = length(pose[left_shoulder].place - pose[right_shoulder].place) / between_shoulders;
    const float along = length(middle(pose, left_hip, right_hip) - shoulders) / shoulders_to_hips;
    const float body = std::max(across, along);
    if (!head_inside()) return body;
    const float ears = length(pose[left_ear].place - pose[right_ear].place) / between_ears;
    const float face =
        length(middle(pose, mouth_left, mouth_right) - middle(pose, left_eye, right_eye)) / eyes_to_mouth;
    return 0.5F * (std::max(ears, face) + body);
}

bool Sighting::head_inside() const {
    return pose[nose].place.y > 0 && pose[left_eye].place.y > 0 && pose[right_eye].place.y > 0 &&
           pose[nose].visibility > 0.5F;
}

Face Sighting::face() const {
    const Point eyes = middle(pose, left_eye, right_eye);
    const Point mouth = middle(pose, mouth_left, mouth_right);
    const float size = unit();
    const float chin = mouth.y + 0.65F * (mouth.y - eyes.y);
    const float column = 0.5F * (pose[nose].place.x + 0.5F * (eyes.x + mouth.x));
    Face face;
    face.unit = size;
    face.box = {column - size / 2, chin - 1.02F * size, size, size};
    face.view = FaceView::tilted;
    return face;
}

cv::Rect Sighting::head_area() const {
    const Face guess = face();
    const Point centre = (guess.box.tl() + guess.box.br()) * 0.5F;
    const float reach = 1.25F * guess.unit;
    return {cv::Point(cvRound(centre.x - reach), cvRound(centre.y - reach)),
            cv::Point(cvRound(centre.x + reach), cvRound(centre.y + reach))};
}

Point Sighting::shoulder_tip(Side side, float unit) const {
    const Side other = side == picture_left ? picture_right : picture_left;
    const Point joint = pose.on(side, left_shoulder).place;
    const Point across = joint - pose.on(other, left_shoulder).place;
    const Point outwards = across * (1 / std::max(1e-3F, length(across)));
    // Seen from the side the tip lies in front of the joint or behind it.
    const float frontal = std::min(1.0F, length(across) / (between_shoulders * unit));
    return joint + outwards * (tip_outwards * unit * frontal) - Point(0, tip_upwards * unit);
}

cv::Mat Sighting::certain_body() const {
    cv::Mat body = cv::Mat::zeros(person.size(), CV_8UC1);
    const auto pixel = [&](BodyPoint point) {
        return cv::Point(cvRound(pose[point].place.x), cvRound(pose[point].place.y));
    };
    const std::array trunk{pixel(left_shoulder), pixel(right_shoulder), pixel(right_hip), pixel(left_hip)};
    cv::fillConvexPoly(body, trunk.data(), static_cast<int>(trunk.size()), cv::Scalar(255));
    const float size = unit();
    const auto limb = [&](BodyPoint from, BodyPoint to, float thickness) {
        if (pose[from].visibility < 0.5F || pose[to].visibility < 0.5F) return;
        cv::line(body, pixel(from), pixel(to), cv::Scalar(255), std::max(1, cvRound(thickness * size)));
    };
    for (const int side : {0, 1}) {
        const auto joint = [&](BodyPoint of_left) { return static_cast<BodyPoint>(of_left + side); };
        limb(joint(left_shoulder), joint(left_elbow), 0.15F);
        limb(joint(left_elbow), joint(left_wrist), 0.12F);
        limb(joint(left_hip), joint(left_knee), 0.3F);
        limb(joint(left_knee), joint(left_ankle), 0.2F);
    }
    return body;
}

float Sighting::frontal() const {
    const float trunk = length(middle(pose, left_hip, right_hip) - middle(pose, left_shoulder, right_shoulder));
    const float across = length(pose[left_shoulder].place - pose[right_shoulder].place);
    const bool behind = pose[left_shoulder].place.x < pose[right_shoulder].place.x;
    return (behind ? -1.0F : 1.0F) * across / std::max(1e-3F, trunk) * (shoulders_to_hips / between_shoulders);
}

float Sighting::standing() const {
    const Point hips = middle(pose, left_hip, right_hip);
    const float trunk = length(hips - middle(pose, left_shoulder, right_shoulder));
    return (middle(pose, left_knee, right_knee).y - hips.y) / std::max(1e-3F, trunk);
}

std::optional<Sighting> look_at_person(const WorkingPicture& picture, const PersonSight& sight) {
    if (!sight.pose) return std::nullopt;
    std::optional<PoseEstimate> found = sight.pose->find_pose(picture.picture);
    if (!found) return std::nullopt;
    Sighting sighting;
    sighting.pose = scaled(found->landmarks, picture.scale);
    const cv::Size size = picture.small.size();
    if (!believable(sighting, size)) return std::nullopt;
    if (sight.parser) sighting.person = resized(sight.parser->find_person(picture.picture), size);
    if (found->mask.empty()) return sighting;
    const cv::Mat own = resized(found->mask, size);
    if (sighting.person.empty())
        sighting.person = own;
    else
        keep_own_part(own, sighting);
    return sighting;
}

}  // namespace fitview::engine
