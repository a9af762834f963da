#include "media/decode.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "media/picture_format.hpp"
#include "media/vips_image.hpp"

namespace fitview::media {
namespace {

Refusal unusable(std::string reason) {
    return {Refusal::Kind::unusable, std::move(reason)};
}

Refusal broken() {
    return unusable("The file is broken or incomplete");
}

struct Source {
    std::string_view bytes;
    PictureFormat format;
};

/// Opens the file with the one loader of its format. Only the header is read here; pixels follow when they are asked
/// for. `shrink` (1, 2, 4, 8) lets a JPEG be decoded at a fraction of its size.
Image open(const Source& source, int shrink, VipsFailOn fail_on) {
    void* data = const_cast<char*>(source.bytes.data());  // the C interface does not say const; loaders only read
    const std::size_t size = source.bytes.size();
    return output_of([&](VipsImage** out) {
        const auto access = VIPS_ACCESS_SEQUENTIAL;
        switch (source.format) {
            case PictureFormat::jpeg:
                return vips_jpegload_buffer(data, size, out, "shrink", shrink, "fail_on", fail_on, "access", access,
                                            nullptr);
            case PictureFormat::png:
                return vips_pngload_buffer(data, size, out, "fail_on", fail_on, "access", access, nullptr);
            case PictureFormat::webp:
                return vips_webpload_buffer(data, size, out, "fail_on", fail_on, "access", access, nullptr);
            case PictureFormat::heif:
                return vips_heifload_buffer(data, size, out, "fail_on", fail_on, "access", access, nullptr);
        }
        return -1;
    });
}

std::optional<Refusal> refuse_by_header(VipsImage* image) {
    if (vips_image_get_n_pages(image) > 1) return unusable("The file has more than one frame; send a still picture");
    if (std::min(image->Xsize, image->Ysize) < picture_side_min) {
        return unusable("The picture is smaller than 64 x 64 pixels");
    }
    if (std::int64_t{image->Xsize} * image->Ysize > picture_pixels_max) {
        return unusable("The picture has more than 50 megapixels");
    }
    return std::nullopt;
}

bool is_sixteen_bit(const VipsImage* image) {
    return image->BandFmt == VIPS_FORMAT_USHORT;
}

Image on_white(Image image) {
    if (vips_image_hasalpha(image.get()) == FALSE) return image;
    const double white = is_sixteen_bit(image.get()) ? 65535 : 255;
    VipsArrayDouble* background = vips_array_double_newv(1, white);
    Image flat = output_of([&](VipsImage** out) {
        return vips_flatten(image.get(), out, "background", background, "max_alpha", white, nullptr);
    });
    vips_area_unref(VIPS_AREA(background));
    return flat;
}

Image resized(Image image, int width, int height) {
    if (image->Xsize == width && image->Ysize == height) return image;
    const double across = double(width) / image->Xsize;
    const double down = double(height) / image->Ysize;
    return output_of([&](VipsImage** out) { return vips_resize(image.get(), out, across, "vscale", down, nullptr); });
}

/// In sRGB with eight bits and three channels. A colour profile that does not fit the picture is ignored, as browsers
/// do.
Image in_srgb(Image image) {
    if (vips_image_get_typeof(image.get(), VIPS_META_ICC_NAME) != 0) {
        Image converted = output_of([&](VipsImage** out) {
            return vips_icc_transform(image.get(), out, "srgb", "embedded", TRUE, "intent", VIPS_INTENT_RELATIVE,
                                      "depth", 8, nullptr);
        });
        if (converted != nullptr && converted->Bands == 3) return converted;
        vips_image_remove(image.get(), VIPS_META_ICC_NAME);
    }
    Image srgb = output_of(
        [&](VipsImage** out) { return vips_colourspace(image.get(), out, VIPS_INTERPRETATION_sRGB, nullptr); });
    if (srgb == nullptr || srgb->BandFmt == VIPS_FORMAT_UCHAR) return srgb;
    return output_of([&](VipsImage** out) { return vips_cast_uchar(srgb.get(), out, nullptr); });
}

Image upright(Image image) {
    return output_of([&](VipsImage** out) { return vips_autorot(image.get(), out, nullptr); });
}

std::optional<Raster> to_raster(const Image& image) {
    if (image->Bands != 3 || image->BandFmt != VIPS_FORMAT_UCHAR) return std::nullopt;
    std::size_t size = 0;
    auto* pixels = static_cast<std::uint8_t*>(vips_image_write_to_memory(image.get(), &size));
    if (pixels == nullptr) return std::nullopt;
    Raster raster{image->Xsize, image->Ysize, 3, {pixels, pixels + size}};
    g_free(pixels);
    return raster;
}

/// How much smaller a JPEG may be decoded without becoming smaller than asked for.
int shrink_for(const Source& source, int long_side, int wanted) {
    if (source.format != PictureFormat::jpeg) return 1;
    int shrink = 8;
    while (shrink > 1 && long_side / shrink < wanted) shrink /= 2;
    return shrink;
}

int scaled(int side, double scale) {
    return std::max(1, static_cast<int>(std::lround(side * scale)));
}

std::optional<Raster> raster_of(const Source& source, const VipsImage* header, int max_side, VipsFailOn fail_on) {
    const int long_side = std::max(header->Xsize, header->Ysize);
    const double scale = std::min(1.0, double(max_side) / long_side);
    const int width = scaled(header->Xsize, scale);
    const int height = scaled(header->Ysize, scale);

    Image image = open(source, shrink_for(source, long_side, max_side), fail_on);
    // The order matters: reducing first makes the colour transform and the turning cheap, and what is transparent must
    // be white before its hidden colour can bleed into neighbours.
    if (image != nullptr) image = on_white(std::move(image));
    if (image != nullptr) image = resized(std::move(image), width, height);
    if (image != nullptr) image = in_srgb(std::move(image));
    // Turning reads columns, which a loader that streams rows cannot give: hence the copy in memory.
    if (image != nullptr) image.reset(vips_image_copy_memory(image.get()));
    if (image != nullptr) image = upright(std::move(image));
    if (image == nullptr) return std::nullopt;
    return to_raster(image);
}

/// Cameras leave padding before markers; the JPEG library calls that a warning, like real damage, and says which it
/// was.
bool complains_about_padding_only() {
    const std::string_view messages = vips_error_buffer();
    return messages.find("extraneous bytes before marker") != std::string_view::npos;
}

}  // namespace

std::optional<Refusal> refuse_by_content(std::string_view bytes) {
    if (bytes.size() > picture_bytes_max)
        return Refusal{Refusal::Kind::too_many_bytes, "The picture is larger than 10 MiB"};
    const auto format = judge_format(bytes);
    if (!format) {
        return Refusal{Refusal::Kind::unsupported_format,
                       bytes.empty() ? "The file is empty" : "The file is none of JPEG, PNG, WebP, AVIF and HEIC"};
    }
    if (announces_frames(*format, bytes)) return unusable("The file has more than one frame; send a still picture");
    return std::nullopt;
}

Accepted<Raster> decode_here(std::string_view bytes, int max_side) {
    if (auto refusal = refuse_by_content(bytes)) return *std::move(refusal);
    start_vips();
    vips_error_clear();
    const Source source{bytes, *judge_format(bytes)};
    Image header = open(source, 1, VIPS_FAIL_ON_TRUNCATED);
    if (header == nullptr) return broken();
    if (auto refusal = refuse_by_header(header.get())) return *std::move(refusal);

    vips_error_clear();
    auto raster = raster_of(source, header.get(), max_side, VIPS_FAIL_ON_WARNING);
    if (!raster && complains_about_padding_only()) {
        raster = raster_of(source, header.get(), max_side, VIPS_FAIL_ON_TRUNCATED);
    }
    vips_error_clear();
    if (!raster) return broken();
    return *std::move(raster);
}

}  // namespace fitview::media
