#include "engine/garment/inner_back.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/garment/collar_curve.hpp"

namespace fitview::engine {
namespace {

constexpr int seed = 7;
constexpr float strength_where_doubtful = 0.8F;    // of a collar's edge
constexpr float band_share = 0.7F;                 // of a standing collar's height, at its ends
constexpr float band_least = 0.2F;                 // in radii
const cv::Vec3f colour_weights(0.8F, 1.3F, 1.3F);  // lightness varies with folds, chroma does not

float colour_distance(const cv::Vec3f& a, const cv::Vec3f& b) {
    return static_cast<float>(cv::norm((a - b).mul(colour_weights)));
}

/// The measures everything near the neck is said in.
struct NeckFrame {
    Point centre;
    float radius = 0;
    float neck_row = 0;
    float middle_row = 0;  // top of the cloth at the axis
    cv::Rect zone;
};

NeckFrame frame_of(const GarmentShape& shape, const NeckPoints& points) {
    NeckFrame frame;
    const Point left = points.neck[picture_left];
    const Point right = points.neck[picture_right];
    frame.centre = (left + right) / 2;
    frame.radius = std::max(2.F, (right.x - left.x) / 2);
    frame.neck_row = frame.centre.y;
    const int column = std::clamp(static_cast<int>(std::lround(shape.axis)), 0, shape.mask.cols - 1);
    const int top = shape.top[static_cast<std::size_t>(column)];
    frame.middle_row = static_cast<float>(top < 0 ? shape.box.y : top);
    const auto first = static_cast<int>(left.x - 0.05F * frame.radius);
    const auto last = static_cast<int>(right.x + 0.05F * frame.radius);
    frame.zone =
        cv::Rect(first, shape.box.y, std::max(1, last - first), std::max(1, static_cast<int>(0.5F * shape.height()))) &
        cv::Rect({}, shape.mask.size());
    return frame;
}

template <class Wanted>
std::vector<cv::Vec3f> collect(const GarmentShape& shape, const cv::Mat& lab, cv::Rect box, Wanted wanted) {
    std::vector<cv::Vec3f> colours;
    box &= cv::Rect({}, shape.mask.size());
    for (int row = box.y; row < box.br().y; ++row)
        for (int column = box.x; column < box.br().x; ++column)
            if (shape.mask.at<std::uint8_t>(row, column) != 0 &&
                wanted(static_cast<float>(column), static_cast<float>(row)))
                colours.push_back(lab.at<cv::Vec3f>(row, column));
    return colours;
}

cv::Vec3f median_colour(const std::vector<cv::Vec3f>& colours) {
    cv::Vec3f median;
    std::vector<float> values(colours.size());
    for (int channel = 0; channel < 3; ++channel) {
        std::transform(colours.begin(), colours.end(), values.begin(), [&](const cv::Vec3f& c) { return c[channel]; });
        const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
        std::nth_element(values.begin(), half, values.end());
        median[channel] = *half;
    }
    return median;
}

cv::Rect around(Point centre, float across, float down) {
    return {static_cast<int>(centre.x - across), static_cast<int>(centre.y - down), static_cast<int>(2 * across) + 1,
            static_cast<int>(2 * down) + 1};
}

/// The main colours of the front just below the neck and of the straps beside it.
std::vector<cv::Vec3f> front_colours(const GarmentShape& shape, const NeckFrame& frame, const cv::Mat& lab) {
    const float radius = frame.radius;
    const Point chest(shape.axis, frame.middle_row + 1.9F * radius);
    std::vector<cv::Vec3f> chest_colours =
        collect(shape, lab, around(chest, 1.4F * radius, 0.7F * radius), [](float, float) { return true; });
    if (chest_colours.size() <= 100) return {};
    cv::Mat samples(0, 3, CV_32F);
    for (std::size_t at = 0; at < chest_colours.size(); at += 7)
        samples.push_back(cv::Mat(chest_colours[at]).reshape(1, 1));
    cv::Mat labels, centres;
    cv::setRNGSeed(seed);
    cv::kmeans(samples, 3, labels, {cv::TermCriteria::COUNT + cv::TermCriteria::EPS, 8, 1.0}, 1, cv::KMEANS_PP_CENTERS,
               centres);
    std::vector<cv::Vec3f> colours;
    for (int row = 0; row < centres.rows; ++row)
        colours.emplace_back(centres.at<float>(row, 0), centres.at<float>(row, 1), centres.at<float>(row, 2));
    const auto first_row = static_cast<float>(shape.box.y + 2);
    const std::vector<cv::Vec3f> strap =
        collect(shape, lab, around({shape.axis, (first_row + frame.middle_row) / 2}, 1.5F * radius, shape.height() / 2),
                [&](float column, float row) {
                    const float beside = std::abs(std::abs(column - shape.axis) - 1.25F * radius);
                    return row > first_row && row < frame.middle_row + 0.4F * radius && beside < 0.2F * radius;
                });
    if (strap.size() > 20) colours.push_back(median_colour(strap));
    return colours;
}

/// Pixels of the zone that are nearer to `inside` than to any colour of the front, smoothed over 5 x 5.
cv::Mat nearer_to_inside(const GarmentShape& shape, const NeckFrame& frame, const cv::Mat& lab, const cv::Vec3f& inside,
                         const std::vector<cv::Vec3f>& front) {
    const cv::Mat part = lab(frame.zone);
    const auto distances_from = [&](const cv::Vec3f& colour) {
        cv::Mat plane(part.size(), CV_32FC1);
        for (int row = 0; row < part.rows; ++row)
            for (int column = 0; column < part.cols; ++column)
                plane.at<float>(row, column) = colour_distance(part.at<cv::Vec3f>(row, column), colour);
        cv::blur(plane, plane, {5, 5});
        return plane;
    };
    const cv::Mat own = distances_from(inside);
    cv::Mat other(part.size(), CV_32FC1, cv::Scalar(std::numeric_limits<float>::max()));
    for (const cv::Vec3f& colour : front) cv::min(other, distances_from(colour), other);
    cv::Mat near = (own < other) & shape.mask(frame.zone);
    cv::morphologyEx(near, near, cv::MORPH_OPEN, cv::Mat::ones(3, 3, CV_8UC1));
    return near;
}

InnerBack find_by_colour(const GarmentShape& shape, const NeckFrame& frame, const cv::Mat& lab) {
    InnerBack result;
    const float radius = frame.radius;
    const auto in_seed = [&](float column, float row) {
        const float depth = row - static_cast<float>(shape.top[static_cast<std::size_t>(column)]);
        return depth > 0.06F * radius + 2 && depth < 0.30F * radius + 4 &&
               std::abs(column - shape.axis) < 0.45F * radius;
    };
    const std::vector<cv::Vec3f> seeds = collect(shape, lab, frame.zone, in_seed);
    const std::vector<cv::Vec3f> front = front_colours(shape, frame, lab);
    if (seeds.size() <= 25 || front.empty()) return result;
    const cv::Vec3f inside = median_colour(seeds);
    float nearest = std::numeric_limits<float>::max();
    for (const cv::Vec3f& colour : front) nearest = std::min(nearest, colour_distance(inside, colour));
    std::vector<float> scatter;
    for (const cv::Vec3f& colour : seeds)
        for (int channel = 0; channel < 3; ++channel) scatter.push_back(std::abs(colour[channel] - inside[channel]));
    const auto half = scatter.begin() + static_cast<std::ptrdiff_t>(scatter.size() / 2);
    std::nth_element(scatter.begin(), half, scatter.end());
    if (nearest <= 9 || *half >= 9) return result;

    const cv::Mat near = nearer_to_inside(shape, frame, lab, inside, front);
    cv::Mat labels;
    const int count = cv::connectedComponents(near, labels, 8, CV_32S);
    std::vector<bool> seeded(static_cast<std::size_t>(count), false);
    for (int row = 0; row < labels.rows; ++row)
        for (int column = 0; column < labels.cols; ++column)
            if (labels.at<int>(row, column) > 0 &&
                in_seed(static_cast<float>(frame.zone.x + column), static_cast<float>(frame.zone.y + row)))
                seeded[static_cast<std::size_t>(labels.at<int>(row, column))] = true;
    std::vector<cv::Point> grown;
    for (int row = 0; row < labels.rows; ++row)
        for (int column = 0; column < labels.cols; ++column)
            if (seeded[static_cast<std::size_t>(labels.at<int>(row, column))])
                grown.emplace_back(frame.zone.x + column, frame.zone.y + row);
    if (grown.size() < 3) return result;
    std::vector<cv::Point> hull;
    cv::convexHull(grown, hull);
    cv::Mat filled = cv::Mat::zeros(shape.mask.size(), CV_8UC1);
    cv::fillPoly(filled, std::vector<std::vector<cv::Point>>{hull}, 255);
    filled &= shape.mask;
    const cv::Rect extent = cv::boundingRect(filled);
    result.depth = static_cast<float>(extent.br().y - 1) - frame.neck_row;
    result.found = static_cast<double>(grown.size()) > 0.55 * cv::countNonZero(filled) &&
                   result.depth > 0.12F * radius &&
                   result.depth<2.3F * radius&& static_cast<float>(extent.width - 1)> 1.15F * radius;
    if (result.found) result.mask = filled;
    return result;
}

InnerBack find_by_edge(const GarmentShape& shape, const NeckPoints& points, const NeckFrame& frame, const cv::Mat& lab,
                       bool doubtful) {
    InnerBack result;
    const CollarCurve curve = find_collar_curve(shape, points, lab);
    if (curve.points.empty() || (doubtful && curve.strength < strength_where_doubtful)) return result;
    std::vector<cv::Point> polygon;
    float lowest = 0;
    for (const Point place : curve.points) {
        polygon.emplace_back(place);
        lowest = std::max(lowest, place.y);
    }
    polygon.emplace_back(cv::Point(static_cast<int>(points.neck[picture_right].x), shape.box.y - 5));
    polygon.emplace_back(cv::Point(static_cast<int>(points.neck[picture_left].x), shape.box.y - 5));
    result.mask = cv::Mat::zeros(shape.mask.size(), CV_8UC1);
    cv::fillPoly(result.mask, std::vector<std::vector<cv::Point>>{polygon}, 255);
    result.mask &= shape.mask;
    result.depth = lowest - frame.neck_row;
    result.found = cv::countNonZero(result.mask) > 30;
    return result;
}

/// The front of a collar that stands reaches down its sides to the shoulder; the inside that shows behind it begins at
/// the upper corners.
bool is_band_in_front(const InnerBack& inner, const NeckPoints& points, const NeckFrame& frame) {
    for (const int side : {picture_left, picture_right}) {
        const auto at = static_cast<std::size_t>(side);
        if (points.stand[at].y <= 0) return false;
        const Point neck = points.neck[at];
        const auto column = static_cast<int>(std::lround(neck.x - GarmentShape::sign(side) * 0.1F * frame.radius));
        int lowest = inner.mask.rows - 1;
        while (lowest >= 0 && inner.mask.at<std::uint8_t>(lowest, column) == 0) --lowest;
        const float depth = static_cast<float>(lowest) - neck.y;
        if (depth < std::max(band_share * points.stand[at].y, band_least * frame.radius)) return false;
    }
    return true;
}

}  // namespace

InnerBack find_inner_back(const GarmentShape& shape, const NeckPoints& points, const cv::Mat& lab, bool doubtful) {
    const NeckFrame frame = frame_of(shape, points);
    InnerBack result;
    if (frame.zone.area() > 0) {
        result = find_by_colour(shape, frame, lab);
        if (!result.found) result = find_by_edge(shape, points, frame, lab, doubtful);
        if (result.found && is_band_in_front(result, points, frame)) result.found = false;
    }
    if (!result.found) {
        result.mask = cv::Mat::zeros(shape.mask.size(), CV_8UC1);
        result.depth = 0;
    }
    return result;
}

}  // namespace fitview::engine
