#include "media/pictures.hpp"

#include <gtest/gtest.h>

namespace fitview::media {
namespace {

Raster gradient(int width, int height, int channels = 3) {
    Raster raster{width, height, channels, {}};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            for (int c = 0; c < channels; ++c)
                raster.bytes.push_back(static_cast<std::uint8_t>((x * (c + 1) + y * 2) / 2 % 256));
        }
    }
    return raster;
}

TEST(Pictures, APngOfARasterDecodesToTheSameRaster) {
    const Raster raster = gradient(90, 70);
    EXPECT_EQ(std::get<Raster>(decode_picture(encode_png(raster), 1024)), raster);
}

TEST(Pictures, ALargePictureIsReducedToTheLongSideAskedFor) {
    const auto decoded = std::get<Raster>(decode_picture(encode_png(gradient(900, 600)), 300));
    EXPECT_EQ(decoded.width, 300);
    EXPECT_EQ(decoded.height, 200);
}

TEST(Pictures, AStoredPictureHasItsSizePlaceholderAndHash) {
    const auto stored = std::get<StoredPicture>(prepare_picture(encode_png(gradient(3000, 1500))));
    EXPECT_EQ(stored.width, 2048);
    EXPECT_EQ(stored.height, 1024);
    EXPECT_EQ(stored.blurhash.size(), 28u);
    EXPECT_EQ(stored.sha256.size(), 64u);
    const auto thumbnail = std::get<Raster>(decode_picture(stored.thumbnail, 16384));
    EXPECT_EQ(thumbnail.width, 400);
    EXPECT_EQ(thumbnail.height, 200);
}

TEST(Pictures, WhatIsNoneOfTheFiveFormatsIsUnsupported) {
    for (const std::string_view bytes : {"", "GIF89a\1\1\1\1", "<svg/>", "%PDF-1.4", "plain words"}) {
        const auto refusal = std::get<Refusal>(prepare_picture(bytes));
        EXPECT_EQ(refusal.kind, Refusal::Kind::unsupported_format) << bytes;
        EXPECT_EQ(to_failure(refusal, "/file").code(), FailureCode::unsupported_media_type);
    }
}

}  // namespace
}  // namespace fitview::media
