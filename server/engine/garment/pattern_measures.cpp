#include "engine/garment/pattern_measures.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace fitview::engine {
namespace {

constexpr float far_away = 1e9F;

cv::Mat filled(const std::vector<Point>& polygon, cv::Size size) {
    cv::Mat mask = cv::Mat::zeros(size, CV_8UC1);
    std::vector<cv::Point> corners;
    for (const Point place : polygon) corners.emplace_back(place);
    if (!corners.empty()) cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{corners}, 255);
    return mask;
}

/// Copies the nearest filled sample into empty ones.
void fill_gaps(SleeveFrame& frame) {
    const auto empty = [&](int at) {
        return frame.inner[static_cast<std::size_t>(at)] > frame.outer[static_cast<std::size_t>(at)];
    };
    const auto copy = [&](int to, int from) {
        frame.inner[static_cast<std::size_t>(to)] = frame.inner[static_cast<std::size_t>(from)];
        frame.outer[static_cast<std::size_t>(to)] = frame.outer[static_cast<std::size_t>(from)];
    };
    for (int at = 1; at < SleeveFrame::samples; ++at)
        if (empty(at)) copy(at, at - 1);
    for (int at = SleeveFrame::samples - 2; at >= 0; --at)
        if (empty(at)) copy(at, at + 1);
}

/// Beside the seam the sleeve's piece is a wedge, cut off by the line from shoulder to armpit; the arm inside it is
/// not: as wide as it is past the seam's ends, measured from the edge that is no seam. A sleeve that hangs beside the
/// trunk has its seam along its inner side, one that is spread out has hardly any such rows.
void complete_armhole(SleeveFrame& frame, Point shoulder, Point armpit) {
    const auto sample_of = [&](Point place) {
        return static_cast<int>(
            std::ceil(frame.along.dot(place - frame.base) / frame.length * (SleeveFrame::samples - 1)));
    };
    const auto width_at = [&](int at) {
        at = std::clamp(at, 0, SleeveFrame::samples - 1);
        return frame.outer[static_cast<std::size_t>(at)] - frame.inner[static_cast<std::size_t>(at)];
    };
    constexpr int last = SleeveFrame::samples / 2;
    const int armpit_at = std::min(sample_of(armpit), last), shoulder_at = std::min(sample_of(shoulder), last);
    const float below_armpit = width_at(armpit_at + 1), past_shoulder = width_at(shoulder_at + 1);
    for (int at = 0; at <= armpit_at; ++at) {
        const auto row = static_cast<std::size_t>(at);
        frame.inner[row] = std::min(frame.inner[row], frame.outer[row] - below_armpit);
    }
    for (int at = 0; at <= shoulder_at; ++at) {
        const auto row = static_cast<std::size_t>(at);
        frame.outer[row] = std::max(frame.outer[row], frame.inner[row] + past_shoulder);
    }
}

}  // namespace

SleeveFrame::Across SleeveFrame::at(Point place) const {
    const Point offset = place - base;
    constexpr float last = samples - 1;
    const float sample = std::clamp(offset.dot(along) / length * last, 0.0F, last - 0.001F);
    const auto k = static_cast<std::size_t>(sample);
    const float t = sample - static_cast<float>(k);
    const float first = inner[k] + (inner[k + 1] - inner[k]) * t, second = outer[k] + (outer[k + 1] - outer[k]) * t;
    const float half = std::max(1.0F, (second - first) / 2);
    return {half, (offset.dot(across) - (first + second) / 2) / half};
}

float PatternMesh::half_width(Side side, float axis_x, float y) const {
    const TrunkExtent& row = trunk[static_cast<std::size_t>(std::clamp(y, 0.0F, static_cast<float>(trunk.size() - 1)))];
    return std::max(1.0F, side == picture_left ? axis_x - row.left : row.right - axis_x);
}

std::optional<SleeveFrame> frame_of(const std::vector<Point>& polygon, cv::Size picture, Point root, Point end,
                                    Point outer) {
    SleeveFrame frame;
    frame.base = root;
    const Point axis = end - root;
    frame.length = std::max(1.F, std::hypot(axis.x, axis.y));
    frame.along = axis / frame.length;
    frame.across = {-frame.along.y, frame.along.x};
    if (frame.across.dot(outer - frame.base) < 0) frame.across = -frame.across;
    frame.inner.fill(far_away);
    frame.outer.fill(-far_away);
    const cv::Mat mask = filled(polygon, picture);
    const cv::Rect box = cv::boundingRect(mask);
    for (int row = box.y; row < box.br().y; ++row)
        for (int column = box.x; column < box.br().x; ++column) {
            if (mask.at<std::uint8_t>(row, column) == 0) continue;
            const Point offset = Point(static_cast<float>(column), static_cast<float>(row)) - frame.base;
            const float share = frame.along.dot(offset) / frame.length;
            const auto at = static_cast<std::size_t>(std::clamp(std::lround(share * (SleeveFrame::samples - 1)), 0L,
                                                                static_cast<long>(SleeveFrame::samples - 1)));
            const float out = frame.across.dot(offset);
            frame.inner[at] = std::min(frame.inner[at], out);
            frame.outer[at] = std::max(frame.outer[at], out);
        }
    fill_gaps(frame);
    if (frame.inner[0] > frame.outer[0]) return std::nullopt;
    return frame;
}

void measure_sleeves(const GarmentModel& garment, const PatternOutline& outline, PatternMesh& mesh) {
    for (std::size_t side = 0; side < 2; ++side) {
        const auto& sleeve = garment.landmarks.sleeve[side];
        if (!sleeve || outline.sleeve[side].empty()) continue;
        const Point shoulder = garment.landmarks.shoulder[side];
        const Point armpit = garment.landmarks.armpit[side];
        auto frame = frame_of(outline.sleeve[side], garment.picture.size(), (shoulder + armpit) / 2,
                              (sleeve->cuff_outer + sleeve->cuff_inner) / 2, shoulder);
        if (!frame) continue;
        complete_armhole(*frame, shoulder, armpit);
        mesh.sleeve[side] = frame;
    }
}

void measure_trunk(const GarmentModel& garment, const PatternOutline& outline, PatternMesh& mesh) {
    cv::Mat mask = filled(outline.polygon(false), garment.picture.size());
    for (const auto& sleeve : outline.sleeve) mask.setTo(0, filled(sleeve, mask.size()));
    const GarmentLandmarks& landmarks = garment.landmarks;
    mesh.trunk.assign(static_cast<std::size_t>(mask.rows),
                      {landmarks.axis_x - landmarks.half_width, landmarks.axis_x + landmarks.half_width});
    int first = -1;
    int last = -1;
    for (int row = 0; row < mask.rows; ++row) {
        const std::uint8_t* pixels = mask.ptr(row);
        const std::uint8_t* end = pixels + mask.cols;
        const std::uint8_t* left = std::find(pixels, end, 255);
        if (left == end) continue;
        const auto right =
            std::find(std::make_reverse_iterator(end), std::make_reverse_iterator(pixels), 255).base() - 1;
        mesh.trunk[static_cast<std::size_t>(row)] = {static_cast<float>(left - pixels),
                                                     static_cast<float>(right - pixels)};
        if (first < 0) first = row;
        last = row;
    }
    if (first < 0) return;
    for (int row = 0; row < mask.rows; ++row)
        if (row < first || row > last)
            mesh.trunk[static_cast<std::size_t>(row)] =
                mesh.trunk[static_cast<std::size_t>(row < first ? first : last)];
}

}  // namespace fitview::engine
