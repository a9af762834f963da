#include "engine/pose/sample_region.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace fitview::engine {

cv::Point2d Region2d::at(double x, double y) const {
    const double across = (x - 0.5) * width;
    const double down = (y - 0.5) * height;
    return {centre_x + across * std::cos(turn) - down * std::sin(turn),
            centre_y + across * std::sin(turn) + down * std::cos(turn)};
}

Region2d Region2d::around(cv::Point2d middle, cv::Point2d above) {
    constexpr double margin = 1.25;
    const double size = 2 * margin * std::hypot(above.x - middle.x, above.y - middle.y);
    const double turn = std::atan2(above.x - middle.x, middle.y - above.y);
    return {middle.x, middle.y, size, size, turn};
}

std::vector<float> sample_region(const cv::Mat& picture, const Region2d& region, cv::Size size, Outside outside,
                                 ValueRange range) {
    std::vector<float> values;
    values.reserve(static_cast<std::size_t>(size.area()) * 3);
    const float scale = (range.highest - range.lowest) / 255;
    const cv::Point2d origin = region.at(0.5 / size.width, 0.5 / size.height) - cv::Point2d(0.5, 0.5);
    const cv::Point2d across = region.at(1.0 / size.width, 0) - region.at(0, 0);
    const cv::Point2d down = region.at(0, 1.0 / size.height) - region.at(0, 0);
    const cv::Rect all({}, picture.size());
    for (int row = 0; row < size.height; ++row)
        for (int column = 0; column < size.width; ++column) {
            const cv::Point2d place = origin + across * column + down * row;
            // A region far off the picture must not leave the range of int.
            const double x = std::clamp(place.x, -4.0, picture.cols + 4.0);
            const double y = std::clamp(place.y, -4.0, picture.rows + 4.0);
            const cv::Point first(static_cast<int>(std::floor(x)), static_cast<int>(std::floor(y)));
            const float right = static_cast<float>(x - first.x);
            const float below = static_cast<float>(y - first.y);
            cv::Vec3f sum(0, 0, 0);
            for (const cv::Point step : {cv::Point(0, 0), cv::Point(1, 0), cv::Point(0, 1), cv::Point(1, 1)}) {
                cv::Point at = first + step;
                if (outside == Outside::edge)
                    at = {std::clamp(at.x, 0, picture.cols - 1), std::clamp(at.y, 0, picture.rows - 1)};
                else if (!all.contains(at))
                    continue;
                const float share = (step.x ? right : 1 - right) * (step.y ? below : 1 - below);
                sum += share * cv::Vec3f(picture.at<cv::Vec3b>(at));
            }
            for (int channel = 0; channel < 3; ++channel) values.push_back(sum[channel] * scale + range.lowest);
        }
    return values;
}

}  // namespace fitview::engine
