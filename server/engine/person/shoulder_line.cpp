#include "engine/person/shoulder_line.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/person/masks.hpp"
#include "engine/person/person_model.hpp"

namespace fitview::engine {
namespace {

/// First row from above that belongs to the person and is not hair; nothing when the column has none.
std::optional<float> top_of_body(const cv::Mat& labels, float x, float from, float to) {
    const int column = std::clamp(cvRound(x), 0, labels.cols - 1);
    for (int row = std::max(0, static_cast<int>(from)); row < std::min(labels.rows, static_cast<int>(to)); ++row) {
        const auto label = labels.at<std::uint8_t>(row, column);
        if (label != label_none && label != label_hair) return static_cast<float>(row);
    }
    return std::nullopt;
}

/// How far most of the measured shoulder lies above an average one; nothing much beyond a shoulder (a hood, a scarf)
/// counts, nor what lies below it (hair before the shoulder).
float rise_of(const std::vector<std::optional<float>>& offsets, float unit) {
    constexpr float most = 0.36F;  ///< units
    std::vector<float> known;
    for (const auto& offset : offsets)
        if (offset) known.push_back(-*offset);
    if (2 * known.size() <= offsets.size()) return 0;
    const float rise = median_of(std::move(known));
    return rise > 0 && rise < most * unit ? rise : 0;
}

}  // namespace

float find_neck(const cv::Mat& labels, const BodyFrame& frame) {
    const float unit = frame.unit;
    const cv::Mat skin = labels == label_skin;
    std::vector<float> middles;
    const int first = std::max(0, static_cast<int>(frame.chin_y + 0.05F * unit));
    const int last = std::min({labels.rows, static_cast<int>(frame.shoulder_y + 0.05F * unit),
                               static_cast<int>(frame.chin_y + 0.45F * unit)});
    // The head may lean: the neck is looked for between it and the body's middle.
    const float expected = 0.55F * frame.head_x + 0.45F * frame.centre_x;
    for (int row = first; row < last; ++row) {
        std::optional<float> nearest;
        for (const Run& run : runs_of_row(skin, row)) {
            const auto length = static_cast<float>(run.length() - 1);
            const float middle = static_cast<float>(run.first + run.last) / 2;
            if (length < 0.22F * unit || length > 0.95F * unit || std::abs(middle - expected) > 0.5F * unit) continue;
            if (!nearest || std::abs(middle - expected) < std::abs(*nearest - expected)) nearest = middle;
        }
        if (nearest) middles.push_back(*nearest);
    }
    float neck = expected;
    if (middles.size() >= 4) {
        // The lower two thirds: just below the chin the jaw's shadow is part of the run.
        const auto kept = static_cast<std::ptrdiff_t>(std::max<std::size_t>(3, middles.size() * 2 / 3));
        neck = median_of(std::vector<float>(middles.end() - kept, middles.end()));
    }
    return std::clamp(neck, frame.centre_x - 0.75F * unit, frame.centre_x + 0.75F * unit);
}

std::vector<Point> believable_slope(float neck_x, Point tip, float unit,
                                    const std::function<std::optional<float>(float)>& measured) {
    constexpr int points = 8;
    constexpr float near = 0.14F;  ///< units the contour may leave the average slope
    std::vector<Point> slope;
    std::vector<std::optional<float>> offsets;  // of the measured contour, downwards
    for (int at = 0; at < points; ++at) {
        const float share = static_cast<float>(at) / (points - 1);
        const float x = neck_x + (tip.x - neck_x) * share;
        const float average = tip.y - 0.3F * unit * (1 - share * std::sqrt(share));
        const std::optional<float> row = measured(x);
        slope.emplace_back(x, average);
        offsets.push_back(row ? std::optional(*row - average) : std::nullopt);
    }
    const float rise = rise_of(offsets, unit);
    for (int at = 0; at < points; ++at) {
        const float share = static_cast<float>(at) / (points - 1);
        const auto& offset = offsets[static_cast<std::size_t>(at)];
        const bool usable = offset && *offset<near * unit&& * offset> - near * unit - rise;
        slope[static_cast<std::size_t>(at)].y += usable ? *offset : -rise * (1 - share * share);
    }
    return slope;
}

std::vector<Point> shoulder_slope(const cv::Mat& labels, const BodyFrame& frame, Side side) {
    const float unit = frame.unit;
    const float sign = side == picture_left ? -1.0F : 1.0F;
    const Point tip = frame.shoulder[side];
    const float neck = find_neck(labels, frame) + sign * 0.4F * unit;
    return believable_slope(neck, tip, unit,
                            [&](float x) { return top_of_body(labels, x, tip.y - 0.9F * unit, tip.y + 0.6F * unit); });
}

}  // namespace fitview::engine
