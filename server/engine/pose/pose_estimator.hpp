#pragma once
// The two questions to a photo that have more than one answerer: where are the joints, and which pixels are the person?
#include <opencv2/core.hpp>

#include <optional>
#include <string_view>

#include "engine/pose/pose_landmarks.hpp"

namespace fitview::engine {

struct PoseEstimate {
    PoseLandmarks landmarks;  ///< in pixels of the picture
    float certainty = 0;      ///< 0 to 1 that this is a person
    cv::Mat mask;             ///< 32FC1, 0 to 1, covers the whole picture at a smaller size; may be empty
};

/// Implementations are immutable and may be asked from several threads; the same picture gives the same answer.
class PoseEstimator {
public:
    virtual ~PoseEstimator() = default;
    /// The joints of the most visible person in an upright picture (8UC3 RGB). Nothing when unsure that there is one.
    virtual std::optional<PoseEstimate> find_pose(const cv::Mat& picture) const = 0;
};

/// As PoseEstimator.
class PersonParser {
public:
    virtual ~PersonParser() = default;
    /// How much each pixel of an upright picture (8UC3 RGB) is person: 32FC1, 0 to 1, covers the whole picture at a
    /// smaller size.
    virtual cv::Mat find_person(const cv::Mat& picture) const = 0;
};

/// Whom to ask. Either may be missing; nothing is owned. Without an estimator, or when it finds nobody, everything is
/// measured by classical means.
struct PersonSight {
    const PoseEstimator* pose = nullptr;
    const PersonParser* parser = nullptr;
};

}  // namespace fitview::engine
