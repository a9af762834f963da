#include "engine/render/front_layers.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>

#include "engine/render/worn_collar.hpp"

namespace fitview::engine {
namespace {

bool outside_trunk(const PersonLandmarks& landmarks, int x, int y) {
    if (landmarks.trunk.empty()) return true;
    const int last = static_cast<int>(landmarks.trunk.size()) - 1;
    const TrunkRow& row = landmarks.trunk[std::clamp(y - landmarks.trunk_top, 0, last)];
    return static_cast<float>(x) < row.left || static_cast<float>(x) > row.right;
}

/// Compact pieces of skin below the chest where an arm ends, not the open front of the trunk: hands lying on the body.
void add_hands_before_body(const PersonModel& person, cv::Mat& arms) {
    const PersonLandmarks& landmarks = person.landmarks;
    const float u = landmarks.unit;
    const int top = std::clamp(static_cast<int>(landmarks.shoulder_y + 1.25F * u), 0, person.labels.rows);
    cv::Mat skin = person.labels == label_skin;
    skin.rowRange(0, top).setTo(0);
    cv::Mat reach(skin.size(), CV_8U, cv::Scalar(0));
    for (const Arm& arm : landmarks.arm) draw_arm_tube(arm, arm.elbow, 1e9F, 0.35F * u, 255, reach);
    cv::Mat pieces, boxes, centres;
    const int count = cv::connectedComponentsWithStats(skin, pieces, boxes, centres, 8);
    std::vector<bool> compact(static_cast<std::size_t>(count), false), hand(static_cast<std::size_t>(count), false);
    for (int i = 1; i < count; ++i) {
        const int width = boxes.at<int>(i, cv::CC_STAT_WIDTH), area = boxes.at<int>(i, cv::CC_STAT_AREA);
        compact[i] = static_cast<float>(area) > 0.12F * u * u && static_cast<float>(width) < 1.1F * u;
    }
    for (int y = top; y < skin.rows; ++y)
        for (int x = 0; x < skin.cols; ++x)
            if (reach.at<std::uint8_t>(y, x) > 0 && compact[pieces.at<int>(y, x)]) hand[pieces.at<int>(y, x)] = true;
    for (int y = top; y < skin.rows; ++y)
        for (int x = 0; x < skin.cols; ++x)
            if (hand[pieces.at<int>(y, x)]) arms.at<std::uint8_t>(y, x) = 255;
}

/// Whether the worn top has a sleeve on this arm below the armpit.
bool has_old_sleeve(const PersonModel& person, const Arm& arm) {
    cv::Mat tube(person.picture.size(), CV_8U, cv::Scalar(0));
    draw_arm_tube(arm, 0.9F * person.landmarks.unit, 1e9F, 0, 255, tube);
    const int cloth = cv::countNonZero(tube & (person.labels == label_upper));
    const int skin = cv::countNonZero(tube & (person.labels == label_skin));
    return cloth > 0.35 * (cloth + skin);
}

}  // namespace

void draw_arm_tube(const Arm& arm, float from_along, float to_along, float margin, std::uint8_t value, cv::Mat& plane) {
    constexpr int shift = 3;
    const auto fixed = [](const Point& p) {
        return cv::Point(cvRound(p.x * (1 << shift)), cvRound(p.y * (1 << shift)));
    };
    for (std::size_t i = 0; i + 1 < arm.line.size(); ++i) {
        const ArmSample &a = arm.line[i], &b = arm.line[i + 1];
        if (b.along < from_along || a.along > to_along) continue;
        const int thickness = std::clamp(cvRound(a.radius + b.radius + 2 * margin), 1, 2000);
        cv::line(plane, fixed(a.centre), fixed(b.centre), value, thickness, cv::LINE_8, shift);
    }
}

cv::Mat hair_and_face(const PersonModel& person) {
    cv::Mat front = head_hair(person);
    if (person.landmarks.face) {
        const cv::Rect2f& face = *person.landmarks.face;
        cv::Mat oval(front.size(), CV_8U, cv::Scalar(0));
        cv::ellipse(oval, cv::Point2f(face.x + face.width / 2, face.y + 0.52F * face.height),
                    cv::Size(cvRound(0.55F * face.width), cvRound(0.60F * face.height)), 0, 0, 360, 255, cv::FILLED);
        front |= oval & (person.silhouette > 127);
    }
    cv::GaussianBlur(front, front, {}, 0.9);
    return front;
}

cv::Mat arms_and_hands(const PersonModel& person) {
    const PersonLandmarks& landmarks = person.landmarks;
    const float u = landmarks.unit;
    // above this an arm and its shoulder are one: cloth lies on both
    cv::Mat arms(person.picture.size(), CV_8U, cv::Scalar(0));
    constexpr std::uint8_t bare_arm = 128, sleeved_arm = 255;
    for (const Arm& arm : landmarks.arm)
        draw_arm_tube(arm, 0.9F * u, 1e9F, 0.06F * u, has_old_sleeve(person, arm) ? sleeved_arm : bare_arm, arms);
    for (int y = 0; y < arms.rows; ++y) {
        auto* row = arms.ptr<std::uint8_t>(y);
        const auto* label = person.labels.ptr<std::uint8_t>(y);
        for (int x = 0; x < arms.cols; ++x) {
            if (row[x] == 0) continue;
            const bool bare = label[x] == label_skin;
            const bool old_sleeve = row[x] == sleeved_arm && label[x] == label_upper && outside_trunk(landmarks, x, y);
            row[x] = bare || old_sleeve ? 255 : 0;
        }
    }
    add_hands_before_body(person, arms);
    return arms;
}

}  // namespace fitview::engine
