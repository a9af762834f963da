#include "engine/person/masks.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace fitview::engine {
namespace {

cv::Mat morphed(const cv::Mat& mask, int operation, int size) {
    cv::Mat result;
    cv::morphologyEx(mask, result, operation, cv::getStructuringElement(cv::MORPH_RECT, {size, size}));
    return result;
}

}  // namespace

std::vector<Run> runs_of_row(const cv::Mat& mask, int row) {
    std::vector<Run> runs;
    if (row < 0 || row >= mask.rows) return runs;
    const auto* line = mask.ptr<std::uint8_t>(row);
    for (int column = 0; column < mask.cols; ++column) {
        if (line[column] == 0) continue;
        const int first = column;
        while (column + 1 < mask.cols && line[column + 1] != 0) ++column;
        runs.push_back({first, column});
    }
    return runs;
}

cv::Mat keep_regions(const cv::Mat& mask, int connectivity, const std::function<bool(const Region&)>& keep) {
    cv::Mat numbers;
    cv::Mat statistics;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(mask, numbers, statistics, centres, connectivity);
    std::vector<std::uint8_t> kept(static_cast<std::size_t>(count));
    for (int at = 1; at < count; ++at) {
        const auto value = [&](int what) { return statistics.at<int>(at, what); };
        const Region region{
            {value(cv::CC_STAT_LEFT), value(cv::CC_STAT_TOP), value(cv::CC_STAT_WIDTH), value(cv::CC_STAT_HEIGHT)},
            value(cv::CC_STAT_AREA),
            {centres.at<double>(at, 0), centres.at<double>(at, 1)}};
        kept[static_cast<std::size_t>(at)] = keep(region) ? 255 : 0;
    }
    cv::Mat result(mask.size(), CV_8UC1);
    for (int row = 0; row < mask.rows; ++row) {
        const auto* in = numbers.ptr<int>(row);
        std::transform(in, in + mask.cols, result.ptr<std::uint8_t>(row),
                       [&](int number) { return kept[static_cast<std::size_t>(number)]; });
    }
    return result;
}

cv::Mat fill_holes(const cv::Mat& mask, double largest_share) {
    const double limit = largest_share * static_cast<double>(mask.total());
    const cv::Mat holes = keep_regions(~mask, 4, [&](const Region& region) {
        const bool inside =
            region.box.x > 0 && region.box.y > 0 && region.box.br().x < mask.cols && region.box.br().y < mask.rows;
        return inside && region.area < limit;
    });
    return mask | holes;
}

cv::Mat dilated(const cv::Mat& mask, int size) {
    return morphed(mask, cv::MORPH_DILATE, size);
}
cv::Mat eroded(const cv::Mat& mask, int size) {
    return morphed(mask, cv::MORPH_ERODE, size);
}
cv::Mat opened(const cv::Mat& mask, int size) {
    return morphed(mask, cv::MORPH_OPEN, size);
}
cv::Mat closed(const cv::Mat& mask, int size) {
    return morphed(mask, cv::MORPH_CLOSE, size);
}

void set_box(cv::Mat& mask, float left, float top, float right, float bottom, int value) {
    const cv::Rect box = cv::Rect(cv::Point(static_cast<int>(left), static_cast<int>(top)),
                                  cv::Point(static_cast<int>(right), static_cast<int>(bottom))) &
                         cv::Rect({}, mask.size());
    if (left < right && top < bottom && !box.empty()) mask(box).setTo(value);
}

Run rows_of(const cv::Mat& mask) {
    Run rows{0, -1};
    for (int row = 0; row < mask.rows; ++row) {
        if (cv::countNonZero(mask.row(row)) == 0) continue;
        if (rows.last < 0) rows.first = row;
        rows.last = row;
    }
    return rows;
}

float median_of(std::vector<float> values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::vector<float> smoothed(const std::vector<float>& values, double sigma) {
    const int count = static_cast<int>(values.size());
    const int reach = static_cast<int>(3 * sigma) + 1;
    if (count < 3 || sigma <= 0) return values;
    std::vector<float> weights;
    for (int step = -reach; step <= reach; ++step)
        weights.push_back(static_cast<float>(std::exp(-0.5 * step * step / (sigma * sigma))));
    std::vector<float> result(values.size());
    for (int at = 0; at < count; ++at) {
        float sum = 0;
        float total = 0;
        for (int step = -reach; step <= reach; ++step) {
            int from = std::abs(at + step);
            if (from >= count) from = 2 * (count - 1) - from;
            if (from < 0 || from >= count) continue;
            const float weight = weights[static_cast<std::size_t>(step + reach)];
            sum += weight * values[static_cast<std::size_t>(from)];
            total += weight;
        }
        result[static_cast<std::size_t>(at)] = sum / total;
    }
    return result;
}

}  // namespace fitview::engine
