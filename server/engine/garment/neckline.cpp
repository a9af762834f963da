#include "engine/garment/neckline.hpp"

#include <algorithm>
#include <cmath>

#include "engine/garment/inner_back.hpp"
#include "engine/ops/contour.hpp"

namespace fitview::engine {
namespace {

constexpr int curve_points = 33;

/// The outline between the neck points, over the top at the axis.
std::vector<Point> outline_between(const GarmentShape& shape, const Sided<Point>& neck) {
    const auto& left = shape.outline[picture_left];
    const auto& right = shape.outline[picture_right];
    if (left.empty() || right.empty()) return {neck[picture_left], neck[picture_right]};
    const std::size_t from = nearest_on_line(left, neck[picture_left], 0, left.size());
    const std::size_t to = nearest_on_line(right, neck[picture_right], 0, right.size());
    std::vector<Point> line(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(from) + 1);
    std::reverse(line.begin(), line.end());
    line.insert(line.end(), right.begin(), right.begin() + static_cast<std::ptrdiff_t>(to) + 1);
    return line;
}

/// The lower edge of the visible inside, column by column.
std::vector<Point> lower_edge(const cv::Mat& inner, const Sided<Point>& neck) {
    std::vector<Point> line{neck[picture_left]};
    const int first = std::max(0, static_cast<int>(neck[picture_left].x) + 1);
    const int last = std::min(inner.cols - 1, static_cast<int>(neck[picture_right].x));
    for (int column = first; column <= last; ++column)
        for (int row = inner.rows - 1; row >= 0; --row)
            if (inner.at<std::uint8_t>(row, column) != 0) {
                line.emplace_back(static_cast<float>(column), static_cast<float>(row) + 1);
                break;
            }
    line.push_back(neck[picture_right]);
    return smooth_line(line, 2.F, false);
}

/// A usual scoop, for a neck whose inside has the colour of its outside.
std::vector<Point> usual_scoop(const Sided<Point>& neck, float share) {
    std::vector<Point> line;
    const Point left = neck[picture_left];
    const Point right = neck[picture_right];
    const float depth = share * (right.x - left.x) / 2;
    for (int at = 0; at < curve_points; ++at) {
        const float turn = static_cast<float>(CV_PI) * static_cast<float>(at) / (curve_points - 1);
        const float along = (1 - std::cos(turn)) / 2;
        line.push_back(left + along * (right - left) + Point(0, depth * std::sin(turn)));
    }
    return line;
}

/// A collar that stands: beside the neck point the outline falls steeply.
bool stands_up(const GarmentShape& shape, const Sided<Point>& neck) {
    const float radius = (neck[picture_right].x - neck[picture_left].x) / 2;
    float fall = 0;
    for (const int side : {picture_left, picture_right}) {
        const Point point = neck[static_cast<std::size_t>(side)];
        const auto column = static_cast<int>(std::lround(point.x + GarmentShape::sign(side) * 0.25F * radius));
        if (column < 0 || column >= shape.mask.cols || shape.top[static_cast<std::size_t>(column)] < 0) return false;
        fall += static_cast<float>(shape.top[static_cast<std::size_t>(column)]) - point.y;
    }
    return fall / 2 > 0.35F * radius;
}

float depth_of(const std::vector<Point>& line) {
    float lowest = line.front().y;
    for (const Point place : line) lowest = std::max(lowest, place.y);
    return std::max(0.F, lowest - (line.front().y + line.back().y) / 2);
}

}  // namespace

Neckline find_neckline(const GarmentShape& shape, const Sided<Armhole>& armholes, const cv::Mat& lab) {
    Neckline result;
    const NeckPoints points = find_neck_points(shape, armholes);
    result.neck = points.neck;
    result.stand = points.stand;
    result.shoulder = points.shoulder;
    const float radius = (points.neck[picture_right].x - points.neck[picture_left].x) / 2;
    const std::vector<Point> outline = outline_between(shape, points.neck);
    result.open = depth_of(outline) > 0.22F * radius + 2;
    const bool stands = points.stand[picture_left].y > 0 || stands_up(shape, points.neck);
    // Where the outline dips already, or a collar stands up, a curve inside is often a seam or a fold.
    const InnerBack inner = find_inner_back(shape, points, lab, result.open || stands);
    result.inner = inner.mask;
    if (inner.found) {
        result.front = lower_edge(inner.mask, points.neck);
    } else if (result.open || stands) {
        result.front = outline;
    } else {
        result.guessed = true;
        result.front = usual_scoop(points.neck, 0.5F);
    }
    result.depth = depth_of(result.front);
    return result;
}

}  // namespace fitview::engine
