#pragma once
// Pictures for this layer's tests: four quadrants of plain colours, saved in any format libvips writes.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <variant>

#include "media/pictures.hpp"
#include "media/vips_image.hpp"

namespace fitview::media::samples {

using Colour = std::array<int, 3>;
constexpr Colour red = {220, 30, 30};
constexpr Colour green = {30, 200, 30};
constexpr Colour blue = {30, 30, 220};
constexpr Colour white = {250, 250, 250};

/// Top left, top right, bottom left, bottom right.
using Quadrants = std::array<Colour, 4>;
constexpr Quadrants upright = {red, green, blue, white};

inline Raster quadrants(int width, int height, const Quadrants& colours = upright) {
    Raster raster{width, height, 3, {}};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const std::size_t index = (y < height / 2 ? 0u : 2u) + (x < width / 2 ? 0u : 1u);
            for (const int channel : colours[index]) raster.bytes.push_back(static_cast<std::uint8_t>(channel));
        }
    }
    return raster;
}

/// Every pixel different enough that no decoder can guess it.
inline Raster pattern(int width, int height) {
    Raster raster{width, height, 3, {}};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            for (const int value : {x * 13 + y * 7, x * x + y, 255 - x * 5 + y * 3}) {
                raster.bytes.push_back(static_cast<std::uint8_t>(value & 255));
            }
        }
    }
    return raster;
}

inline Raster single_colour(int width, int height, const Colour& colour) {
    return quadrants(width, height, {colour, colour, colour, colour});
}

/// The image as a file; `format` is a libvips suffix with options, such as ".jpg[Q=95]".
inline std::string saved(const Image& image, const std::string& format) {
    void* buffer = nullptr;
    std::size_t size = 0;
    if (image == nullptr || vips_image_write_to_buffer(image.get(), format.c_str(), &buffer, &size, nullptr) != 0) {
        ADD_FAILURE() << format << ": " << vips_error_buffer();
        return {};
    }
    std::string bytes(static_cast<const char*>(buffer), size);
    g_free(buffer);
    return bytes;
}

/// The raster as a file, after `change` had its way with the image (metadata, bands, colour space).
inline std::string saved(
    const Raster& raster, const std::string& format,
    const std::function<Image(Image)>& change = [](Image image) { return image; }) {
    return saved(change(view_of(raster)), format);
}

/// The bytes of a committed picture.
inline std::string committed(const std::string& name) {
    std::ifstream file(FITVIEW_SOURCE_DIR "/tests/data/media/" + name, std::ios::binary);
    EXPECT_TRUE(file) << name;
    return {std::istreambuf_iterator<char>(file), {}};
}

inline Quadrants quadrants_of(const Raster& raster) {
    Quadrants found{};
    for (std::size_t i = 0; i < 4; ++i) {
        const int x = raster.width * (i % 2 == 0 ? 1 : 3) / 4;
        const int y = raster.height * (i < 2 ? 1 : 3) / 4;
        const std::size_t at = static_cast<std::size_t>(y) * raster.row_bytes() + static_cast<std::size_t>(x) * 3;
        for (std::size_t c = 0; c < 3; ++c) found[i][c] = raster.bytes[at + c];
    }
    return found;
}

inline testing::AssertionResult is_near(const Quadrants& found, const Quadrants& expected, int tolerance = 6) {
    for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t c = 0; c < 3; ++c) {
            if (std::abs(found[i][c] - expected[i][c]) > tolerance) {
                return testing::AssertionFailure() << "quadrant " << i << ", channel " << c << ": " << found[i][c]
                                                   << " instead of " << expected[i][c];
            }
        }
    }
    return testing::AssertionSuccess();
}

/// The raster of a file that is accepted, or an empty one and a failed test.
inline Raster decoded(const std::string& bytes, int max_side = 4096) {
    auto answer = decode_picture(bytes, max_side);
    if (const auto* refusal = std::get_if<Refusal>(&answer)) {
        ADD_FAILURE() << refusal->reason;
        return single_colour(4, 4, {0, 0, 0});
    }
    return std::get<Raster>(std::move(answer));
}

/// The reason a file is refused with, "accepted" when it is not.
inline std::string reason_of(const std::string& bytes) {
    const auto answer = prepare_picture(bytes);
    const auto* refusal = std::get_if<Refusal>(&answer);
    return refusal == nullptr ? "accepted" : refusal->reason;
}

}  // namespace fitview::media::samples
