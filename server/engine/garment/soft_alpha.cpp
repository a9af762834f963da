#include "engine/garment/soft_alpha.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

#include "engine/ops/guided_filter.hpp"

namespace fitview::engine {

cv::Mat soften_edge(const cv::Mat& picture, const cv::Mat& mask) {
    const double scale = static_cast<double>(picture.cols) / mask.cols;
    cv::Mat grey, guide, coarse, plane;
    cv::cvtColor(picture, grey, cv::COLOR_RGB2GRAY);
    grey.convertTo(guide, CV_32F, 1 / 255.0);
    mask.convertTo(coarse, CV_32F, 1 / 255.0);
    cv::resize(coarse, plane, picture.size(), 0, 0, cv::INTER_LINEAR);
    const int radius = std::max(2, static_cast<int>(2.2 * scale));
    cv::Mat alpha = GuidedFilter(guide, radius, 1e-4).apply(plane);
    alpha = (alpha - 0.5) * 1.6 + 0.5;
    cv::Mat reach;
    cv::dilate(plane, reach, cv::Mat::ones(3, 3, CV_8UC1));
    alpha.setTo(0, reach <= 0.3);
    cv::Mat bytes;
    alpha.convertTo(bytes, CV_8U, 255);
    cv::erode(bytes, bytes, cv::Mat::ones(3, 3, CV_8UC1));
    cv::GaussianBlur(bytes, bytes, {}, 0.7);
    return bytes;
}

}  // namespace fitview::engine
