#include "engine/person/hem.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "engine/person/masks.hpp"

namespace fitview::engine {
namespace {

constexpr float least_change = 9;
constexpr std::array<double, 3> percentiles = {0.2, 0.5, 0.8};
constexpr std::array<float, 3> channel_weights = {0.6F, 1.5F, 1.5F};

/// Nine numbers a row: three percentiles of L, a and b, weighted.
using RowColour = std::array<float, 9>;

std::vector<int> band(float middle, float from, float to, int width) {
    std::vector<int> columns;
    for (int column = static_cast<int>(middle + from); column < static_cast<int>(middle + to); ++column)
        columns.push_back(std::clamp(column, 0, width - 1));
    return columns;
}

/// Colours of the columns that no arm hides; `before` when an arm hides nearly all.
RowColour row_colour(const cv::Mat& lab, const cv::Mat& arms, int row, const std::vector<int>& columns,
                     const RowColour& before) {
    std::vector<int> visible;
    for (const int column : columns)
        if (arms.at<std::uint8_t>(row, column) == 0) visible.push_back(column);
    if (visible.size() * 5 < columns.size()) return before;
    RowColour result{};
    std::vector<float> values(visible.size());
    for (std::size_t channel = 0; channel < 3; ++channel) {
        for (std::size_t at = 0; at < visible.size(); ++at)
            values[at] = lab.at<cv::Vec3f>(row, visible[at])[static_cast<int>(channel)];
        std::sort(values.begin(), values.end());
        for (std::size_t part = 0; part < 3; ++part) {
            const auto place = static_cast<std::size_t>(percentiles[part] * static_cast<double>(values.size() - 1));
            result[3 * part + channel] = values[place] * channel_weights[channel];
        }
    }
    return result;
}

std::vector<RowColour> row_colours(const cv::Mat& lab, const cv::Mat& arms, int first, int last,
                                   const std::vector<int>& columns) {
    std::vector<RowColour> rows;
    for (int row = first; row < last; ++row)
        rows.push_back(row_colour(lab, arms, row, columns, rows.empty() ? RowColour{} : rows.back()));
    return rows;
}

RowColour median_colour(const std::vector<RowColour>& rows, int first, int last) {
    first = std::max(first, 0);
    last = std::min(last, static_cast<int>(rows.size()));
    RowColour result{};
    for (std::size_t at = 0; at < result.size(); ++at) {
        std::vector<float> values;
        for (int row = first; row < last; ++row) values.push_back(rows[static_cast<std::size_t>(row)][at]);
        result[at] = median_of(std::move(values));
    }
    return result;
}

float difference(const RowColour& one, const RowColour& other) {
    float sum = 0;
    for (std::size_t at = 0; at < one.size(); ++at) sum += (one[at] - other[at]) * (one[at] - other[at]);
    return std::sqrt(sum / 3);
}

/// A short and a long window must both see the change.
std::vector<float> changes(const std::vector<RowColour>& rows, float unit) {
    const int window = std::max(4, static_cast<int>(0.28F * unit));
    const int count = static_cast<int>(rows.size());
    std::vector<float> result(rows.size(), 0);
    for (int at = window; at < count - window; ++at) {
        const float near = difference(median_colour(rows, at - window, at), median_colour(rows, at, at + window));
        const float wide =
            difference(median_colour(rows, at - 3 * window, at), median_colour(rows, at, at + 3 * window));
        result[static_cast<std::size_t>(at)] = std::min(near, 1.3F * wide + 2);
    }
    return result;
}

std::vector<float> largest_near(const std::vector<float>& values, int reach) {
    std::vector<float> result(values.size());
    for (int at = 0; at < static_cast<int>(values.size()); ++at) {
        const auto first = values.begin() + std::max(0, at - reach);
        const auto last = values.begin() + std::min(static_cast<int>(values.size()), at + reach + 1);
        result[static_cast<std::size_t>(at)] = *std::max_element(first, last);
    }
    return result;
}

/// The windows above are wide; the hem itself is the sharpest change near the place they agree on.
float sharpest_near(const std::vector<RowColour>& rows, float place, float reach) {
    constexpr int window = 3;
    float best = place;
    float sharpest = 0;
    for (int at = static_cast<int>(place - reach); at <= static_cast<int>(place + reach); ++at) {
        if (at < window || at + window >= static_cast<int>(rows.size())) continue;
        const float change = difference(median_colour(rows, at - window, at), median_colour(rows, at, at + window));
        if (change > sharpest) {
            sharpest = change;
            best = static_cast<float>(at);
        }
    }
    return best;
}

}  // namespace

std::optional<float> find_hem(const cv::Mat& lab, const cv::Mat& arms, const BodyFrame& frame,
                              std::optional<float> parting) {
    const float unit = frame.unit;
    const float shoulder = frame.shoulder_y;
    const float highest = shoulder + 1.35F * unit;
    float reach_down = shoulder + 4.6F * unit;
    if (parting) reach_down = std::clamp(*parting + 0.15F * unit, reach_down, shoulder + 7 * unit);
    const float lowest = std::min({static_cast<float>(frame.bottom - 2), reach_down, static_cast<float>(lab.rows - 3)});
    const int first = std::max(0, static_cast<int>(shoulder + 0.25F * unit));
    const int last = std::min(lab.rows, static_cast<int>(lowest + 0.7F * unit));
    const std::vector<int> middle = band(frame.centre_x, -0.33F * unit, 0.33F * unit, lab.cols);
    std::vector<int> sides = band(frame.centre_x, -0.58F * unit, -0.33F * unit, lab.cols);
    const std::vector<int> right = band(frame.centre_x, 0.33F * unit, 0.58F * unit, lab.cols);
    sides.insert(sides.end(), right.begin(), right.end());
    if (last - first < 12 || middle.empty() || sides.empty()) return std::nullopt;

    std::vector<int> all = middle;
    all.insert(all.end(), sides.begin(), sides.end());
    const std::vector<RowColour> middle_rows = row_colours(lab, arms, first, last, middle);
    const std::vector<RowColour> side_rows = row_colours(lab, arms, first, last, sides);
    const std::vector<RowColour> all_rows = row_colours(lab, arms, first, last, all);
    const auto at_unit = [&](float units) { return static_cast<int>(shoulder + units * unit) - first; };
    RowColour chest = median_colour(all_rows, at_unit(0.45F), at_unit(1.0F));
    if (at_unit(0.45F) >= static_cast<int>(all_rows.size())) chest = all_rows.front();

    std::vector<float> in_middle = changes(middle_rows, unit);
    std::vector<float> in_sides = changes(side_rows, unit);
    const int below = std::max(4, static_cast<int>(0.5F * unit));
    for (int at = 0; at < static_cast<int>(all_rows.size()); ++at) {
        const float off = difference(median_colour(all_rows, at + 2, at + 2 + below), chest);
        const float share = at + 6 < static_cast<int>(all_rows.size()) ? std::clamp(off / 9, 0.12F, 1.0F) : 0.12F;
        in_middle[static_cast<std::size_t>(at)] *= share;
        in_sides[static_cast<std::size_t>(at)] *= share;
    }
    const int reach = static_cast<int>(0.1F * unit);
    const std::vector<float> near_middle = largest_near(in_middle, reach);
    const std::vector<float> near_sides = largest_near(in_sides, reach);
    float best = 0;
    float best_score = 0;
    float best_change = 0;
    for (std::size_t at = 0; at < in_middle.size(); ++at) {
        const auto row = static_cast<float>(first + static_cast<int>(at));
        if (row < highest || row > lowest) continue;
        const float change =
            std::min(std::min(near_middle[at], near_sides[at]), (in_middle[at] + in_sides[at]) / 2 + 4);
        const float off = (row - (shoulder + 2.75F * unit)) / (0.95F * unit);
        const float score = change * (0.35F + 0.65F * std::exp(-0.5F * off * off));
        if (score > best_score) {
            best_score = score;
            best_change = change;
            best = row;
        }
    }
    if (best_change <= least_change) return std::nullopt;
    return static_cast<float>(first) + sharpest_near(all_rows, best - static_cast<float>(first), 0.15F * unit);
}

}  // namespace fitview::engine
