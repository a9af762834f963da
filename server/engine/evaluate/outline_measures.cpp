#include "engine/evaluate/outline_measures.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace fitview::engine {
namespace {

constexpr double reference_side = 1024;

bool inside(const cv::Mat& mask, int y, int x) {
    return mask.at<std::uint8_t>(y, x) > 127;
}

std::optional<int> highest(const cv::Mat& mask, int column) {
    for (int y = 0; y < mask.rows; ++y)
        if (inside(mask, y, column)) return y;
    return std::nullopt;
}

std::optional<int> lowest(const cv::Mat& mask, int column) {
    for (int y = mask.rows - 1; y >= 0; --y)
        if (inside(mask, y, column)) return y;
    return std::nullopt;
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// The neckline is the deepest dip of the upper edge near the neck.
std::optional<double> neckline_of(const cv::Mat& mask, int neck, int reach) {
    std::optional<double> deepest;
    for (int x = std::max(0, neck - reach); x <= std::min(mask.cols - 1, neck + reach); ++x)
        if (const auto row = highest(mask, x)) deepest = std::max<double>(deepest.value_or(0), *row);
    return deepest;
}

/// How far down the arm cloth reaches, px along its line; hands and bangles in front of it leave small gaps.
std::optional<double> sleeve_end(const cv::Mat& mask, const std::vector<Point>& arm) {
    constexpr double gap_max = 12;
    double along = 0, end = 0;
    for (std::size_t i = 0; i + 1 < arm.size(); ++i) {
        const Point step = arm[i + 1] - arm[i];
        const double length = std::hypot(step.x, step.y);
        const int places = std::max(1, cvCeil(length));
        for (int k = 0; k < places; ++k) {
            const Point place = arm[i] + step * (static_cast<float>(k) / static_cast<float>(places));
            const int x = cvRound(place.x), y = cvRound(place.y);
            const double here = along + length * k / places;
            if (here - end > gap_max) return end;
            if (x >= 0 && y >= 0 && x < mask.cols && y < mask.rows && inside(mask, y, x)) end = here;
        }
        along += length;
    }
    return arm.size() < 2 ? std::nullopt : std::optional<double>(end);
}

}  // namespace

double overlap_of(const cv::Mat& first, const cv::Mat& second) {
    const cv::Mat a = first > 127, b = second > 127;
    const int common = cv::countNonZero(a & b), either = cv::countNonZero(a | b);
    return either == 0 ? 1 : static_cast<double>(common) / either;
}

OutlineErrors compare_outlines(const cv::Mat& truth, const cv::Mat& drawn, const OutlinePlaces& places) {
    const double scale = reference_side / std::max(truth.rows, truth.cols);
    const cv::Range columns(std::clamp(places.trunk.start, 0, truth.cols), std::clamp(places.trunk.end, 0, truth.cols));
    OutlineErrors errors;
    errors.overlap = overlap_of(truth, drawn);

    std::vector<double> hem;
    for (int x = columns.start; x < columns.end; ++x) {
        const auto expected = lowest(truth, x), found = lowest(drawn, x);
        if (expected && found) hem.push_back(*found - *expected);
    }
    if (!hem.empty()) errors.hem = median(std::move(hem)) * scale;

    const int neck = cvRound(places.neck_x), reach = std::max(2, columns.size() / 12);
    const auto dip = neckline_of(truth, neck, reach), drawn_dip = neckline_of(drawn, neck, reach);
    if (dip && drawn_dip) errors.neckline = (*drawn_dip - *dip) * scale;

    for (const std::vector<Point>& arm : places.arms) {
        const auto expected = sleeve_end(truth, arm), found = sleeve_end(drawn, arm);
        if (expected && found) errors.cuffs = std::max(errors.cuffs.value_or(0), std::abs(*found - *expected) * scale);
    }
    return errors;
}

}  // namespace fitview::engine
