#pragma once
// Landmarks and mask that somebody else has found, such as a browser, as answers of the two ports.
#include <span>

#include "engine/pose/pose_estimator.hpp"

namespace fitview::engine {

/// A body point as a fraction of the upright picture, in the order of BodyPoint. Nothing of it is trusted.
struct GivenPoint {
    double x = 0;
    double y = 0;
    double z = 0;  ///< as a fraction of the picture's width
    double visibility = 1;
};

/// Answers with the points given, whatever the picture. Nobody is found when they are not `body_point_count`, one is
/// not a number or lies further than one picture outside, or they hardly span a body.
class GivenPose : public PoseEstimator {
public:
    explicit GivenPose(std::span<const GivenPoint> points);
    std::optional<PoseEstimate> find_pose(const cv::Mat& picture) const override;

private:
    std::optional<PoseLandmarks> fractions_;
};

/// Answers with the mask given: 8UC1 or 32FC1 (0 to 1) of any size that covers the whole picture. Fails:
/// std::invalid_argument for another type or an empty one.
class GivenMask : public PersonParser {
public:
    explicit GivenMask(const cv::Mat& mask);
    cv::Mat find_person(const cv::Mat& picture) const override;

private:
    cv::Mat mask_;
};

}  // namespace fitview::engine
