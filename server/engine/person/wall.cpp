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

/// Colour change per pixel that no wall shows but every outline does, even of white clothes before a white wall.
constexpr float outline_roughness = 0.8F;
constexpr float any_roughness = 1e9F;

/// Close to the surface, or smooth and not too far: vignettes and soft shadows. Brighter pixels have the tighter rule,
/// without which white tops leak away.
cv::Mat passable(const Wall& wall, const cv::Mat& lab, float roughest) {
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
            const bool like_wall = distance[column] < wall.far() && roughness[column] < roughest;
            out[column] = like_wall || (smooth && close) ? 255 : 0;
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

/// What may teach the surface: pixels near it, or darker ones (shadows).
cv::Mat agreeing(const Wall& wall, const cv::Mat& lab) {
    std::vector<cv::Mat> lightness(2);
    cv::extractChannel(lab, lightness[0], 0);
    cv::extractChannel(wall.surface, lightness[1], 0);
    return (wall.distance < 1.5 * wall.far()) | (lightness[0] < lightness[1]);
}

void learn(Wall& wall, const cv::Mat& lab) {
    wall.surface = refine_surface(lab, eroded(wall.open & agreeing(wall, lab), 5), wall.surface);
    wall.distance = distance_to(wall.surface, lab);
}

/// White clothes before a white wall pass for wall once their outline is crossed. They are compact, brighter than the
/// wall that was learnt without crossing outlines (`strict`), and open only in the lenient reading.
cv::Mat white_clothes(const Wall& lenient, const Wall& strict, const cv::Mat& lab) {
    cv::Mat brighter;
    cv::Mat surface;
    cv::extractChannel(lab, brighter, 0);
    cv::extractChannel(strict.surface, surface, 0);
    brighter -= surface;
    const cv::Mat candidates = opened(lenient.open & ~dilated(strict.open, 5), 5);
    cv::Mat numbers;
    cv::Mat statistics;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(candidates, numbers, statistics, centres, 4);
    cv::Mat clothes = cv::Mat::zeros(lab.size(), CV_8UC1);
    for (int at = 1; at < count; ++at) {
        const cv::Rect box(statistics.at<int>(at, cv::CC_STAT_LEFT), statistics.at<int>(at, cv::CC_STAT_TOP),
                           statistics.at<int>(at, cv::CC_STAT_WIDTH), statistics.at<int>(at, cv::CC_STAT_HEIGHT));
        const cv::Mat part = numbers(box) == at;
        const bool sizeable = statistics.at<int>(at, cv::CC_STAT_AREA) > 0.001 * static_cast<double>(lab.total());
        if (sizeable && cv::mean(brighter(box), part)[0] > 1) clothes(box).setTo(255, part);
    }
    return dilated(clothes, 9) & ~strict.open;
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
    wall.open = connected_to_border(passable(wall, lab, any_roughness));
    if (!wall.plain) return wall;

    Wall strict = wall;
    strict.open = connected_to_border(passable(wall, lab, outline_roughness));
    learn(strict, lab);
    learn(wall, lab);
    wall.open = connected_to_border(passable(wall, lab, any_roughness));
    const cv::Mat clothes = white_clothes(wall, strict, lab);
    if (cv::countNonZero(clothes) == 0) return wall;
    wall.surface = strict.surface;
    wall.distance = strict.distance;
    wall.open &= ~clothes;
    learn(wall, lab);
    wall.open = connected_to_border(passable(wall, lab, any_roughness) & ~clothes);
    return wall;
}

}  // namespace fitview::engine
