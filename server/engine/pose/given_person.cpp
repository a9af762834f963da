#include "engine/pose/given_person.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace fitview::engine {
namespace {

bool believable(const GivenPoint& point) {
    const auto near = [](double value) { return std::isfinite(value) && value > -1 && value < 2; };
    return near(point.x) && near(point.y) && std::isfinite(point.z) && std::abs(point.z) < 10 &&
           std::isfinite(point.visibility);
}

/// Whether shoulders and hips are as far from each other as those of somebody who can be seen.
bool spans_body(const PoseLandmarks& fractions) {
    constexpr float least = 0.03F;
    const Point shoulders = fractions[left_shoulder].place + fractions[right_shoulder].place;
    const Point hips = fractions[left_hip].place + fractions[right_hip].place;
    return cv::norm(shoulders - hips) > 2 * least;
}

}  // namespace

GivenPose::GivenPose(std::span<const GivenPoint> points) {
    if (points.size() != body_point_count || !std::all_of(points.begin(), points.end(), believable)) return;
    PoseLandmarks fractions;
    for (std::size_t at = 0; at < points.size(); ++at)
        fractions.points[at] = {Point(static_cast<float>(points[at].x), static_cast<float>(points[at].y)),
                                static_cast<float>(points[at].z),
                                static_cast<float>(std::clamp(points[at].visibility, 0.0, 1.0))};
    if (spans_body(fractions)) fractions_ = fractions;
}

std::optional<PoseEstimate> GivenPose::find_pose(const cv::Mat& picture) const {
    if (!fractions_) return std::nullopt;
    PoseEstimate estimate;
    estimate.landmarks = *fractions_;
    estimate.certainty = 1;
    for (PosePoint& point : estimate.landmarks.points) {
        point.place = {point.place.x * static_cast<float>(picture.cols),
                       point.place.y * static_cast<float>(picture.rows)};
        point.depth *= static_cast<float>(picture.cols);
    }
    return estimate;
}

GivenMask::GivenMask(const cv::Mat& mask) {
    if (mask.empty() || (mask.type() != CV_8UC1 && mask.type() != CV_32FC1))
        throw std::invalid_argument("a mask has one channel of bytes or of fractions");
    mask.convertTo(mask_, CV_32F, mask.type() == CV_8UC1 ? 1.0 / 255 : 1.0);
    cv::patchNaNs(mask_, 0);
    mask_ = cv::min(cv::max(mask_, 0), 1);
}

cv::Mat GivenMask::find_person(const cv::Mat&) const {
    return mask_;
}

}  // namespace fitview::engine
