#include "media/picture_format.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace fitview::media {
namespace {

using namespace std::string_view_literals;

constexpr auto jpeg_magic = "\xff\xd8\xff"sv;
constexpr auto png_magic = "\x89PNG\r\n\x1a\n"sv;
constexpr std::array heif_brands = {"avif"sv, "avis"sv, "heic"sv, "heix"sv, "heim"sv, "heis"sv,
                                    "hevc"sv, "hevx"sv, "hevm"sv, "hevs"sv, "mif1"sv, "msf1"sv};
constexpr std::size_t brands_max = 32;

/// The big-endian number at `offset`, which must lie inside.
std::uint32_t number_at(std::string_view bytes, std::size_t offset) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[offset + i]);
    return value;
}

/// ISO base media: a box is its length, its name, its content. The first one is `ftyp`: a brand, a version, more
/// brands.
bool is_heif(std::string_view bytes) {
    if (bytes.size() < 16 || bytes.substr(4, 4) != "ftyp") return false;
    const std::size_t end = std::min({std::size_t{number_at(bytes, 0)}, bytes.size(), 16 + 4 * brands_max});
    for (std::size_t at = 8; at + 4 <= end; at += at == 8 ? 8 : 4) {
        if (std::ranges::find(heif_brands, bytes.substr(at, 4)) != heif_brands.end()) return true;
    }
    return false;
}

bool is_animated_png(std::string_view bytes) {
    std::uint64_t frames = 0;
    bool first_frame_is_the_picture = false;
    for (std::size_t at = png_magic.size(); at + 12 <= bytes.size();) {
        const std::size_t length = number_at(bytes, at);
        const std::string_view name = bytes.substr(at + 4, 4);
        if (name == "IDAT" || name == "IEND") break;
        if (name == "acTL" && length >= 8 && at + 12 < bytes.size()) frames = number_at(bytes, at + 8);
        if (name == "fcTL") first_frame_is_the_picture = true;
        at += 12 + length;
    }
    return frames + (first_frame_is_the_picture ? 0 : 1) > 1;
}

/// A sequence keeps its frames in a `moov` box; a still picture has none.
bool is_heif_sequence(std::string_view bytes) {
    for (std::size_t at = 0; at + 8 <= bytes.size();) {
        const std::uint64_t length = number_at(bytes, at);
        if (bytes.substr(at + 4, 4) == "moov") return true;
        if (length == 1 && at + 16 <= bytes.size()) {
            const std::uint64_t large = std::uint64_t{number_at(bytes, at + 8)} << 32 | number_at(bytes, at + 12);
            if (large < 16 || large > bytes.size()) return false;
            at += large;
        } else {
            if (length < 8) return false;
            at += length;
        }
    }
    return false;
}

}  // namespace

std::optional<PictureFormat> judge_format(std::string_view bytes) {
    if (bytes.starts_with(jpeg_magic)) return PictureFormat::jpeg;
    if (bytes.starts_with(png_magic)) return PictureFormat::png;
    if (bytes.size() >= 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP") return PictureFormat::webp;
    if (is_heif(bytes)) return PictureFormat::heif;
    return std::nullopt;
}

bool announces_frames(PictureFormat format, std::string_view bytes) {
    if (format == PictureFormat::png) return is_animated_png(bytes);
    if (format == PictureFormat::heif) return is_heif_sequence(bytes);
    return false;
}

}  // namespace fitview::media
