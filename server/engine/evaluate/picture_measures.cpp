#include "engine/evaluate/picture_measures.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>
#include <vector>

namespace fitview::engine {
namespace {

constexpr double full_range = 255.0 * 255.0;

struct StructureMaps {
    cv::Mat similarity;  ///< with the lightness
    cv::Mat structure;   ///< contrast and structure only
};

cv::Mat smoothed(const cv::Mat& plane) {
    cv::Mat smooth;
    cv::GaussianBlur(plane, smooth, {11, 11}, 1.5);
    return smooth;
}

StructureMaps structure_maps(const cv::Mat& first, const cv::Mat& second) {
    constexpr double lightness_floor = 6.5025, contrast_floor = 58.5225;
    const cv::Mat mean_first = smoothed(first), mean_second = smoothed(second);
    const cv::Mat squares = mean_first.mul(mean_first) + mean_second.mul(mean_second);
    const cv::Mat product = mean_first.mul(mean_second);
    const cv::Mat variances = smoothed(first.mul(first)) + smoothed(second.mul(second)) - squares;
    const cv::Mat covariance = smoothed(first.mul(second)) - product;
    StructureMaps maps;
    cv::divide(2 * covariance + contrast_floor, variances + contrast_floor, maps.structure);
    cv::Mat lightness;
    cv::divide(2 * product + lightness_floor, squares + lightness_floor, lightness);
    maps.similarity = maps.structure.mul(lightness);
    return maps;
}

cv::Mat halved(const cv::Mat& plane) {
    cv::Mat small;
    const cv::Size size(std::max(1, plane.cols / 2), std::max(1, plane.rows / 2));
    cv::resize(plane, small, size, 0, 0, cv::INTER_AREA);
    return small;
}

double multi_scale(cv::Mat first, cv::Mat second, cv::Mat region) {
    constexpr std::array weights{0.071, 0.453, 0.476};
    double whole = 1;
    for (std::size_t scale = 0; scale < weights.size(); ++scale) {
        const cv::Mat inside = region > 127;
        if (cv::countNonZero(inside) == 0) break;
        const StructureMaps maps = structure_maps(first, second);
        const bool last = scale + 1 == weights.size();
        const double value = cv::mean(last ? maps.similarity : maps.structure, inside)[0];
        whole *= std::pow(std::max(value, 1e-3), weights[scale]);
        first = halved(first);
        second = halved(second);
        region = halved(region);
    }
    return whole;
}

cv::Mat edge_strength(const cv::Mat& plane) {
    constexpr double scharr_gain = 1 / 32.0;
    cv::Mat smooth, across, down, strength;
    cv::GaussianBlur(plane, smooth, {}, 1);
    cv::Scharr(smooth, across, CV_32F, 1, 0, scharr_gain);
    cv::Scharr(smooth, down, CV_32F, 0, 1, scharr_gain);
    cv::magnitude(across, down, strength);
    return strength;
}

double edge_similarity(const cv::Mat& first, const cv::Mat& second, const cv::Mat& region) {
    constexpr double weak_edges = 26;
    const cv::Mat a = edge_strength(first), b = edge_strength(second);
    cv::Mat similarity;
    cv::divide(2 * a.mul(b) + weak_edges, a.mul(a) + b.mul(b) + weak_edges, similarity);
    return cv::mean(similarity, region)[0];
}

cv::Mat lightness_of(const cv::Mat& picture) {
    cv::Mat grey, plane;
    cv::cvtColor(picture, grey, cv::COLOR_RGB2GRAY);
    grey.convertTo(plane, CV_32F);
    return plane;
}

/// Lab bins, smoothed a little along the last axis so that a shift of one step is not another colour.
std::vector<double> colour_shares(const cv::Mat& picture, const cv::Mat& region) {
    constexpr int light_bins = 10, tint_bins = 16, tint_from = 64, tint_range = 128;
    cv::Mat lab;
    cv::cvtColor(picture, lab, cv::COLOR_RGB2Lab);
    cv::Mat bins(light_bins, tint_bins * tint_bins, CV_32F, cv::Scalar(0));
    const auto tint = [](int value) {
        return std::clamp((value - tint_from) * tint_bins / tint_range, 0, tint_bins - 1);
    };
    for (int y = 0; y < lab.rows; ++y)
        for (int x = 0; x < lab.cols; ++x) {
            if (region.at<std::uint8_t>(y, x) == 0) continue;
            const auto& colour = lab.at<cv::Vec3b>(y, x);
            bins.at<float>(colour[0] * light_bins / 256, tint(colour[1]) * tint_bins + tint(colour[2])) += 1;
        }
    cv::GaussianBlur(bins, bins, {3, 1}, 0.7);
    const double sum = cv::sum(bins)[0];
    std::vector<double> shares(bins.begin<float>(), bins.end<float>());
    if (sum > 0)
        for (double& share : shares) share /= sum;
    return shares;
}

cv::Rect box_around(const cv::Mat& region, cv::Size size) {
    constexpr int margin = 8;
    const cv::Rect box = cv::boundingRect(region);
    return (box + cv::Size(2 * margin, 2 * margin) - cv::Point(margin, margin)) & cv::Rect({}, size);
}

}  // namespace

double colour_distance(const cv::Mat& first, const cv::Mat& first_region, const cv::Mat& second,
                       const cv::Mat& second_region) {
    const std::vector<double> a = colour_shares(first, first_region), b = colour_shares(second, second_region);
    double overlap = 0;
    for (std::size_t i = 0; i < a.size(); ++i) overlap += std::sqrt(a[i] * b[i]);
    return std::sqrt(std::max(0.0, 1 - overlap));
}

Likeness compare_pictures(const cv::Mat& truth, const cv::Mat& picture, const cv::Mat& region) {
    if (truth.type() != CV_8UC3 || picture.type() != CV_8UC3 || region.type() != CV_8UC1 ||
        truth.size() != picture.size() || truth.size() != region.size())
        throw std::invalid_argument("two RGB pictures and a region of one size are needed");
    if (cv::countNonZero(region) == 0) return {psnr_max, 1, 1, 1, 0};
    const cv::Rect box = box_around(region, truth.size());
    const cv::Mat inside = region(box) != 0;
    const cv::Mat colours = truth(box), drawn = picture(box);
    cv::Mat difference;
    cv::absdiff(colours, drawn, difference);
    difference.convertTo(difference, CV_32F);
    const cv::Scalar squares = cv::mean(difference.mul(difference), inside);
    const double error = (squares[0] + squares[1] + squares[2]) / 3;
    const cv::Mat first = lightness_of(colours), second = lightness_of(drawn);
    Likeness likeness;
    likeness.psnr = error > 0 ? std::min(psnr_max, 10 * std::log10(full_range / error)) : psnr_max;
    likeness.ssim = cv::mean(structure_maps(first, second).similarity, inside)[0];
    likeness.ms_ssim = multi_scale(first, second, inside);
    likeness.gradient = edge_similarity(first, second, inside);
    likeness.histogram = colour_distance(colours, inside, drawn, inside);
    return likeness;
}

}  // namespace fitview::engine
