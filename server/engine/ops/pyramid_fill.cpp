#include "engine/ops/pyramid_fill.hpp"

#include <opencv2/imgproc.hpp>

#include <vector>

namespace fitview::engine {
namespace {

cv::Mat as_wide_as(const cv::Mat& picture, const cv::Mat& weight) {
    if (picture.channels() == 1) return weight;
    cv::Mat wide;
    cv::merge(std::vector<cv::Mat>(static_cast<std::size_t>(picture.channels()), weight), wide);
    return wide;
}

/// `sum` is already multiplied by `weight`.
cv::Mat fill(const cv::Mat& sum, const cv::Mat& weight) {
    if (sum.rows <= 1 && sum.cols <= 1) {
        const cv::Mat known = cv::max(weight, 1e-6F);
        return sum / as_wide_as(sum, known);
    }
    const cv::Size half((sum.cols + 1) / 2, (sum.rows + 1) / 2);
    cv::Mat smaller_sum;
    cv::Mat smaller_weight;
    cv::resize(sum, smaller_sum, half, 0, 0, cv::INTER_AREA);
    cv::resize(weight, smaller_weight, half, 0, 0, cv::INTER_AREA);
    // A pixel known for a quarter counts as known: otherwise thin borders would fade on the way up.
    const cv::Mat known = cv::min(smaller_weight * 4, 1.0F);
    const cv::Mat scale = known / cv::max(smaller_weight, 1e-6F);
    cv::Mat coarse = fill(smaller_sum.mul(as_wide_as(sum, scale)), known);
    cv::resize(coarse, coarse, sum.size(), 0, 0, cv::INTER_LINEAR);
    const cv::Mat unknown = 1 - weight;
    return sum + coarse.mul(as_wide_as(sum, unknown));
}

}  // namespace

cv::Mat pyramid_fill(const cv::Mat& picture, const cv::Mat& weight) {
    return fill(picture.mul(as_wide_as(picture, weight)), weight);
}

}  // namespace fitview::engine
