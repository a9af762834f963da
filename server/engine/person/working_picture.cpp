#include "engine/person/working_picture.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>

#include "engine/geometry.hpp"

namespace fitview::engine {
namespace {

constexpr int shortest_side = 64;

cv::Mat reduced(const cv::Mat& picture, double scale) {
    if (scale >= 1) return picture.clone();
    const cv::Size size(std::max(1, cvRound(picture.cols * scale)), std::max(1, cvRound(picture.rows * scale)));
    cv::Mat result;
    cv::resize(picture, result, size, 0, 0, cv::INTER_AREA);
    return result;
}

cv::Mat as_rgb(const media::Raster& photo) {
    const int type = CV_8UC(photo.channels);
    // The Mat only looks at the raster's bytes; every way out of here copies them.
    cv::Mat view(photo.height, photo.width, type, const_cast<std::uint8_t*>(photo.bytes.data()));
    if (photo.channels == 3) return view;
    cv::Mat rgb;
    cv::cvtColor(view, rgb, photo.channels == 1 ? cv::COLOR_GRAY2RGB : cv::COLOR_RGBA2RGB);
    return rgb;
}

}  // namespace

WorkingPicture make_working_picture(const media::Raster& photo) {
    const cv::Mat rgb = as_rgb(photo);
    WorkingPicture result;
    result.picture = reduced(rgb, static_cast<double>(working_size) / std::max(rgb.cols, rgb.rows));
    const double wanted = static_cast<double>(analysis_size) / std::max(result.picture.cols, result.picture.rows);
    const double least = static_cast<double>(shortest_side) / std::min(result.picture.cols, result.picture.rows);
    result.scale = static_cast<float>(std::min(1.0, std::max(wanted, least)));
    result.small = reduced(result.picture, result.scale);
    cv::Mat fraction;
    result.small.convertTo(fraction, CV_32F, 1.0 / 255);
    cv::cvtColor(fraction, result.lab, cv::COLOR_RGB2Lab);
    cv::cvtColor(result.small, result.grey, cv::COLOR_RGB2GRAY);
    return result;
}

}  // namespace fitview::engine
