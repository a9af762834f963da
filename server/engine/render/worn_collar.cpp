#include "engine/render/worn_collar.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <vector>

#include "engine/render/bare_skin.hpp"

namespace fitview::engine {
namespace {

cv::Mat disc(float radius) {
    const int r = std::max(1, cvRound(radius));
    return cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * r + 1, 2 * r + 1});
}

/// The part of `planes` whose connected pieces, as `pieces` joins them, have a pixel of `seed`.
cv::Mat touching(const cv::Mat& plane, const cv::Mat& pieces, const cv::Mat& seed) {
    cv::Mat number, result(plane.size(), CV_8U, cv::Scalar(0));
    std::vector<bool> kept(static_cast<std::size_t>(cv::connectedComponents(pieces, number, 8)), false);
    for (int y = 0; y < plane.rows; ++y)
        for (int x = 0; x < plane.cols; ++x)
            if (number.at<int>(y, x) > 0 && seed.at<std::uint8_t>(y, x) > 0) kept[number.at<int>(y, x)] = true;
    for (int y = 0; y < plane.rows; ++y)
        for (int x = 0; x < plane.cols; ++x)
            if (plane.at<std::uint8_t>(y, x) > 0 && kept[number.at<int>(y, x)]) result.at<std::uint8_t>(y, x) = 255;
    return result;
}

}  // namespace

cv::Mat head_hair(const PersonModel& person) {
    const cv::Mat hair = person.labels == label_hair;
    const PersonLandmarks& marks = person.landmarks;
    cv::Mat joined, head(hair.size(), CV_8U, cv::Scalar(0));
    cv::dilate(hair, joined, disc(0.03F * marks.unit));
    head.rowRange(0, std::clamp(static_cast<int>(marks.chin_y), 0, head.rows)).setTo(255);
    return touching(hair, joined, head & hair);
}

cv::Mat worn_top(const PersonModel& person) {
    const PersonLandmarks& marks = person.landmarks;
    const float u = marks.unit;
    const cv::Mat top = person.labels == label_upper;
    cv::Mat odd = other_than_skin(person);
    odd |= (person.labels == label_hair) & ~head_hair(person);
    cv::Mat near, touched;
    cv::dilate(top, near, disc(0.35F * u));
    odd &= near;
    // a bracelet or a shadow further down is none of its parts
    odd.rowRange(0, std::clamp(static_cast<int>(marks.chin_y + 0.05F * u), 0, odd.rows)).setTo(0);
    odd.rowRange(std::clamp(static_cast<int>(marks.shoulder_y + 0.9F * u), 0, odd.rows), odd.rows).setTo(0);
    cv::dilate(top, touched, disc(0.04F * u));
    cv::Mat whole = top | touching(odd, odd, touched);
    // trimmings that no label names
    cv::Mat closed;
    cv::morphologyEx(whole, closed, cv::MORPH_CLOSE, disc(0.05F * u));
    closed &= person.labels == label_none;
    return whole | closed;
}

}  // namespace fitview::engine
