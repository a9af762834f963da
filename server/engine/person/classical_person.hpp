#pragma once
// The two ports answered without networks: from the wall, the face and the outline. Photos before a plain wall only.
#include "engine/pose/pose_estimator.hpp"

namespace fitview::engine {

/// Knows shoulders, elbows and wrists; all other points have visibility 0.
class ClassicalPoseEstimator : public PoseEstimator {
public:
    std::optional<PoseEstimate> find_pose(const cv::Mat& picture) const override;
};

class ClassicalPersonParser : public PersonParser {
public:
    cv::Mat find_person(const cv::Mat& picture) const override;
};

}  // namespace fitview::engine
