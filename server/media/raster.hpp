#pragma once
// An uncompressed picture in memory.
#include <cstddef>
#include <cstdint>
#include <vector>

namespace fitview::media {

/// Rows of 8-bit samples, top to bottom, without gaps: `height * width * channels` bytes. Three channels are sRGB in
/// the order R, G, B; one channel is grey or a mask.
struct Raster {
    int width = 0;
    int height = 0;
    int channels = 3;
    std::vector<std::uint8_t> bytes;

    std::size_t row_bytes() const { return static_cast<std::size_t>(width) * static_cast<std::size_t>(channels); }
    bool operator==(const Raster&) const = default;
};

}  // namespace fitview::media
