#include "engine/evaluate/defects.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdlib>

#include "engine/evaluate/explained_cloth.hpp"
#include "engine/evaluate/product_colours.hpp"

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

/// A waistcoat leaves the worn sleeves, an open coat what lies between its halves.
bool meant_to_be_seen(const GarmentModel& garment, const cv::Mat& coverage, int x, int y) {
    const GarmentRules& rules = rules_of(garment.type);
    if (rules.layer != Layer::outer) return false;
    if (garment.sleeves == SleeveClass::none) return true;
    if (rules.front != Front::open) return false;
    const cv::Mat row = coverage.row(y) > 127;
    return cv::countNonZero(row.colRange(0, x)) > 0 && cv::countNonZero(row.colRange(x, row.cols)) > 0;
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
                    unchanged(drawn.picture.at<cv::Vec3b>(y, x), person.picture.at<cv::Vec3b>(y, x)) &&
                    !meant_to_be_seen(garment, drawn.coverage, x, y);
        }
    return all > 0 ? seen / all : 0;
}

double outside_share(const PersonModel& person, const GarmentModel& garment, const cv::Mat& coverage,
                     const cv::Mat& true_garment) {
    cv::Mat explained = explained_cloth(person, garment);
    if (!true_garment.empty()) explained |= true_garment;
    const cv::Mat cloth = coverage > 127;
    const int all = cv::countNonZero(cloth);
    return all > 0 ? static_cast<double>(cv::countNonZero(cloth & ~explained)) / all : 0;
}

/// The cut-out's and the coverage's soft edges hold other colours.
cv::Mat well_inside(const cv::Mat& mask) {
    cv::Mat inside;
    cv::erode(mask > 200, inside, cv::Mat::ones(5, 5, CV_8U));
    return cv::countNonZero(inside) > 0 ? inside : cv::Mat(mask > 200);
}

double distance_to_product(const GarmentModel& garment, const DrawnPicture& drawn) {
    cv::Mat product = well_inside(garment.alpha);
    if (!garment.inner.empty()) product.setTo(0, garment.inner > 127);
    if (!drawn.product_seen.empty()) {
        const cv::Mat seen = product & drawn.product_seen;
        if (cv::countNonZero(seen) > 0) product = seen;
    }
    return product_colour_distance(garment.picture, product, drawn.picture, well_inside(drawn.coverage));
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
    Defects defects;
    defects.old_top_visible = old_top_share(person, garment, drawn);
    defects.outside_body = outside_share(person, garment, drawn.coverage, true_garment);
    defects.colour_distance = distance_to_product(garment, drawn);
    defects.identity_pixels = undeclared_changes(person, drawn);
    return defects;
}

}  // namespace fitview::engine
