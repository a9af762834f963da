#include "engine/evaluate/product_colours.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace fitview::engine {
namespace {

// Steps of the histogram and how far it is smoothed, in units of L*, a*, b*.
constexpr float step_tint = 4, step_light = 8, tint_from = -100, tint_to = 100, light_to = 120;
constexpr float smooth_tint = 8, smooth_light = 20;
constexpr int tints = static_cast<int>((tint_to - tint_from) / step_tint);
constexpr int lights = static_cast<int>(light_to / step_light);

/// L*, a*, b* as if every place had the same light. Multiplying light by k multiplies a*, b* and L* + 16 alike by the
/// cube root of k, so their ratio stays.
cv::Mat evenly_lit(const cv::Mat& picture, const cv::Mat& mask) {
    constexpr float offset = 16, middle = 50 + offset, darkest = 12;
    cv::Mat lab, weight, around, share;
    picture.convertTo(lab, CV_32FC3, 1 / 255.0);
    cv::cvtColor(lab, lab, cv::COLOR_RGB2Lab);
    std::vector<cv::Mat> planes;
    cv::split(lab, planes);
    mask.convertTo(weight, CV_32F, 1 / 255.0);
    // shade changes over a tenth of a garment, patterns repeat sooner
    const double reach = std::max(2.0, 0.06 * std::sqrt(static_cast<double>(cv::countNonZero(mask))));
    cv::GaussianBlur(planes[0].mul(weight), around, {}, reach);
    cv::GaussianBlur(weight, share, {}, reach);
    const double whole = cv::mean(planes[0], mask)[0];
    for (int y = 0; y < lab.rows; ++y)
        for (int x = 0; x < lab.cols; ++x) {
            if (mask.at<std::uint8_t>(y, x) == 0) continue;
            auto& colour = lab.at<cv::Vec3f>(y, x);
            const float relit = middle / (std::max(colour[0], darkest) + offset);
            colour[1] *= relit;
            colour[2] *= relit;
            colour[0] += static_cast<float>(whole) - around.at<float>(y, x) / std::max(1e-3F, share.at<float>(y, x));
        }
    return lab;
}

int bin_of(float value, float from, float step, int bins) {
    return std::clamp(static_cast<int>((value - from) / step), 0, bins - 1);
}

/// Shares of lights x tints x tints, smoothed.
cv::Mat colour_shares(const cv::Mat& picture, const cv::Mat& mask) {
    const cv::Mat lab = evenly_lit(picture, mask);
    cv::Mat bins(lights, tints * tints, CV_32F, cv::Scalar(0));
    for (int y = 0; y < lab.rows; ++y)
        for (int x = 0; x < lab.cols; ++x) {
            if (mask.at<std::uint8_t>(y, x) == 0) continue;
            const auto& colour = lab.at<cv::Vec3f>(y, x);
            const int tint =
                bin_of(colour[1], tint_from, step_tint, tints) * tints + bin_of(colour[2], tint_from, step_tint, tints);
            bins.at<float>(bin_of(colour[0], 0, step_light, lights), tint) += 1;
        }
    for (int light = 0; light < lights; ++light) {
        cv::Mat plane = bins.row(light).reshape(1, tints);
        cv::GaussianBlur(plane, plane, {}, smooth_tint / step_tint, 0, cv::BORDER_REPLICATE);
    }
    cv::GaussianBlur(bins, bins, {1, 0}, 0.01, smooth_light / step_light, cv::BORDER_REPLICATE);
    return bins / std::max(1e-9, cv::sum(bins)[0]);
}

}  // namespace

double product_colour_distance(const cv::Mat& product, const cv::Mat& product_mask, const cv::Mat& drawn,
                               const cv::Mat& drawn_mask) {
    if (cv::countNonZero(product_mask) == 0 || cv::countNonZero(drawn_mask) == 0) return 1;
    const cv::Mat a = colour_shares(product, product_mask), b = colour_shares(drawn, drawn_mask);
    cv::Mat common;
    cv::sqrt(a.mul(b), common);
    return std::sqrt(std::max(0.0, 1 - cv::sum(common)[0]));
}

cv::Mat seen_part_of_product(const Cloth& cloth, cv::Size product, const cv::Mat& coverage) {
    // a coarse depth buffer: what lies within a fold's thickness of the nearest cloth is seen
    constexpr int cell = 4;
    constexpr float near = 4;
    const cv::Size cells(coverage.cols / cell + 1, coverage.rows / cell + 1);
    cv::Mat nearest(cells, CV_32F, cv::Scalar(-1e9F));
    const auto middle_of = [&](const ClothTriangle& triangle) {
        Vector3 middle{};
        for (const int point : triangle.points) middle = middle + cloth.position[static_cast<std::size_t>(point)];
        return middle * (1.0F / 3);
    };
    const auto inside = [&](const Vector3& place) {
        return place.x >= 0 && place.y >= 0 && place.x < static_cast<float>(coverage.cols) &&
               place.y < static_cast<float>(coverage.rows);
    };
    for (const ClothTriangle& triangle : cloth.triangles) {
        const Vector3 middle = middle_of(triangle);
        if (!inside(middle)) continue;
        auto& depth = nearest.at<float>(static_cast<int>(middle.y) / cell, static_cast<int>(middle.x) / cell);
        depth = std::max(depth, middle.z);
    }
    cv::Mat seen(product, CV_8U, cv::Scalar(0));
    for (const ClothTriangle& triangle : cloth.triangles) {
        const Vector3 middle = middle_of(triangle);
        if (triangle.back || !inside(middle)) continue;
        if (coverage.at<std::uint8_t>(static_cast<int>(middle.y), static_cast<int>(middle.x)) < 128) continue;
        if (middle.z + near < nearest.at<float>(static_cast<int>(middle.y) / cell, static_cast<int>(middle.x) / cell))
            continue;
        std::array<cv::Point, 3> corners;
        for (std::size_t i = 0; i < 3; ++i) corners[i] = cloth.pattern_vertex(triangle.points[i]).uv;
        cv::fillConvexPoly(seen, corners, cv::Scalar(255));
    }
    return seen;
}

}  // namespace fitview::engine
