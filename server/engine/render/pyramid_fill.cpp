#include "engine/render/pyramid_fill.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <vector>

namespace fitview::engine {
namespace {

struct Level {
    cv::Mat colour;  // 32FC3, colour times weight
    cv::Mat weight;  // 32FC1
};

Level halve(const Level& fine) {
    Level coarse;
    const cv::Size size((fine.weight.cols + 1) / 2, (fine.weight.rows + 1) / 2);
    cv::resize(fine.colour, coarse.colour, size, 0, 0, cv::INTER_AREA);
    cv::resize(fine.weight, coarse.weight, size, 0, 0, cv::INTER_AREA);
    return coarse;
}

/// Known colours of one level over the filled next coarser one.
cv::Mat fill_level(const Level& level, const cv::Mat& coarser) {
    cv::Mat below;
    cv::resize(coarser, below, level.weight.size(), 0, 0, cv::INTER_LINEAR);
    for (int y = 0; y < below.rows; ++y) {
        auto* out = below.ptr<cv::Vec3f>(y);
        const auto* colour = level.colour.ptr<cv::Vec3f>(y);
        const auto* weight = level.weight.ptr<float>(y);
        for (int x = 0; x < below.cols; ++x) {
            if (weight[x] <= 1e-4F) continue;
            const float sure = std::min(1.0F, weight[x] * 4);
            out[x] = colour[x] * (sure / weight[x]) + out[x] * (1 - sure);
        }
    }
    return below;
}

}  // namespace

cv::Mat pyramid_fill(const cv::Mat& picture, const cv::Mat& known, const cv::Scalar& otherwise) {
    std::vector<Level> levels(1);
    cv::Mat weight3;
    picture.convertTo(levels[0].colour, CV_32FC3);
    known.convertTo(levels[0].weight, CV_32F, 1 / 255.0);
    cv::merge(std::vector<cv::Mat>(3, levels[0].weight), weight3);
    levels[0].colour = levels[0].colour.mul(weight3);
    weight3.release();
    while (std::max(levels.back().weight.rows, levels.back().weight.cols) > 1) levels.push_back(halve(levels.back()));
    cv::Mat filled(levels.back().weight.size(), CV_32FC3, otherwise);
    for (auto level = levels.rbegin(); level != levels.rend(); ++level) filled = fill_level(*level, filled);
    cv::Mat result;
    filled.convertTo(result, CV_8UC3);
    return result;
}

cv::Mat weighted_blur(const cv::Mat& values, const cv::Mat& weight, double sigma) {
    // large blurs at a quarter of the size look the same and cost a tenth
    const double factor = sigma > 6 ? 0.25 : 1;
    cv::Mat sum = values.mul(weight), total = weight;
    if (factor < 1) {
        cv::resize(sum, sum, {}, factor, factor, cv::INTER_AREA);
        cv::resize(weight, total, {}, factor, factor, cv::INTER_AREA);
    }
    cv::GaussianBlur(sum, sum, {}, sigma * factor);
    cv::GaussianBlur(total, total, {}, sigma * factor);
    cv::max(total, 1e-4, total);
    cv::divide(sum, total, sum);
    if (factor < 1) cv::resize(sum, sum, values.size(), 0, 0, cv::INTER_LINEAR);
    return sum;
}

}  // namespace fitview::engine
