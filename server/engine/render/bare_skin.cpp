#include "engine/render/bare_skin.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
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

}  // namespace

cv::Mat continue_skin(const PersonModel& person) {
    const cv::Mat known = visible_skin(person);
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
    for (Arm& arm : arms) {
        if (arm.sleeve_end <= 0) continue;
        const float stout = stoutness(arm, unit);
        for (ArmSample& sample : arm.line)
            if (sample.along < arm.sleeve_end + cuff * unit)
                sample.radius = std::min(sample.radius, stout * usual_radius(sample.along, arm.wrist) * unit);
    }
    return arms;
}

}  // namespace fitview::engine
