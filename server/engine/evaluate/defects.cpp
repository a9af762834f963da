#include "engine/evaluate/defects.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdlib>

namespace fitview::engine {
namespace {

/// Compression and soft edges move colours by less.
constexpr int same_colour = 10;

bool unchanged(const cv::Vec3b& a, const cv::Vec3b& b) {
    return std::abs(a[0] - b[0]) <= same_colour && std::abs(a[1] - b[1]) <= same_colour &&
           std::abs(a[2] - b[2]) <= same_colour;
}

/// Under a new top, the skirt of a dress is meant to stay.
int last_row_to_go(const PersonModel& person, const GarmentModel& garment, const cv::Mat& coverage) {
    if (!person.landmarks.one_piece || garment.kind != GarmentClass::upper) return coverage.rows;
    return cv::boundingRect(coverage > 127).br().y;
}

double old_top_share(const PersonModel& person, const GarmentModel& garment, const DrawnPicture& drawn) {
    if (garment.type == GarmentType::dupatta) return 0;  // it is worn over everything
    const bool below = garment.kind == GarmentClass::lower || garment.type == GarmentType::saree;
    cv::Mat top = person.labels == (below ? label_lower : label_upper);
    cv::erode(top, top, cv::Mat::ones(5, 5, CV_8U));
    const int rows = last_row_to_go(person, garment, drawn.coverage);
    double all = 0, seen = 0;
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < top.cols; ++x) {
            if (top.at<std::uint8_t>(y, x) == 0) continue;
            ++all;
            seen += drawn.coverage.at<std::uint8_t>(y, x) < 128 &&
                    unchanged(drawn.picture.at<cv::Vec3b>(y, x), person.picture.at<cv::Vec3b>(y, x));
        }
    return all > 0 ? seen / all : 0;
}

double outside_share(const PersonModel& person, const cv::Mat& coverage, const cv::Mat& true_garment) {
    cv::Mat body = person.silhouette > 127;
    if (!true_garment.empty()) body |= true_garment;
    cv::dilate(body, body, cv::Mat::ones(5, 5, CV_8U));
    const cv::Mat cloth = coverage > 127;
    const int all = cv::countNonZero(cloth);
    return all > 0 ? static_cast<double>(cv::countNonZero(cloth & ~body)) / all : 0;
}

std::int64_t undeclared_changes(const PersonModel& person, const DrawnPicture& drawn) {
    if (drawn.change_mask.empty()) return 0;
    std::int64_t found = 0;
    for (int y = 0; y < drawn.picture.rows; ++y)
        for (int x = 0; x < drawn.picture.cols; ++x)
            found += drawn.change_mask.at<std::uint8_t>(y, x) == 0 &&
                     drawn.picture.at<cv::Vec3b>(y, x) != person.picture.at<cv::Vec3b>(y, x);
    return found;
}

}  // namespace

Defects find_defects(const PersonModel& person, const GarmentModel& garment, const DrawnPicture& drawn,
                     const cv::Mat& true_garment) {
    cv::Mat product = garment.alpha > 200;
    if (!garment.inner.empty()) product.setTo(0, garment.inner > 127);
    const cv::Mat cloth = drawn.coverage > 200;
    Defects defects;
    defects.old_top_visible = old_top_share(person, garment, drawn);
    defects.outside_body = outside_share(person, drawn.coverage, true_garment);
    defects.colour_distance = colour_distance(garment.picture, product, drawn.picture, cloth);
    defects.identity_pixels = undeclared_changes(person, drawn);
    return defects;
}

}  // namespace fitview::engine
