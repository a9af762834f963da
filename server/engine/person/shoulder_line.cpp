#include "engine/person/shoulder_line.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/person/masks.hpp"
#include "engine/person/person_model.hpp"

namespace fitview::engine {
namespace {

/// First row from above that belongs to the person and is not hair; -1 when the column has none.
float top_of_body(const cv::Mat& labels, float x, float from, float to) {
    const int column = std::clamp(cvRound(x), 0, labels.cols - 1);
    for (int row = std::max(0, static_cast<int>(from)); row < std::min(labels.rows, static_cast<int>(to)); ++row) {
        const auto label = labels.at<std::uint8_t>(row, column);
        if (label != label_none && label != label_hair) return static_cast<float>(row);
    }
    return -1;
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

std::vector<Point> shoulder_slope(const cv::Mat& labels, const BodyFrame& frame, Side side) {
    constexpr int points = 8;
    constexpr float near = 0.14F;  ///< units the contour may leave the average slope
    const float unit = frame.unit;
    const float sign = side == picture_left ? -1.0F : 1.0F;
    const Point tip = frame.shoulder[side];
    const float neck = find_neck(labels, frame) + sign * 0.4F * unit;
    std::vector<Point> slope;
    for (int at = 0; at < points; ++at) {
        const float share = static_cast<float>(at) / (points - 1);
        const float x = neck + (tip.x - neck) * share;
        const float average = tip.y - 0.3F * unit * (1 - share * std::sqrt(share));
        const float measured = top_of_body(labels, x, average - 0.6F * unit, average + 0.6F * unit);
        const bool usable = measured >= 0 && std::abs(measured - average) < near * unit;
        slope.emplace_back(x, usable ? measured : average);
    }
    return slope;
}

}  // namespace fitview::engine
