#include "engine/garment/garment_shape.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/ops/contour.hpp"
#include "engine/ops/regions.hpp"

namespace fitview::engine {
namespace {

constexpr int shortest_run = 3;

/// Whether a row's runs hold the axis.
std::optional<Run> run_at_axis(const std::vector<Run>& runs, float axis) {
    for (const Run run : runs)
        if (static_cast<float>(run.first - 2) <= axis && axis <= static_cast<float>(run.last + 2)) return run;
    return std::nullopt;
}

void measure_rows(GarmentShape& shape) {
    for (auto& rows : shape.half) rows.assign(static_cast<std::size_t>(shape.mask.rows), {});
    for (int row = shape.box.y; row < shape.box.br().y; ++row) {
        const std::vector<Run> runs = runs_of_row(shape.mask, row, shortest_run);
        if (runs.empty()) continue;
        const auto at = static_cast<std::size_t>(row);
        HalfWidths& left = shape.half[picture_left][at];
        HalfWidths& right = shape.half[picture_right][at];
        left.whole = shape.axis - static_cast<float>(runs.front().first);
        right.whole = static_cast<float>(runs.back().last) - shape.axis;
        if (const auto trunk = run_at_axis(runs, shape.axis)) {
            left.trunk = shape.axis - static_cast<float>(trunk->first);
            right.trunk = static_cast<float>(trunk->last) - shape.axis;
        } else if (static_cast<float>(row - shape.box.y) < 0.6F * shape.height()) {
            for (const Run run : runs) {
                const bool on_left = static_cast<float>(run.last) < shape.axis;
                if (on_left && left.trunk < 0) left.trunk = shape.axis - static_cast<float>(run.first);
                if (!on_left) right.trunk = static_cast<float>(run.last) - shape.axis;
            }
        }
    }
}

/// Ties and straps hang below the trunk as thin pieces: they vanish under an opening of the lower part.
cv::Mat without_ties(const cv::Mat& mask, const cv::Rect& box) {
    const int size = std::max(3, static_cast<int>(0.06 * std::min(box.width, box.height)) | 1);
    const int from = box.y + static_cast<int>(0.45 * box.height);
    cv::Mat opened;
    cv::morphologyEx(mask, opened, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_ELLIPSE, {size, size}));
    // Rounded corners are put back: only what is far from the opened shape is a tie.
    cv::Mat near_opened;
    cv::dilate(opened, near_opened, cv::getStructuringElement(cv::MORPH_ELLIPSE, {size / 2 | 1, size / 2 | 1}));
    cv::Mat result = mask.clone();
    cv::Mat lower = result.rowRange(from, result.rows);
    lower &= near_opened.rowRange(from, result.rows);
    const cv::Mat whole = largest_region(result);
    return cv::countNonZero(whole) > 0.8 * cv::countNonZero(mask) ? whole : mask;
}

/// The lowest row of the trunk at the axis: below it only sleeves or tails hang.
int lowest_trunk_row(const GarmentShape& shape) {
    int lowest = shape.box.y;
    for (int row = shape.box.y; row < shape.box.br().y; ++row)
        if (run_at_axis(runs_of_row(shape.mask, row, shortest_run), shape.axis)) lowest = row;
    // Garments with an open front or legs are cut by the axis; the whole height is the better answer there.
    return lowest > shape.box.y + shape.box.height / 2 ? lowest : shape.box.br().y - 1;
}

void measure_columns(GarmentShape& shape) {
    shape.top.assign(static_cast<std::size_t>(shape.mask.cols), -1);
    shape.bottom = shape.top;
    for (int row = shape.box.y; row < shape.box.br().y; ++row) {
        const std::uint8_t* pixels = shape.mask.ptr(row);
        for (int column = 0; column < shape.mask.cols; ++column) {
            if (pixels[column] == 0) continue;
            const auto at = static_cast<std::size_t>(column);
            if (shape.top[at] < 0) shape.top[at] = row;
            shape.bottom[at] = row;
        }
    }
}

/// Cuts the closed outline at the axis into a left and a right chain, both from top to bottom.
void split_outline(GarmentShape& shape) {
    std::vector<Point> closed = smooth_line(outer_outline(shape.mask), 1.5F, true);
    if (closed.size() < 8) return;
    const auto axis_column =
        static_cast<std::size_t>(std::clamp(static_cast<int>(std::lround(shape.axis)), 0, shape.mask.cols - 1));
    const int top = shape.top[axis_column] < 0 ? shape.box.y : shape.top[axis_column];
    const int bottom = shape.bottom[axis_column] < 0 ? shape.box.br().y - 1 : shape.bottom[axis_column];
    const std::size_t count = closed.size();
    const std::size_t start = nearest_on_line(closed, {shape.axis, static_cast<float>(top)}, 0, count);
    std::rotate(closed.begin(), closed.begin() + static_cast<std::ptrdiff_t>(start), closed.end());
    const std::size_t end = nearest_on_line(closed, {shape.axis, static_cast<float>(bottom)}, 1, count);
    auto& right = shape.outline[picture_right];
    auto& left = shape.outline[picture_left];
    right.assign(closed.begin(), closed.begin() + static_cast<std::ptrdiff_t>(end) + 1);
    left.assign(closed.begin() + static_cast<std::ptrdiff_t>(end), closed.end());
    left.push_back(closed.front());
    std::reverse(left.begin(), left.end());
}

}  // namespace

