#include "media/blurhash.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace fitview::media {
namespace {

using Colour = std::array<double, 3>;  // linear light

void append_base83(std::string& text, int value, int digits) {
    static constexpr char alphabet[] =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
    int divisor = 1;
    for (int i = 1; i < digits; ++i) divisor *= 83;
    for (; divisor > 0; divisor /= 83) text += alphabet[value / divisor % 83];
}

double to_linear(std::uint8_t sample) {
    const double value = sample / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

int to_srgb(double linear) {
    const double value = std::clamp(linear, 0.0, 1.0);
    const double sample = value <= 0.0031308 ? value * 12.92 : 1.055 * std::pow(value, 1 / 2.4) - 0.055;
    return static_cast<int>(std::lround(sample * 255));
}

/// `cos(pi * component * position / size)` for every position.
std::vector<double> wave(int component, int size) {
    std::vector<double> samples(static_cast<std::size_t>(size));
    for (int i = 0; i < size; ++i)
        samples[static_cast<std::size_t>(i)] = std::cos(std::numbers::pi * component * i / size);
    return samples;
}

Colour component_of(const Raster& raster, const std::array<double, 256>& linear, int column, int row) {
    const auto across = wave(column, raster.width);
    const auto down = wave(row, raster.height);
    Colour sum{};
    const std::uint8_t* sample = raster.bytes.data();
    for (const double y : down) {
        for (const double x : across) {
            for (double& channel : sum) channel += x * y * linear[*sample++];
        }
    }
    const double weight = (column == 0 && row == 0 ? 1.0 : 2.0) / (double(raster.width) * raster.height);
    for (double& channel : sum) channel *= weight;
    return sum;
}

int quantised(double value, double maximum) {
    const double root = std::copysign(std::sqrt(std::abs(value / maximum)), value);
    return std::clamp(static_cast<int>(std::floor(root * 9 + 9.5)), 0, 18);
}

}  // namespace

std::string blurhash(const Raster& raster, int columns, int rows) {
    std::array<double, 256> linear{};
    for (std::size_t i = 0; i < linear.size(); ++i) linear[i] = to_linear(static_cast<std::uint8_t>(i));

    std::vector<Colour> components;
    double largest = 0;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            components.push_back(component_of(raster, linear, column, row));
            if (components.size() == 1) continue;  // the average colour has its own, finer digits
            for (const double channel : components.back()) largest = std::max(largest, std::abs(channel));
        }
    }

    std::string text;
    append_base83(text, columns - 1 + (rows - 1) * 9, 1);
    const int scale = components.size() == 1 ? 0 : std::clamp(static_cast<int>(std::floor(largest * 166 - 0.5)), 0, 82);
    append_base83(text, scale, 1);
    const Colour& average = components.front();
    append_base83(text, to_srgb(average[0]) << 16 | to_srgb(average[1]) << 8 | to_srgb(average[2]), 4);
    const double maximum = (scale + 1) / 166.0;
    for (std::size_t i = 1; i < components.size(); ++i) {
        const Colour& colour = components[i];
        append_base83(
            text,
            (quantised(colour[0], maximum) * 19 + quantised(colour[1], maximum)) * 19 + quantised(colour[2], maximum),
            2);
    }
    return text;
}

}  // namespace fitview::media
