#include <webp/encode.h>

#include <memory>
#include <stdexcept>

#include "media/pictures.hpp"
#include "media/vips_image.hpp"

namespace fitview::media {
namespace {

std::vector<std::uint8_t> in_three_channels(const Raster& grey) {
    std::vector<std::uint8_t> colours;
    colours.reserve(grey.bytes.size() * 3);
    for (const std::uint8_t sample : grey.bytes) colours.insert(colours.end(), 3, sample);
    return colours;
}

int append(const std::uint8_t* bytes, std::size_t size, const WebPPicture* picture) {
    static_cast<std::string*>(picture->custom_ptr)->append(reinterpret_cast<const char*>(bytes), size);
    return 1;
}

}  // namespace

// With libwebp itself: the saver of libvips 8.14 writes EXIF even when told to strip everything.
std::string encode_webp(const Raster& raster, int quality, int effort) {
    require_consistent(raster);
    WebPConfig config;
    WebPPicture picture;
    if (WebPConfigInit(&config) == 0 || WebPPictureInit(&picture) == 0)
        throw std::runtime_error("libwebp does not start");
    const std::unique_ptr<WebPPicture, void (*)(WebPPicture*)> owner(&picture, WebPPictureFree);
    config.quality = static_cast<float>(quality);
    config.method = effort;
    picture.width = raster.width;
    picture.height = raster.height;
    std::string bytes;
    picture.writer = append;
    picture.custom_ptr = &bytes;
    const std::vector<std::uint8_t> widened =
        raster.channels == 1 ? in_three_channels(raster) : std::vector<std::uint8_t>();
    const std::uint8_t* pixels = raster.channels == 1 ? widened.data() : raster.bytes.data();
    if (WebPPictureImportRGB(&picture, pixels, raster.width * 3) == 0 || WebPEncode(&config, &picture) == 0) {
        throw std::runtime_error("a picture could not be encoded as WebP");
    }
    return bytes;
}

std::string encode_png(const Raster& raster) {
    const Image image = view_of(raster);
    void* buffer = nullptr;
    std::size_t size = 0;
    // Deflate level 3: half the time of the default for a few percent of size; these files serve tests and inspection.
    if (vips_pngsave_buffer(image.get(), &buffer, &size, "compression", 3, "strip", TRUE, nullptr) != 0) {
        throw std::runtime_error("a picture could not be encoded as PNG");
    }
    std::string bytes(static_cast<const char*>(buffer), size);
    g_free(buffer);
    return bytes;
}

std::string encode_jpeg(const Raster& raster, int quality) {
    const Image image = view_of(raster);
    void* buffer = nullptr;
    std::size_t size = 0;
    if (vips_jpegsave_buffer(image.get(), &buffer, &size, "Q", quality, "strip", TRUE, "optimize_coding", TRUE,
                             nullptr) != 0) {
        throw std::runtime_error("a picture could not be encoded as JPEG");
    }
    std::string bytes(static_cast<const char*>(buffer), size);
    g_free(buffer);
    return bytes;
}

}  // namespace fitview::media
