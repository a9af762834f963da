#include "engine/ops/guided_filter.hpp"

#include <opencv2/imgproc.hpp>

namespace fitview::engine {

GuidedFilter::GuidedFilter(const cv::Mat& guide, int radius, double epsilon)
    : guide_(guide), window_(2 * radius + 1, 2 * radius + 1) {
    cv::blur(guide_, mean_, window_);
    cv::Mat square;
    cv::blur(guide_.mul(guide_), square, window_);
    variance_ = square - mean_.mul(mean_) + epsilon;
}

cv::Mat GuidedFilter::apply(const cv::Mat& plane) const {
    cv::Mat mean;
    cv::Mat product;
    cv::blur(plane, mean, window_);
    cv::blur(plane.mul(guide_), product, window_);
    cv::Mat slope = (product - mean.mul(mean_)) / variance_;
    cv::Mat offset = mean - slope.mul(mean_);
    cv::blur(slope, slope, window_);
    cv::blur(offset, offset, window_);
    return slope.mul(guide_) + offset;
}

}  // namespace fitview::engine
