// fuzz: media
// Anything at all as an uploaded picture. Runs in this process: what the worker processes would survive must show here.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "media/pictures.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t size_max = 64 * 1024;
    if (size > size_max) return -1;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto answer = fitview::media::decode_picture(bytes, 128);
    if (const auto* raster = std::get_if<fitview::media::Raster>(&answer)) {
        if (raster->bytes.size() != raster->row_bytes() * static_cast<std::size_t>(raster->height)) __builtin_trap();
    }
    return 0;
}
