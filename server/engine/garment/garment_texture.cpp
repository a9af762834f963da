#include "engine/garment/garment_texture.hpp"

#include <opencv2/imgproc.hpp>

#include "engine/ops/pyramid_fill.hpp"

namespace fitview::engine {

cv::Mat extend_colours(const GarmentModel& garment) {
    cv::Mat sure, weight, real, filled, result;
    cv::erode(garment.alpha > 247, sure, cv::Mat::ones(3, 3, CV_8UC1), {-1, -1}, 1, cv::BORDER_CONSTANT, 0);
    if (cv::countNonZero(sure) == 0) return garment.picture.clone();
    sure.convertTo(weight, CV_32F, 1 / 255.0);
    garment.picture.convertTo(real, CV_32FC3);
    filled = pyramid_fill(real, weight);
    filled.convertTo(result, CV_8UC3);
    garment.picture.copyTo(result, sure);
    return result;
}

}  // namespace fitview::engine
