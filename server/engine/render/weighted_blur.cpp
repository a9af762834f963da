#include "engine/render/weighted_blur.hpp"

#include <opencv2/imgproc.hpp>

namespace fitview::engine {

cv::Mat weighted_blur(const cv::Mat& values, const cv::Mat& weight, double sigma) {
    // large blurs at a quarter of the size look the same and cost a tenth
    const double factor = sigma > 6 ? 0.25 : 1;
    cv::Mat sum = values.mul(weight), total = weight.clone();
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
