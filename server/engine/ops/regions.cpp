#include "engine/ops/regions.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace fitview::engine {
namespace {

/// Paints the regions whose entry in `wanted` is set.
cv::Mat paint(const cv::Mat& labels, const std::vector<std::uint8_t>& wanted) {
    cv::Mat result(labels.size(), CV_8UC1);
    for (int row = 0; row < labels.rows; ++row) {
        const int* from = labels.ptr<int>(row);
        std::uint8_t* to = result.ptr(row);
        for (int column = 0; column < labels.cols; ++column)
            to[column] = wanted[static_cast<std::size_t>(from[column])];
    }
    return result;
}

}  // namespace

std::vector<Run> runs_of_row(const cv::Mat& mask, int row, int shortest) {
    std::vector<Run> runs;
    const std::uint8_t* pixels = mask.ptr(row);
    for (int column = 0; column < mask.cols; ++column) {
        if (pixels[column] == 0) continue;
        const int first = column;
        while (column + 1 < mask.cols && pixels[column + 1] != 0) ++column;
        if (column - first + 1 >= shortest) runs.push_back({first, column});
    }
    return runs;
}

cv::Mat largest_region(const cv::Mat& mask) {
    cv::Mat labels, statistics, centres;
    const int count = cv::connectedComponentsWithStats(mask, labels, statistics, centres, 4, CV_32S);
    std::vector<std::uint8_t> wanted(static_cast<std::size_t>(count), 0);
    int largest = 0;
    for (int label = 1; label < count; ++label)
        if (largest == 0 || statistics.at<int>(label, cv::CC_STAT_AREA) > statistics.at<int>(largest, cv::CC_STAT_AREA))
            largest = label;
    if (largest > 0) wanted[static_cast<std::size_t>(largest)] = 255;
    return paint(labels, wanted);
}

cv::Mat border_region(const cv::Mat& mask) {
    cv::Mat labels;
    const int count = cv::connectedComponents(mask, labels, 4, CV_32S);
    std::vector<std::uint8_t> wanted(static_cast<std::size_t>(count), 0);
    const auto want = [&](int row, int column) { wanted[static_cast<std::size_t>(labels.at<int>(row, column))] = 255; };
    for (int column = 0; column < mask.cols; ++column) {
        want(0, column);
        want(mask.rows - 1, column);
    }
    for (int row = 0; row < mask.rows; ++row) {
        want(row, 0);
        want(row, mask.cols - 1);
    }
    wanted[0] = 0;
    return paint(labels, wanted);
}

cv::Mat fill_holes(const cv::Mat& mask) {
    return 255 - border_region(mask == 0);
}

}  // namespace fitview::engine
