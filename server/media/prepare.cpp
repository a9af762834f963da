#include <algorithm>
#include <mutex>
#include <stdexcept>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "media/blurhash.hpp"
#include "media/decode.hpp"
#include "media/pictures.hpp"
#include "media/vips_image.hpp"

namespace fitview::media {
namespace {

constexpr int stored_quality = 88;
constexpr int stored_effort = 2;  // 3 and 4 take twice the time for one percent of the size
constexpr int thumbnail_quality = 80;
constexpr int blurhash_side_max = 32;

Raster reduced(const Raster& raster, int max_side) {
    const int long_side = std::max(raster.width, raster.height);
    if (long_side <= max_side) return raster;
    const Image whole = view_of(raster);
    VipsImage* output = nullptr;
    if (vips_thumbnail_image(whole.get(), &output, max_side, "height", max_side, "size", VIPS_SIZE_DOWN, nullptr) !=
        0) {
        throw std::runtime_error("a picture could not be reduced");
    }
    const Image small(output);
    std::size_t size = 0;
    auto* pixels = static_cast<std::uint8_t*>(vips_image_write_to_memory(small.get(), &size));
    if (pixels == nullptr) throw std::runtime_error("a picture could not be reduced");
    Raster result{small->Xsize, small->Ysize, small->Bands, {pixels, pixels + size}};
    g_free(pixels);
    return result;
}

std::string blurhash_of(const Raster& picture) {
    const bool is_tall = picture.height > picture.width;
    return blurhash(reduced(picture, blurhash_side_max), is_tall ? 3 : 4, is_tall ? 4 : 3);
}

class InProcessDecoder final : public PictureDecoder {
public:
    Accepted<StoredPicture> prepare(std::string_view bytes) override { return prepare_picture(bytes); }
    Accepted<Raster> decode(std::string_view bytes, int max_side) override { return decode_picture(bytes, max_side); }
};

std::mutex& one_at_a_time() {
    static std::mutex mutex;
    return mutex;
}

}  // namespace

Accepted<StoredPicture> prepare_here(std::string_view bytes) {
    auto decoded = decode_here(bytes, main_side_max);
    if (auto* refusal = std::get_if<Refusal>(&decoded)) return std::move(*refusal);
    const Raster& picture = std::get<Raster>(decoded);
    const Raster thumbnail = reduced(picture, thumbnail_side_max);
    std::string main = encode_webp(picture, stored_quality, stored_effort);
    std::string hash = hex(sha256(main));
    return StoredPicture{.main = std::move(main),
                         .thumbnail = encode_webp(thumbnail, thumbnail_quality, stored_effort),
                         .width = picture.width,
                         .height = picture.height,
                         .blurhash = blurhash_of(thumbnail),
                         .sha256 = std::move(hash)};
}

std::unique_ptr<PictureDecoder> make_in_process_decoder() {
    return std::make_unique<InProcessDecoder>();
}

Accepted<StoredPicture> prepare_picture(std::string_view bytes) {
    const std::lock_guard lock(one_at_a_time());
    return prepare_here(bytes);
}

Accepted<Raster> decode_picture(std::string_view bytes, int max_side) {
    const std::lock_guard lock(one_at_a_time());
    return decode_here(bytes, max_side);
}

Failure to_failure(const Refusal& refusal, std::string pointer) {
    switch (refusal.kind) {
        case Refusal::Kind::too_many_bytes:
            return Failure(FailureCode::payload_too_large, refusal.reason);
        case Refusal::Kind::unsupported_format:
            return Failure(FailureCode::unsupported_media_type, refusal.reason);
        case Refusal::Kind::unusable:
            break;
    }
    return Failure(FailureCode::unusable_picture, refusal.reason, {at_pointer(std::move(pointer), refusal.reason)});
}

}  // namespace fitview::media
