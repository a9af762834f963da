#include "engine/evaluate/overlay.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace fitview::engine {

Overlay paste_overlay(const PersonModel& person, const GarmentModel& garment) {
    constexpr float usual = 1.10F, with_long_sleeves = 1.35F, below_chin = 0.30F;
    Overlay overlay{person.picture.clone(), cv::Mat(person.picture.size(), CV_8U, cv::Scalar(0))};
    const cv::Rect box = cv::boundingRect(garment.alpha > 127);
    if (box.empty()) return overlay;
    const PersonLandmarks& marks = person.landmarks;
    const float shoulders = marks.shoulder[picture_right].x - marks.shoulder[picture_left].x;
    const float wide = (garment.sleeves == SleeveClass::long_sleeve ? with_long_sleeves : usual) * shoulders;
    const float scale = std::clamp(wide / static_cast<float>(box.width), 0.02F, 20.F);
    const cv::Size size(std::max(1, cvRound(static_cast<float>(box.width) * scale)),
                        std::max(1, cvRound(static_cast<float>(box.height) * scale)));
    cv::Mat colours, alpha;
    cv::resize(garment.picture(box), colours, size, 0, 0, cv::INTER_AREA);
    cv::resize(garment.alpha(box), alpha, size, 0, 0, cv::INTER_AREA);
    const cv::Point corner(cvRound(marks.centre_x - static_cast<float>(size.width) / 2),
                           cvRound(marks.chin_y + below_chin * marks.unit));
    const cv::Rect place = cv::Rect(corner, size) & cv::Rect({}, person.picture.size());
    for (int y = place.y; y < place.br().y; ++y)
        for (int x = place.x; x < place.br().x; ++x) {
            const int covered = alpha.at<std::uint8_t>(y - corner.y, x - corner.x);
            auto& pixel = overlay.picture.at<cv::Vec3b>(y, x);
            const auto& cloth = colours.at<cv::Vec3b>(y - corner.y, x - corner.x);
            for (int c = 0; c < 3; ++c)
                pixel[c] = static_cast<std::uint8_t>((pixel[c] * (255 - covered) + cloth[c] * covered + 127) / 255);
            overlay.coverage.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(covered);
        }
    return overlay;
}

}  // namespace fitview::engine
