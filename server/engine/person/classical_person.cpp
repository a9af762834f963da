#include "engine/person/classical_person.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>

#include "engine/person/parse_person.hpp"

namespace fitview::engine {
namespace {

media::Raster raster_of(const cv::Mat& picture) {
    const cv::Mat whole = picture.isContinuous() ? picture : picture.clone();
    return {whole.cols, whole.rows, 3, std::vector<std::uint8_t>(whole.datastart, whole.dataend)};
}

/// The place on the line at that length.
Point place_at(const Arm& arm, float along) {
    const auto sample =
        std::find_if(arm.line.begin(), arm.line.end(), [&](const ArmSample& at) { return at.along >= along; });
    return sample == arm.line.end() ? arm.line.back().centre : sample->centre;
}

double certainty_of(const PersonModel& person) {
    double certainty = 1;
    for (const Finding& finding : person.findings) certainty *= finding.factor;
    return certainty;
}

}  // namespace

std::optional<PoseEstimate> ClassicalPoseEstimator::find_pose(const cv::Mat& picture) const {
    constexpr double least_certainty = 0.3;
    const PersonModel person = parse_person(raster_of(picture));
    const double certainty = certainty_of(person);
    if (certainty < least_certainty) return std::nullopt;
    // The working picture is smaller than a large photo.
    const float scale = static_cast<float>(picture.cols) / static_cast<float>(person.picture.cols);
    const PersonLandmarks& marks = person.landmarks;
    PoseEstimate estimate;
    estimate.certainty = static_cast<float>(certainty);
    for (const Side side : {picture_left, picture_right}) {
        const auto set = [&](BodyPoint of_left, Point place, bool seen) {
            const auto point = static_cast<BodyPoint>(of_left + (side == picture_left ? 1 : 0));
            estimate.landmarks[point] = {place * scale, 0, seen ? 1.0F : 0.3F};
        };
        const Arm& arm = marks.arm[side];
        set(left_shoulder, arm.line.front().centre, marks.shoulder_measured[side]);
        set(left_elbow, place_at(arm, arm.elbow), arm.measured);
        set(left_wrist, place_at(arm, arm.wrist), arm.measured && arm.hand_visible);
    }
    person.silhouette.convertTo(estimate.mask, CV_32F, 1.0 / 255);
    return estimate;
}

cv::Mat ClassicalPersonParser::find_person(const cv::Mat& picture) const {
    const PersonModel person = parse_person(raster_of(picture));
    cv::Mat mask;
    person.silhouette.convertTo(mask, CV_32F, 1.0 / 255);
    if (certainty_of(person) < 0.05) mask.setTo(0);
    return mask;
}

}  // namespace fitview::engine
