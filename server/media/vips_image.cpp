#include "media/vips_image.hpp"

#include <mutex>
#include <stdexcept>

#if defined(__SANITIZE_THREAD__)
// libvips and GLib are built without ThreadSanitizer, which therefore cannot see how they synchronise.
extern "C" const char* __tsan_default_options() {
    return "ignore_noninstrumented_modules=1";
}
#endif

namespace fitview::media {
namespace {

void say_nothing(const char*, GLogLevelFlags, const char*, void*) {}

}  // namespace

void start_vips() {
    static std::once_flag once;
    std::call_once(once, [] {
        if (vips_init("fitview") != 0) throw std::runtime_error("libvips does not start");
        vips_concurrency_set(1);
        vips_cache_set_max(0);
        vips_block_untrusted_set(TRUE);
        // Warnings about other people's files do not belong in our log.
        g_log_set_handler("VIPS", static_cast<GLogLevelFlags>(G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO), say_nothing,
                          nullptr);
    });
}

void require_consistent(const Raster& raster) {
    const bool has_size = raster.width > 0 && raster.height > 0 && (raster.channels == 1 || raster.channels == 3);
    if (!has_size || raster.bytes.size() != raster.row_bytes() * static_cast<std::size_t>(raster.height)) {
        throw std::invalid_argument("a raster's size does not fit its bytes");
    }
}

Image view_of(const Raster& raster) {
    start_vips();
    require_consistent(raster);
    Image image(vips_image_new_from_memory(raster.bytes.data(), raster.bytes.size(), raster.width, raster.height,
                                           raster.channels, VIPS_FORMAT_UCHAR));
    if (image == nullptr) throw std::runtime_error("libvips has no memory for a picture");
    image->Type = raster.channels == 1 ? VIPS_INTERPRETATION_B_W : VIPS_INTERPRETATION_sRGB;
    return image;
}

}  // namespace fitview::media