MirrorAxis find_mirror_axis(const cv::Mat& mask) {
    const cv::Rect box = cv::boundingRect(mask);
    MirrorAxis axis;
    if (box.area() == 0) return axis;
    const cv::Mat upper = mask(cv::Rect(box.x, box.y, box.width, std::max(1, box.height * 8 / 10)));
    cv::Mat mirrored;
    cv::flip(upper, mirrored, 1);
    const double all = cv::countNonZero(upper);
    axis.column = static_cast<float>(box.x) + static_cast<float>(box.width - 1) / 2;
    // Shifting the mirror image by `shift` columns moves the axis by half of that.
    const int reach = static_cast<int>(0.3 * box.width);
    for (int shift = -reach; shift <= reach; ++shift) {
        const int width = box.width - std::abs(shift);
        if (width < 3) continue;
        const cv::Mat own = upper(cv::Rect(std::max(0, shift), 0, width, upper.rows));
        const cv::Mat other = mirrored(cv::Rect(std::max(0, -shift), 0, width, upper.rows));
        const double common = cv::countNonZero(own & other);
        const auto overlap = static_cast<float>(common / std::max(1.0, 2 * all - common));
        if (overlap > axis.overlap)
            axis = {static_cast<float>(box.x) + static_cast<float>(box.width - 1 + shift) / 2, overlap};
    }
    return axis;
}

GarmentShape describe_shape(const cv::Mat& mask) {
    GarmentShape shape;
    shape.mask = mask;
    shape.box = cv::boundingRect(mask);
    if (shape.empty()) return shape;
    const MirrorAxis axis = find_mirror_axis(mask);
    shape.axis = axis.column;
    shape.symmetry = axis.overlap;
    shape.mask = without_ties(mask, shape.box);
    shape.box = cv::boundingRect(shape.mask);
    shape.hem_row = shape.box.br().y - 1;
    shape.hem_row = lowest_trunk_row(shape);
    measure_rows(shape);
    measure_columns(shape);
    split_outline(shape);
    return shape;
}

float median_trunk(const GarmentShape& shape, int side, float first, float last) {
    std::vector<float> widths;
    const auto& rows = shape.half[static_cast<std::size_t>(side)];
    for (float row = std::max(0.F, first); row < last && row < static_cast<float>(rows.size()); ++row) {
        const float width = rows[static_cast<std::size_t>(row)].trunk;
        if (width >= 0) widths.push_back(width);
    }
    if (widths.empty()) return 0;
    const auto half = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2);
    std::nth_element(widths.begin(), half, widths.end());
    return *half;
}

}  // namespace fitview::engine
