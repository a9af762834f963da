#include "engine/garment/rim_trim.hpp"

#include <opencv2/imgproc.hpp>

#include "engine/ops/pyramid_fill.hpp"
#include "engine/ops/regions.hpp"

namespace fitview::engine {
namespace {

constexpr int rim = 4;                // px
constexpr float least_contrast = 10;  // Lab units between cloth and ground
constexpr float mostly_cloth = 0.5F;  // share of cloth a pixel needs to stay

cv::Mat disc(int radius) {
    return cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * radius + 1, 2 * radius + 1});
}

/// The colours of `lab` where `known`, continued everywhere else; at half size, for a rim needs no more.
cv::Mat continued(const cv::Mat& lab, const cv::Mat& known) {
    cv::Mat weight, small_lab, small_weight, result;
    known.convertTo(weight, CV_32F, 1 / 255.0);
    cv::resize(lab, small_lab, {}, 0.5, 0.5, cv::INTER_NEAREST);
    cv::resize(weight, small_weight, small_lab.size(), 0, 0, cv::INTER_NEAREST);
    cv::resize(pyramid_fill(small_lab, small_weight), result, lab.size(), 0, 0, cv::INTER_LINEAR);
    return result;
}

}  // namespace

cv::Mat trim_rim(const cv::Mat& mask, const cv::Mat& lab) {
    cv::Mat core, reach;
    cv::erode(mask, core, disc(rim), {-1, -1}, 1, cv::BORDER_CONSTANT, 0);
    cv::dilate(mask, reach, disc(2));
    const cv::Mat outside = 255 - reach;
    if (cv::countNonZero(core) < 100 || cv::countNonZero(outside) < 100) return mask;
    const cv::Mat cloth = continued(lab, core);
    const cv::Mat ground = continued(lab, outside);
    cv::Mat result = mask.clone();
    for (int row = 0; row < mask.rows; ++row)
        for (int column = 0; column < mask.cols; ++column) {
            if (mask.at<std::uint8_t>(row, column) == 0 || core.at<std::uint8_t>(row, column) != 0) continue;
            const cv::Vec3f own = lab.at<cv::Vec3f>(row, column) - ground.at<cv::Vec3f>(row, column);
            const cv::Vec3f full = cloth.at<cv::Vec3f>(row, column) - ground.at<cv::Vec3f>(row, column);
            const float contrast = full.dot(full);
            // A rim of a third colour is trimming on the cloth, not ground: it must lie near the ground altogether.
            const bool ground_like = own.dot(own) < mostly_cloth * mostly_cloth * contrast;
            if (contrast > least_contrast * least_contrast && ground_like) result.at<std::uint8_t>(row, column) = 0;
        }
    cv::morphologyEx(result, result, cv::MORPH_OPEN, cv::Mat::ones(3, 3, CV_8UC1));
    result = largest_region(result);
    // Stripes of the ground's colour along the edge: what trimming would cut off with them is put back.
    cv::Mat lost = core & ~result;
    if (cv::countNonZero(lost) > 0) {
        cv::dilate(lost, lost, disc(3 * rim));
        result |= mask & lost;
        result = largest_region(result);
    }
    return cv::countNonZero(result) > 0.85 * cv::countNonZero(mask) ? result : mask;
}

}  // namespace fitview::engine
