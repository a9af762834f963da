#include <stdexcept>

#include "media/pictures.hpp"
#include "media/vips_image.hpp"

namespace fitview::media {
namespace {

std::string taken(void* buffer, std::size_t size) {
    std::string bytes(static_cast<const char*>(buffer), size);
    g_free(buffer);
    return bytes;
}

}  // namespace

std::string encode_webp(const Raster& raster, int quality, int effort) {
    const Image image = view_of(raster);
    void* buffer = nullptr;
    std::size_t size = 0;
    if (vips_webpsave_buffer(image.get(), &buffer, &size, "Q", quality, "effort", effort, "strip", TRUE, nullptr) !=
        0) {
        throw std::runtime_error("a picture could not be encoded as WebP");
    }
    return taken(buffer, size);
}

std::string encode_png(const Raster& raster) {
    const Image image = view_of(raster);
    void* buffer = nullptr;
    std::size_t size = 0;
    // Deflate level 3: half the time of the default for a few percent of size; these files serve tests and inspection.
    if (vips_pngsave_buffer(image.get(), &buffer, &size, "compression", 3, "strip", TRUE, nullptr) != 0) {
        throw std::runtime_error("a picture could not be encoded as PNG");
    }
    return taken(buffer, size);
}

}  // namespace fitview::media
