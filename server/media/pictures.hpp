#pragma once
// Pictures from outside: what is accepted, what becomes of them, and why one is refused.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/failure.hpp"
#include "media/raster.hpp"

namespace fitview::media {

constexpr std::size_t picture_bytes_max = 10 * 1024 * 1024;
constexpr std::int64_t picture_pixels_max = 50'000'000;
constexpr int picture_side_min = 64;
constexpr int main_side_max = 2048;
constexpr int thumbnail_side_max = 400;

/// Why a file is not taken, in words for the person who sent it.
struct Refusal {
    enum class Kind {
        too_many_bytes,      ///< more than `picture_bytes_max`
        unsupported_format,  ///< none of JPEG, PNG, WebP, AVIF and HEIC, judged by content; also an empty file
        unusable             ///< one of the five, but broken, animated, too small or too large
    };
    Kind kind = Kind::unusable;
    std::string reason;  ///< a sentence without a full stop: "The picture is smaller than 64 x 64 pixels"

    bool operator==(const Refusal&) const = default;
};

/// The refusal as the answer to a request; `pointer` names the field that held the file ("/file", "/photo").
/// 413 payload_too_large, 415 unsupported_media_type or 422 unusable_picture.
Failure to_failure(const Refusal& refusal, std::string pointer);

template <class T>
using Accepted = std::variant<T, Refusal>;

/// The value, or its refusal thrown as the Failure of `to_failure`.
template <class T>
T value_or_throw(Accepted<T> accepted, std::string pointer) {
    if (const auto* refusal = std::get_if<Refusal>(&accepted)) throw to_failure(*refusal, std::move(pointer));
    return std::move(std::get<T>(accepted));
}

/// What is kept of a picture. Both files are WebP, upright, sRGB, without transparency and without any metadata.
struct StoredPicture {
    std::string main;       ///< at most `main_side_max` on the long side
    std::string thumbnail;  ///< at most `thumbnail_side_max` on the long side
    int width = 0;          ///< of `main`
    int height = 0;
    std::string blurhash;
    std::string sha256;  ///< of `main`, 64 hex digits

    bool operator==(const StoredPicture&) const = default;
};

/// Reads pictures nobody has vouched for. Thread-safe; calls block. `bytes` is read during the call only.
class PictureDecoder {
public:
    virtual ~PictureDecoder() = default;

    /// The picture as it is to be stored, or why it is refused.
    /// Throws Unavailable when there is no decoder free to look at it.
    virtual Accepted<StoredPicture> prepare(std::string_view bytes) = 0;

    /// The pixels: upright sRGB, three channels, on white where transparent, reduced to `max_side` where larger.
    /// `max_side` must be in [64, 16384]. Throws Unavailable when there is no decoder free to look at it.
    virtual Accepted<Raster> decode(std::string_view bytes, int max_side) = 0;
};

/// A decoder inside this process, one picture at a time: for tests, for command-line tools on the user's own files, and
/// for pictures this program has written itself. A server gives files from outside to a DecoderPool (decoder_pool.hpp).
std::unique_ptr<PictureDecoder> make_in_process_decoder();

/// PictureDecoder::prepare of the in-process decoder.
Accepted<StoredPicture> prepare_picture(std::string_view bytes);
/// PictureDecoder::decode of the in-process decoder.
Accepted<Raster> decode_picture(std::string_view bytes, int max_side);

/// WebP of a raster with one or three channels, of at most 16383 pixels a side. `quality` 1 to 100; `effort` 0 (fast)
/// to 6 (small). Nothing but pixels is written. Thread-safe. Throws std::invalid_argument when the raster contradicts
/// itself.
std::string encode_webp(const Raster& raster, int quality = 88, int effort = 2);
/// Lossless PNG of a raster with one or three channels; the channels are kept. Thread-safe.
std::string encode_png(const Raster& raster);
/// JPEG of a raster with one or three channels, `quality` 1 to 100, for files that others must be able to open. Nothing
/// but pixels is written. Thread-safe.
std::string encode_jpeg(const Raster& raster, int quality);

}  // namespace fitview::media
