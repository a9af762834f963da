#include "engine/person/wall.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/ops/border_surface.hpp"
#include "engine/person/masks.hpp"

namespace fitview::engine {
namespace {

cv::Mat distance_to(const cv::Mat& surface, const cv::Mat& lab) {
    cv::Mat distance(lab.size(), CV_32FC1);
    for (int row = 0; row < lab.rows; ++row) {
        const auto* colours = lab.ptr<cv::Vec3f>(row);
        const auto* wall = surface.ptr<cv::Vec3f>(row);
        auto* out = distance.ptr<float>(row);
        for (int column = 0; column < lab.cols; ++column) {
            const cv::Vec3f difference = colours[column] - wall[column];
            const float darker = std::max(0.0F, -difference[0]);
            const float light = difference[0] >= 0
                                    ? difference[0]
                                    : 0.3F * std::min(darker, 25.0F) + 0.9F * std::max(darker - 25.0F, 0.0F);
            out[column] =
                std::sqrt(light * light + 1.8F * (difference[1] * difference[1] + difference[2] * difference[2]));
        }
    }
    cv::GaussianBlur(distance, distance, {}, 0.8);
    return distance;
}

cv::Mat roughness_of(const cv::Mat& lab) {
    cv::Mat blurred;
    cv::GaussianBlur(lab, blurred, {}, 1.2);
    std::vector<cv::Mat> planes;
    cv::split(blurred, planes);
    cv::Mat roughness = cv::Mat::zeros(lab.size(), CV_32FC1);
    for (std::size_t channel = 0; channel < planes.size(); ++channel) {
        const double weight = (channel == 0 ? 1.0 : 1.4) / 32;
        cv::Mat across;
        cv::Mat down;
        cv::Mat length;
        cv::Scharr(planes[channel], across, CV_32F, 1, 0, weight);
        cv::Scharr(planes[channel], down, CV_32F, 0, 1, weight);
        cv::magnitude(across, down, length);
        cv::max(roughness, length, roughness);
    }
    return roughness;
}

/// Close to the surface, or smooth and not too far: vignettes and soft shadows. Brighter pixels have the tighter rule,
/// without which white tops leak away.
cv::Mat passable(const Wall& wall, const cv::Mat& lab) {
    cv::Mat result(lab.size(), CV_8UC1);
    for (int row = 0; row < lab.rows; ++row) {
        const auto* colours = lab.ptr<cv::Vec3f>(row);
        const auto* surface = wall.surface.ptr<cv::Vec3f>(row);
        const auto* distance = wall.distance.ptr<float>(row);
        const auto* roughness = wall.roughness.ptr<float>(row);
        auto* out = result.ptr<std::uint8_t>(row);
        for (int column = 0; column < lab.cols; ++column) {
            const bool brighter = colours[column][0] > surface[column][0] + 1;
            const bool smooth = roughness[column] < (brighter ? 0.16F : 0.38F);
            const bool close = distance[column] < (brighter ? 8.0F : 15.0F);
            out[column] = distance[column] < wall.far() || (smooth && close) ? 255 : 0;
        }
    }
    return result;
}

/// What of `passable` hangs together with the top border or the upper four fifths of the sides.
cv::Mat connected_to_border(const cv::Mat& passable) {
    cv::Mat numbers;
    const int count = cv::connectedComponents(passable, numbers, 4);
    std::vector<std::uint8_t> reached(static_cast<std::size_t>(count));
    const auto reach = [&](int row, int column) {
        reached[static_cast<std::size_t>(numbers.at<int>(row, column))] = 255;
    };
    for (int column = 0; column < numbers.cols; ++column) reach(0, column);
    for (int row = 0; row < numbers.rows * 4 / 5; ++row) {
        reach(row, 0);
        reach(row, numbers.cols - 1);
    }
    reached[0] = 0;
    cv::Mat open(passable.size(), CV_8UC1);
    for (int row = 0; row < open.rows; ++row) {
        const auto* in = numbers.ptr<int>(row);
        std::transform(in, in + open.cols, open.ptr<std::uint8_t>(row),
                       [&](int number) { return reached[static_cast<std::size_t>(number)]; });
    }
    return open;
}

struct SideColour {
    cv::Vec3f remainder;  ///< median difference to the surface
    float spread = 0;
};

SideColour side_colour(const cv::Mat& lab, const cv::Mat& surface, int row, int first, int last) {
    std::vector<float> values[3];
    for (int near = std::max(0, row - 1); near <= std::min(lab.rows - 1, row + 1); ++near)
        for (int column = first; column < last; ++column)
            for (int channel = 0; channel < 3; ++channel)
                values[channel].push_back(lab.at<cv::Vec3f>(near, column)[channel] -
                                          surface.at<cv::Vec3f>(near, column)[channel]);
    SideColour side;
    for (int channel = 0; channel < 3; ++channel) {
        side.remainder[channel] = median_of(values[channel]);
        std::vector<float> off;
        for (const float value : values[channel]) off.push_back(std::abs(value - side.remainder[channel]));
        side.spread = std::max(side.spread, median_of(off));
    }
    return side;
}

/// A studio's floor is brighter than its wall over the whole width: rows whose left and right borders agree about a
/// smooth remainder of nearly the wall's hue take it over.
void follow_floor(const cv::Mat& lab, cv::Mat& surface) {
    const int band = std::max(3, static_cast<int>(0.035 * lab.cols));
    const int first_row = lab.rows / 2;
    const auto rows = static_cast<std::size_t>(lab.rows - first_row);
    std::vector<float> left[3];
    std::vector<float> right[3];
    std::vector<float> trust(rows, 0);
    for (auto& line : left) line.assign(rows, 0);
    for (auto& line : right) line.assign(rows, 0);
    for (std::size_t at = 0; at < rows; ++at) {
        const int row = first_row + static_cast<int>(at);
        const SideColour one = side_colour(lab, surface, row, 0, band);
        const SideColour other = side_colour(lab, surface, row, lab.cols - band, lab.cols);
        const auto grey = [](const SideColour& side) {
            return std::abs(side.remainder[1]) < 6 && std::abs(side.remainder[2]) < 6 && side.spread < 2 &&
                   std::abs(side.remainder[0]) < 30;
        };
        trust[at] = grey(one) && grey(other) && cv::norm(one.remainder - other.remainder) < 9 ? 1 : 0;
        for (std::size_t channel = 0; channel < 3; ++channel) {
            left[channel][at] = trust[at] * one.remainder[static_cast<int>(channel)];
            right[channel][at] = trust[at] * other.remainder[static_cast<int>(channel)];
        }
    }
    for (std::size_t channel = 0; channel < 3; ++channel) {
        left[channel] = smoothed(left[channel], 1.5);
        right[channel] = smoothed(right[channel], 1.5);
    }
    for (std::size_t at = 0; at < rows; ++at) {
        auto* line = surface.ptr<cv::Vec3f>(first_row + static_cast<int>(at));
        for (int column = 0; column < surface.cols; ++column) {
            const float share = static_cast<float>(column) / static_cast<float>(surface.cols);
            for (std::size_t channel = 0; channel < 3; ++channel)
                line[column][static_cast<int>(channel)] += left[channel][at] * (1 - share) + right[channel][at] * share;
        }
    }
}

}  // namespace

float Wall::near() const {
    return std::max(1.3F, 1.5F * sigma);
}
float Wall::far() const {
    return std::max(3.2F, 3.2F * sigma);
}

Wall find_wall(const cv::Mat& lab) {
    const BorderSurface border = fit_border_surface(lab, false);
    Wall wall;
    wall.surface = border.surface;
    wall.sigma = border.sigma;
    wall.plain = border.sigma < 4.5F && border.inliers > 0.55F;
    wall.roughness = roughness_of(lab);
    if (wall.plain) follow_floor(lab, wall.surface);
    wall.distance = distance_to(wall.surface, lab);
    wall.open = connected_to_border(passable(wall, lab));
    if (!wall.plain) return wall;

    std::vector<cv::Mat> lightness(2);
    cv::extractChannel(lab, lightness[0], 0);
    cv::extractChannel(wall.surface, lightness[1], 0);
    const cv::Mat agrees = (wall.distance < 1.5 * wall.far()) | (lightness[0] < lightness[1]);
    wall.surface = refine_surface(lab, eroded(wall.open & agrees, 5), wall.surface);
    wall.distance = distance_to(wall.surface, lab);
    wall.open = connected_to_border(passable(wall, lab));
    return wall;
}

}  // namespace fitview::engine
