#include "engine/ops/contour.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace fitview::engine {
namespace {

float distance_between(Point a, Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

/// The summed squared distance of line[first..last] from its chord.
float chord_error(const std::vector<Point>& line, std::size_t first, std::size_t last) {
    const Point start = line[first];
    const Point chord = line[last] - start;
    const float length = std::max(1e-3F, std::hypot(chord.x, chord.y));
    float sum = 0;
    for (std::size_t at = first + 1; at < last; ++at) {
        const Point offset = line[at] - start;
        const float along = offset.dot(chord) / length;
        const float beyond = std::max({0.F, -along, along - length});
        const float across = (offset.x * chord.y - offset.y * chord.x) / length;
        sum += across * across + beyond * beyond;
    }
    return sum;
}

}  // namespace

std::vector<Point> outer_outline(const cv::Mat& mask) {
    std::vector<std::vector<cv::Point>> outlines;
    cv::findContours(mask, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
    if (outlines.empty()) return {};
    const auto largest = std::max_element(outlines.begin(), outlines.end(), [](const auto& a, const auto& b) {
        return cv::contourArea(a) < cv::contourArea(b);
    });
    // OpenCV walks outer outlines anticlockwise as seen in the picture.
    return {largest->rbegin(), largest->rend()};
}

std::vector<Point> smooth_line(const std::vector<Point>& line, float sigma, bool closed) {
    const int count = static_cast<int>(line.size());
    const int reach = std::min(static_cast<int>(std::ceil(3 * sigma)), count / 2);
    if (reach < 1) return line;
    std::vector<float> weights;
    for (int step = -reach; step <= reach; ++step)
        weights.push_back(std::exp(-0.5F * static_cast<float>(step * step) / (sigma * sigma)));
    std::vector<Point> result(line.size());
    for (int at = 0; at < count; ++at) {
        // An open line is smoothed over a window that shrinks towards its ends, so that the ends stay.
        const int window = closed ? reach : std::min({reach, at, count - 1 - at});
        Point sum;
        float total = 0;
        for (int step = -window; step <= window; ++step) {
            const float weight = weights[static_cast<std::size_t>(step + reach)];
            sum += weight * line[static_cast<std::size_t>((at + step + count) % count)];
            total += weight;
        }
        result[static_cast<std::size_t>(at)] = sum / total;
    }
    return result;
}

float line_length(const std::vector<Point>& line) {
    float length = 0;
    for (std::size_t at = 1; at < line.size(); ++at) length += distance_between(line[at - 1], line[at]);
    return length;
}

std::vector<Point> resample_line(const std::vector<Point>& line, std::size_t count) {
    if (line.empty()) return {};
    const float step = line_length(line) / static_cast<float>(std::max<std::size_t>(1, count - 1));
    std::vector<Point> result{line.front()};
    float passed = 0;
    std::size_t at = 1;
    while (result.size() + 1 < count && at < line.size()) {
        const float wanted = step * static_cast<float>(result.size());
        const float piece = distance_between(line[at - 1], line[at]);
        if (passed + piece < wanted) {
            passed += piece;
            ++at;
            continue;
        }
        const float share = piece > 0 ? (wanted - passed) / piece : 0;
        result.push_back(line[at - 1] + share * (line[at] - line[at - 1]));
    }
    while (result.size() < std::max<std::size_t>(2, count)) result.push_back(line.back());
    return result;
}

std::size_t nearest_on_line(const std::vector<Point>& line, Point place, std::size_t first, std::size_t last) {
    std::size_t best = first;
    float nearest = std::numeric_limits<float>::max();
    for (std::size_t at = first; at < std::min(last, line.size()); ++at) {
        const Point offset = line[at] - place;
        const float distance = offset.dot(offset);
        if (distance < nearest) {
            nearest = distance;
            best = at;
        }
    }
    return best;
}

std::vector<std::size_t> find_bends(const std::vector<Point>& line, std::size_t count) {
    const std::size_t points = line.size();
    std::vector<std::vector<float>> error(points, std::vector<float>(points, 0));
    for (std::size_t first = 0; first < points; ++first)
        for (std::size_t last = first + 1; last < points; ++last) error[first][last] = chord_error(line, first, last);
    // best[bends][at]: the least error of line[0..at] with that many corners before `at`.
    std::vector<std::vector<float>> best(count + 1, std::vector<float>(points, std::numeric_limits<float>::max()));
    std::vector<std::vector<std::size_t>> before(count + 1, std::vector<std::size_t>(points, 0));
    best[0] = error[0];
    for (std::size_t bends = 1; bends <= count; ++bends)
        for (std::size_t at = bends + 1; at < points; ++at)
            for (std::size_t corner = bends; corner < at; ++corner) {
                const float sum = best[bends - 1][corner] + error[corner][at];
                if (sum < best[bends][at]) {
                    best[bends][at] = sum;
                    before[bends][at] = corner;
                }
            }
    std::vector<std::size_t> corners;
    std::size_t at = points - 1;
    for (std::size_t bends = count; bends > 0; --bends) {
        at = before[bends][at];
        corners.push_back(at);
    }
    std::reverse(corners.begin(), corners.end());
    return corners;
}

}  // namespace fitview::engine
