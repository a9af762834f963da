#include "engine/pose/person_networks.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/pose/person_detector.hpp"

namespace fitview::engine {
namespace {

constexpr int input_size = 256;
constexpr float least_presence = 0.5F;
constexpr int mask_long_side = 256;

// Of the landmark network.
enum Output { output_points, output_presence, output_mask, output_heat };
constexpr std::size_t numbers_per_point = 5;  ///< x, y, depth, visibility, presence
constexpr int heat_size = 64;
constexpr std::size_t heat_channels = 39;

float logistic(float value) {
    return 1 / (1 + std::exp(-value));
}

/// The network places a point roughly and draws a map of where it may be; the map's centre of mass near the place is
/// the more exact answer. In fractions of the input.
cv::Point2d refine(cv::Point2d rough, const std::vector<float>& heat, std::size_t point) {
    constexpr int reach = 3;
    constexpr double least_peak = 0.5;
    const int column = static_cast<int>(std::clamp(rough.x, -1.0, 2.0) * heat_size);
    const int row = static_cast<int>(std::clamp(rough.y, -1.0, 2.0) * heat_size);
    if (column < 0 || row < 0 || column >= heat_size || row >= heat_size) return rough;
    double weights = 0;
    double peak = 0;
    cv::Point2d sum(0, 0);
    for (int y = std::max(0, row - reach); y <= std::min(heat_size - 1, row + reach); ++y)
        for (int x = std::max(0, column - reach); x <= std::min(heat_size - 1, column + reach); ++x) {
            const auto place = static_cast<std::size_t>(y * heat_size + x);
            const double weight = logistic(heat[place * heat_channels + point]);
            weights += weight;
            peak = std::max(peak, weight);
            sum += weight * cv::Point2d(x, y);
        }
    if (peak < least_peak) return rough;
    return sum / (weights * heat_size);
}

/// The network's mask of the region, as part of the whole picture.
cv::Mat mask_in_picture(const std::vector<float>& values, const Region2d& region, cv::Size picture) {
    cv::Mat inside(input_size, input_size, CV_32FC1);
    std::transform(values.begin(), values.end(), inside.begin<float>(), logistic);
    const double scale = std::min(1.0, static_cast<double>(mask_long_side) / std::max(picture.width, picture.height));
    const cv::Size size(std::max(1, cvRound(picture.width * scale)), std::max(1, cvRound(picture.height * scale)));
    // From a pixel of the result to one of the input, both with pixel centres at a half.
    const double columns = static_cast<double>(picture.width) / size.width;
    const double rows = static_cast<double>(picture.height) / size.height;
    const double cosine = std::cos(region.turn) * input_size / region.width;
    const double sine = std::sin(region.turn) * input_size / region.height;
    const double left = 0.5 * columns - region.centre_x;
    const double top = 0.5 * rows - region.centre_y;
    const cv::Matx23d back(cosine * columns, sine * rows, cosine * left + sine * top + (input_size - 1) / 2.0,
                           -sine * columns, cosine * rows, -sine * left + cosine * top + (input_size - 1) / 2.0);
    cv::Mat mask;
    cv::warpAffine(inside, mask, back, size, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT, 0);
    return mask;
}

}  // namespace

NetworkPoseEstimator::NetworkPoseEstimator(const std::string& folder)
    : detector_(folder, detector_file), landmarks_(folder, landmark_file) {}

std::optional<PoseEstimate> NetworkPoseEstimator::find_pose(const cv::Mat& picture) const {
    const std::optional<Detection> detection = detect_person(detector_.get(), picture);
    if (!detection) return std::nullopt;
    const Region2d& region = detection->region;
    const auto outputs =
        landmarks_.get().run(sample_region(picture, region, {input_size, input_size}, Outside::edge, {0, 1}));
    if (!(outputs[output_presence][0] >= least_presence)) return std::nullopt;
    PoseEstimate estimate;
    estimate.certainty = static_cast<float>(detection->certainty);
    for (std::size_t point = 0; point < estimate.landmarks.points.size(); ++point) {
        const float* numbers = &outputs[output_points][point * numbers_per_point];
        const cv::Point2d rough(numbers[0] / input_size, numbers[1] / input_size);
        const cv::Point2d fine = refine(rough, outputs[output_heat], point);
        estimate.landmarks.points[point] = {Point(region.at(fine.x, fine.y)),
                                            numbers[2] / input_size * static_cast<float>(region.width),
                                            logistic(numbers[3])};
    }
    if (!estimate.landmarks.finite()) return std::nullopt;
    estimate.mask = mask_in_picture(outputs[output_mask], region, picture.size());
    return estimate;
}

NetworkPersonParser::NetworkPersonParser(const std::string& folder) : segmentation_(folder, person_file) {}

cv::Mat NetworkPersonParser::find_person(const cv::Mat& picture) const {
    const Region2d whole{picture.cols / 2.0, picture.rows / 2.0, static_cast<double>(picture.cols),
                         static_cast<double>(picture.rows), 0};
    const auto outputs =
        segmentation_.get().run(sample_region(picture, whole, {input_size, input_size}, Outside::edge, {0, 1}));
    cv::Mat person(input_size, input_size, CV_32FC1);
    std::copy(outputs[0].begin(), outputs[0].end(), person.begin<float>());
    return person;
}

PersonNetworks load_person_networks(const std::string& folder) {
    PersonNetworks networks;
    networks.pose = std::make_unique<NetworkPoseEstimator>(folder);
    networks.parser = std::make_unique<NetworkPersonParser>(folder);
    return networks;
}

PersonNetworks find_person_networks(const std::string& folder, std::string& fault) {
    try {
        return load_person_networks(folder);
    } catch (const std::runtime_error& error) {
        fault = error.what();
        return {};
    }
}

}  // namespace fitview::engine
