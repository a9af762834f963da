#include "engine/render/bare_skin.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "engine/render/continue_colours.hpp"

namespace fitview::engine {
namespace {

const cv::Scalar usual_skin(205, 170, 150);
constexpr int enough_skin = 200;  // px
constexpr float cuff = 0.25F;     // units below a sleeve's end where its hem may still stand off the arm

cv::Scalar median_colour(const cv::Mat& picture, const cv::Mat& where) {
    std::array<std::array<int, 256>, 3> counts{};
    int total = 0;
    for (int y = 0; y < picture.rows; ++y)
        for (int x = 0; x < picture.cols; ++x) {
            if (where.at<std::uint8_t>(y, x) == 0) continue;
            ++total;
            for (int c = 0; c < 3; ++c) ++counts[c][picture.at<cv::Vec3b>(y, x)[c]];
        }
    cv::Scalar median = usual_skin;
    for (int c = 0; c < 3 && total > 0; ++c) {
        int below = 0, value = 0;
        while ((below += counts[c][value]) * 2 < total) ++value;
        median[c] = value;
    }
    return median;
}

/// Leaves out what was taken for skin but has another colour: red cloth, hair, the shade under a sleeve's hem.
cv::Mat without_other_colours(const cv::Mat& picture, const cv::Mat& skin) {
    constexpr int zero = 128;  // of both hue axes in 8 bits
    cv::Mat lab, fitting;
    cv::cvtColor(picture, lab, cv::COLOR_RGB2Lab);
    cv::inRange(lab, cv::Scalar(20, zero, zero), cv::Scalar(255, zero + 30, zero + 42), fitting);
    fitting &= skin;
    if (cv::countNonZero(fitting) < enough_skin) return skin;
    const cv::Scalar usual = median_colour(lab, fitting), spread(42, 10, 14);
    cv::Mat near;
    cv::inRange(lab, usual - spread, usual + spread, near);
    near &= fitting;
    return cv::countNonZero(near) < enough_skin ? fitting : near;
}

/// Half the thickness of a bare arm, in units, from the shoulder to the wrist.
float usual_radius(float along, float wrist) {
    constexpr float at_shoulder = 0.25F, at_wrist = 0.155F;
    return at_shoulder + (at_wrist - at_shoulder) * std::clamp(along / std::max(wrist, 1.0F), 0.0F, 1.0F);
}

/// How much thicker than usual the arm is where it is seen below its sleeve.
float stoutness(const Arm& arm, float unit) {
    std::vector<float> ratios;
    for (const ArmSample& sample : arm.line)
        if (sample.along > arm.sleeve_end + cuff * unit && sample.along < std::min(arm.wrist, arm.sleeve_end + unit))
            ratios.push_back(sample.radius / (usual_radius(sample.along, arm.wrist) * unit));
    if (ratios.size() < 3) return 1;
    // not the middle one: near the hem the sleeve still widens the arm
    const auto low = ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 4);
    std::nth_element(ratios.begin(), low, ratios.end());
    return std::clamp(*low, 0.75F, 1.3F);
}

/// Inside a short sleeve the arm goes on as it comes from the sleeve, and to the shoulder, whose outer edge cloth
/// hardly changes; it begins as thick as the bare part. A sleeve that stands off shifts and widens what is measured.
void bare_short_sleeve(Arm& arm, float outwards, float unit) {
    const float from = arm.sleeve_end + cuff * unit, stout = stoutness(arm, unit);
    const auto below = [&](float along) {
        return std::find_if(arm.line.begin(), arm.line.end() - 1,
                            [&](const ArmSample& sample) { return sample.along >= along; });
    };
    const auto bare = below(from);
    ArmSample first = *bare;
    first.radius -= 0.025F * unit;  // beside a hem the edge is followed a little too far out
    const ArmSample further = *below(from + 0.8F * unit), root = arm.line.front();
    const float lean = (further.centre.x - first.centre.x) / std::max(1.0F, further.along - first.along);
    const float shoulder_radius = std::min(root.radius, stout * usual_radius(0, arm.wrist) * unit);
    const float at_shoulder = root.centre.x + outwards * (root.radius - shoulder_radius - 0.02F * unit);
    const float straight_on = first.centre.x - lean * first.along;
    for (auto sample = arm.line.begin(); sample != bare; ++sample) {
        const float way = first.along - sample->along, up = std::clamp(way / std::max(1.0F, first.along), 0.0F, 1.0F);
        const float grown = std::min(1.0F, way / (0.9F * unit));
        const float usual = stout * usual_radius(sample->along, arm.wrist) * unit;
        sample->radius =
            std::min(sample->radius, first.radius + (usual - first.radius) * grown * grown * (3 - 2 * grown));
        sample->centre.x = first.centre.x + ((at_shoulder + straight_on) / 2 - first.centre.x) * up;
    }
}

/// Where a long sleeve hides the wrist, the arm goes on to the hand that is seen beyond it.
void reach_hand(const cv::Mat& labels, Arm& arm, float unit) {
    const ArmSample end = arm.line.back();
    if (arm.sleeve_end < end.along - 0.15F * unit) return;
    const Point way = end.centre - arm.line.front().centre;
    const int reach = std::max(1, cvRound(0.6F * unit));
    const cv::Rect box =
        cv::Rect(cvRound(end.centre.x) - reach, cvRound(end.centre.y) - reach, 2 * reach + 1, 2 * reach + 1) &
        cv::Rect({}, labels.size());
    std::vector<std::pair<float, Point>> hand;
    for (int y = box.y; y < box.br().y; ++y)
        for (int x = box.x; x < box.br().x; ++x) {
            const Point offset = Point(static_cast<float>(x), static_cast<float>(y)) - end.centre;
            const float away = std::hypot(offset.x, offset.y);
            if (labels.at<std::uint8_t>(y, x) == label_skin && away < static_cast<float>(reach) &&
                offset.dot(way) > 0.5F * away * std::hypot(way.x, way.y))
                hand.emplace_back(away, Point(static_cast<float>(x), static_cast<float>(y)));
        }
    if (hand.size() < 0.01F * unit * unit) return;
    const auto near = static_cast<std::size_t>(0.01F * unit * unit);
    std::nth_element(hand.begin(), hand.begin() + static_cast<std::ptrdiff_t>(near), hand.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    Point middle;
    for (std::size_t i = 0; i < near; ++i) middle += hand[i].second / static_cast<float>(near);
    const Point gap = middle - end.centre;
    arm.line.push_back({middle, std::min(end.radius, 0.16F * unit), end.along + std::hypot(gap.x, gap.y)});
}

}  // namespace

cv::Mat visible_skin(const PersonModel& person) {
    const float unit = person.landmarks.unit;
    cv::Mat skin = person.labels == label_skin, cloth = person.labels == label_upper;
    cv::erode(skin, skin, cv::Mat::ones(7, 7, CV_8U));
    const int shade = 2 * std::max(2, cvRound(0.025F * unit)) + 1;
    cv::dilate(cloth, cloth, cv::Mat::ones(shade, shade, CV_8U));
    skin.setTo(0, cloth);
    cv::Mat body = skin.clone();  // a made-up face has other colours than chest and arms
    const int below_chin = std::clamp(static_cast<int>(person.landmarks.chin_y + 0.05F * unit), 0, skin.rows);
    body.rowRange(0, below_chin).setTo(0);
    return without_other_colours(person.picture, cv::countNonZero(body) > enough_skin ? body : skin);
}

cv::Mat other_than_skin(const PersonModel& person) {
    const cv::Mat known = visible_skin(person);
    if (cv::countNonZero(known) < enough_skin) return {person.labels.size(), CV_8U, cv::Scalar(0)};
    cv::Mat lab, near;
    cv::cvtColor(person.picture, lab, cv::COLOR_RGB2Lab);
    const cv::Scalar usual = median_colour(lab, known), spread(100, 14, 18);
    cv::inRange(lab, usual - spread, usual + spread, near);
    return (person.labels == label_skin) & ~near;
}

cv::Mat continue_skin(const PersonModel& person, const cv::Mat& known) {
    cv::Mat skin = continue_colours(person.picture, known, usual_skin);
    if (cv::countNonZero(known) == 0) return skin;
    const cv::Scalar tone = median_colour(person.picture, known);
    cv::Mat small, away;
    cv::resize(255 - known, small, {}, 0.25, 0.25, cv::INTER_NEAREST);
    cv::distanceTransform(small, away, cv::DIST_L2, cv::DIST_MASK_3);
    cv::resize(away, away, skin.size(), 0, 0, cv::INTER_LINEAR);
    // next to visible skin its own colour, so that no seam is seen; far away one edge must not colour everything
    constexpr float most = 0.4F;
    const float reach = 1.8F * person.landmarks.unit / 4;
    for (int y = 0; y < skin.rows; ++y)
        for (int x = 0; x < skin.cols; ++x) {
            const float share = most * std::min(1.0F, away.at<float>(y, x) / reach);
            auto& colour = skin.at<cv::Vec3b>(y, x);
            for (int c = 0; c < 3; ++c)
                colour[c] = cv::saturate_cast<std::uint8_t>(static_cast<float>(colour[c]) * (1 - share) +
                                                            static_cast<float>(tone[c]) * share);
        }
    return skin;
}

Sided<Arm> bare_arms(const PersonModel& person) {
    Sided<Arm> arms = person.landmarks.arm;
    const float unit = person.landmarks.unit;
    for (const Side side : {picture_left, picture_right}) {
        Arm& arm = arms[side];
        if (arm.sleeve_end <= 0) continue;
        if (arm.sleeve_end + cuff * unit < std::min(arm.elbow, arm.line.back().along - 0.3F * unit)) {
            bare_short_sleeve(arm, side == picture_left ? -1.0F : 1.0F, unit);
            continue;
        }
        const float stout = stoutness(arm, unit);
        reach_hand(person.labels, arm, unit);
        for (ArmSample& sample : arm.line)
            if (sample.along < arm.sleeve_end + cuff * unit)
                sample.radius = std::min(sample.radius, stout * usual_radius(sample.along, arm.wrist) * unit);
    }
    return arms;
}

}  // namespace fitview::engine
