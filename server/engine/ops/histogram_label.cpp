#include "engine/ops/histogram_label.hpp"

#include <algorithm>
#include <cmath>

namespace fitview::engine {
namespace {

constexpr int cell_count = lightness_cells * colour_cells * colour_cells;

/// Blurs with (1/4, 1/2, 1/4) along one axis; the ends hold what would fall out.
void blur_along(std::vector<float>& histogram, int length, int stride) {
    std::vector<float> line(static_cast<std::size_t>(length));
    for (int start = 0; start < cell_count; ++start) {
        if ((start / stride) % length != 0) continue;
        const auto at = [&](int step) -> float& { return histogram[static_cast<std::size_t>(start + step * stride)]; };
        for (int step = 0; step < length; ++step) line[static_cast<std::size_t>(step)] = at(step);
        for (int step = 0; step < length; ++step) {
            const float before = line[static_cast<std::size_t>(std::max(0, step - 1))];
            const float after = line[static_cast<std::size_t>(std::min(length - 1, step + 1))];
            at(step) = 0.5F * line[static_cast<std::size_t>(step)] + 0.25F * (before + after);
        }
    }
}

int cell_of(float value, float low, float high, int cells) {
    return std::clamp(static_cast<int>((value - low) / (high - low) * static_cast<float>(cells)), 0, cells - 1);
}

}  // namespace

cv::Mat histogram_cells(const cv::Mat& lab) {
    cv::Mat cells(lab.size(), CV_16UC1);
    for (int row = 0; row < lab.rows; ++row) {
        const auto* in = lab.ptr<cv::Vec3f>(row);
        auto* out = cells.ptr<std::uint16_t>(row);
        for (int column = 0; column < lab.cols; ++column) {
            const cv::Vec3f& colour = in[column];
            const int cell = (cell_of(colour[0], 0, 100, lightness_cells) * colour_cells +
                              cell_of(colour[1], -64, 64, colour_cells)) *
                                 colour_cells +
                             cell_of(colour[2], -64, 64, colour_cells);
            out[column] = static_cast<std::uint16_t>(cell);
        }
    }
    return cells;
}

ColourHistogram::ColourHistogram(const cv::Mat& cells, const cv::Mat& seeds)
    : probability_(static_cast<std::size_t>(cell_count)) {
    double total = 0;
    for (int row = 0; row < cells.rows; ++row)
        for (int column = 0; column < cells.cols; ++column)
            if (seeds.at<std::uint8_t>(row, column) != 0) {
                probability_[cells.at<std::uint16_t>(row, column)] += 1;
                total += 1;
            }
    blur_along(probability_, lightness_cells, colour_cells * colour_cells);
    blur_along(probability_, lightness_cells, colour_cells * colour_cells);
    blur_along(probability_, colour_cells, colour_cells);
    blur_along(probability_, colour_cells, 1);
    const auto floor = static_cast<float>(1e-6 * total + 1e-6);
    for (float& share : probability_) share = (share + floor) / static_cast<float>(std::max(total, 1.0));
}

cv::Mat ColourHistogram::cost(const cv::Mat& cells) const {
    std::vector<float> table(probability_.size());
    std::transform(probability_.begin(), probability_.end(), table.begin(), [](float p) { return -std::log(p); });
    cv::Mat result(cells.size(), CV_32FC1);
    for (int row = 0; row < cells.rows; ++row) {
        const auto* in = cells.ptr<std::uint16_t>(row);
        std::transform(in, in + cells.cols, result.ptr<float>(row), [&](std::uint16_t cell) { return table[cell]; });
    }
    return result;
}

}  // namespace fitview::engine
