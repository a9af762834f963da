#include "engine/evaluate/worn_top.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>

#include "engine/evaluate/raster_view.hpp"

namespace fitview::engine {

cv::Mat worn_top_mask(const PersonModel& person) {
    cv::Mat top = person.labels == label_upper;
    cv::dilate(top, top, cv::Mat::ones(5, 5, CV_8U));
    return top;
}

void hide_worn_top(PersonModel& person) {
    person.picture = person.picture.clone();  // copies of a model share their pixels
    person.picture.setTo(cv::Scalar::all(128), worn_top_mask(person));
}

std::optional<media::Raster> cut_out_worn_top(const PersonModel& person) {
    constexpr double least_share = 0.02;
    constexpr int ground = 238, margin = 60, frame = 40;
    const cv::Mat top = person.labels == label_upper;
    if (cv::countNonZero(top) < least_share * static_cast<double>(top.total())) return std::nullopt;
    cv::Mat soft;
    top.convertTo(soft, CV_32F, 1 / 255.0);
    cv::GaussianBlur(soft, soft, {}, 1.5);
    soft = (soft - 0.5) * 3 + 0.5;
    cv::Mat product(top.size(), CV_8UC3);
    for (int y = 0; y < top.rows; ++y)
        for (int x = 0; x < top.cols; ++x) {
            const float alpha = std::clamp(soft.at<float>(y, x), 0.F, 1.F);
            for (int c = 0; c < 3; ++c)
                product.at<cv::Vec3b>(y, x)[c] = cv::saturate_cast<std::uint8_t>(
                    static_cast<float>(person.picture.at<cv::Vec3b>(y, x)[c]) * alpha + ground * (1 - alpha));
        }
    const cv::Rect box = (cv::boundingRect(top) + cv::Size(2 * margin, 2 * margin) - cv::Point(margin, margin)) &
                         cv::Rect({}, top.size());
    cv::Mat framed;
    cv::copyMakeBorder(product(box), framed, frame, frame, frame, frame, cv::BORDER_CONSTANT | cv::BORDER_ISOLATED,
                       cv::Scalar::all(ground));
    return raster_from(framed);
}

}  // namespace fitview::engine
