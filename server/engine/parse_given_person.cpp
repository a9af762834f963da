#include "engine/parse_given_person.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <vector>

#include "engine/person/parse_person.hpp"
#include "engine/pose/given_person.hpp"

namespace fitview::engine {
namespace {

/// Another estimator's landmarks, corrected; where it finds nobody, the points themselves if they are enough.
class CorrectedPose final : public PoseEstimator {
public:
    CorrectedPose(const FitPoints& points, const PoseEstimator* found) : points_(points), found_(found) {}

    std::optional<PoseEstimate> find_pose(const cv::Mat& picture) const override {
        std::optional<PoseEstimate> estimate = found_ != nullptr ? found_->find_pose(picture) : std::nullopt;
        if (!estimate) return are_whole_body(points_) ? given_pose().find_pose(picture) : std::nullopt;
        for (const FitPoint& point : points_.points) {
            if (point.visibility < least_visibility) continue;
            PosePoint& corrected = estimate->landmarks.points[static_cast<std::size_t>(point.name)];
            corrected.place = {static_cast<float>(point.x * picture.cols), static_cast<float>(point.y * picture.rows)};
            corrected.visibility = static_cast<float>(point.visibility);
        }
        return estimate;
    }

private:
    GivenPose given_pose() const {
        std::vector<GivenPoint> given(body_point_count);
        for (const FitPoint& point : points_.points)
            given[static_cast<std::size_t>(point.name)] = {point.x, point.y, 0, point.visibility};
        return GivenPose(given);
    }

    const FitPoints& points_;
    const PoseEstimator* found_;
};

GivenMask given_mask(const media::Raster& mask) {
    if (mask.channels != 1) throw std::invalid_argument("a mask has one channel");
    std::vector<std::uint8_t> bytes = mask.bytes;
    return GivenMask(cv::Mat(mask.height, mask.width, CV_8UC1, bytes.data()));
}

}  // namespace

bool are_whole_body(const FitPoints& points) {
    return points.points.size() == body_point_count;  // no name stands twice
}

PersonModel parse_given_person(const media::Raster& photo, const PersonSight& sight, const FitPoints& points,
                               const media::Raster* mask) {
    const CorrectedPose pose(points, sight.pose);
    std::optional<GivenMask> parser;
    if (mask != nullptr) parser = given_mask(*mask);
    PersonModel model = parse_person(photo, {&pose, parser ? &*parser : sight.parser});
    apply_fit_points(are_whole_body(points) ? FitPoints{{}, points.strokes} : points, model);
    return model;
}

}  // namespace fitview::engine
