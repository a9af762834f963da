#include "engine/render/continue_colours.hpp"

#include <opencv2/imgproc.hpp>

#include "engine/ops/pyramid_fill.hpp"

namespace fitview::engine {

cv::Mat continue_colours(const cv::Mat& picture, const cv::Mat& known, const cv::Scalar& otherwise) {
    if (cv::countNonZero(known) == 0) return {picture.size(), CV_8UC3, otherwise};
    cv::Mat small, weight, filled;
    // what has no detail needs half the size only
    cv::resize(picture, small, {}, 0.5, 0.5, cv::INTER_AREA);
    cv::resize(known, weight, small.size(), 0, 0, cv::INTER_AREA);
    small.convertTo(small, CV_32FC3);
    weight.convertTo(weight, CV_32F, 1 / 255.0);
    pyramid_fill(small, weight).convertTo(filled, CV_8UC3);
    cv::resize(filled, filled, picture.size(), 0, 0, cv::INTER_LINEAR);
    return filled;
}

}  // namespace fitview::engine
