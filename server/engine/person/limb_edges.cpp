#include "engine/person/limb_edges.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace fitview::engine {
namespace {

/// Per-pixel gradient of a plane, as 32FC2.
cv::Mat slope_of(const cv::Mat& plane) {
    std::vector<cv::Mat> parts(2);
    cv::Scharr(plane, parts[0], CV_32F, 1, 0, 1.0 / 32);
    cv::Scharr(plane, parts[1], CV_32F, 0, 1, 1.0 / 32);
    cv::Mat slope;
    cv::merge(parts, slope);
    return slope;
}

cv::Mat strongest_slope(const cv::Mat& lab) {
    std::vector<cv::Mat> planes;
    cv::split(lab, planes);
    cv::Mat strongest = slope_of(planes[0]);
    for (std::size_t channel = 1; channel < 3; ++channel) {
        const cv::Mat other = slope_of(planes[channel] * 1.4);
        for (int row = 0; row < strongest.rows; ++row)
            for (int column = 0; column < strongest.cols; ++column) {
                auto& best = strongest.at<cv::Vec2f>(row, column);
                const auto& candidate = other.at<cv::Vec2f>(row, column);
                if (candidate.dot(candidate) > best.dot(best)) best = candidate;
            }
    }
    return strongest;
}

}  // namespace

LimbEdges::LimbEdges(const WorkingPicture& picture, const cv::Mat& silhouette, const cv::Mat& skin,
                     const BodyFrame& frame) {
    // Tiny faces would blow the picture up without adding detail, huge ones only cost time.
    scale_ = std::clamp(limb_unit / frame.unit, 0.1F, 2.5F);
    const auto resized = [&](const cv::Mat& plane) {
        cv::Mat result;
        const cv::Size size(std::max(8, cvRound(static_cast<float>(plane.cols) * scale_)),
                            std::max(8, cvRound(static_cast<float>(plane.rows) * scale_)));
        cv::resize(plane, result, size, 0, 0, scale_ < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
        return result;
    };
    cv::Mat person;
    silhouette.convertTo(person, CV_32F, 1.0 / 255);
    inside_ = resized(person);
    skin_ = resized(skin.mul(person));
    cv::Mat lab = resized(picture.lab);
    cv::GaussianBlur(lab, lab, {}, 0.8);
    cv::Mat soft_inside;
    cv::Mat soft_skin;
    cv::GaussianBlur(inside_, soft_inside, {}, 0.8);
    cv::GaussianBlur(skin_, soft_skin, {}, 0.8);
    inside_slope_ = slope_of(soft_inside);
    skin_slope_ = slope_of(soft_skin);
    colour_slope_ = strongest_slope(lab);
}

bool LimbEdges::contains(Point place) const {
    return place.x >= 0 && place.y >= 0 && place.x <= static_cast<float>(inside_.cols - 1) &&
           place.y <= static_cast<float>(inside_.rows - 1);
}

float LimbEdges::read(const cv::Mat& plane, Point place) {
    const int column = std::clamp(cvRound(place.x), 0, plane.cols - 1);
    const int row = std::clamp(cvRound(place.y), 0, plane.rows - 1);
    return plane.at<float>(row, column);
}

float LimbEdges::ending(Point place, Point direction) const {
    const int column = std::clamp(cvRound(place.x), 0, inside_.cols - 1);
    const int row = std::clamp(cvRound(place.y), 0, inside_.rows - 1);
    const auto along = [&](const cv::Mat& slope) {
        const auto& value = slope.at<cv::Vec2f>(row, column);
        return value[0] * direction.x + value[1] * direction.y;
    };
    const float outline = std::min(1.0F, -along(inside_slope_) * 4);
    const float bare = std::min(0.8F, -along(skin_slope_) * 4);
    const float colour = std::min(0.5F, std::abs(along(colour_slope_)) / 10);
    return std::max({0.0F, outline, bare, colour});
}

}  // namespace fitview::engine
