#include "media/pictures.hpp"

#include <gtest/gtest.h>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "media/picture_samples.hpp"

#if defined(__SANITIZE_ADDRESS__)
// The HEVC encoder, which only these tests use, leaks.
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libx265";
}
#endif

namespace fitview::media {
namespace {

using namespace samples;

class EveryFormat : public testing::TestWithParam<std::string> {};

TEST_P(EveryFormat, IsDecoded) {
    const Raster raster = decoded(saved(quadrants(160, 120), GetParam()));
    EXPECT_EQ(raster.width, 160);
    EXPECT_EQ(raster.height, 120);
    EXPECT_EQ(raster.channels, 3);
    EXPECT_TRUE(is_near(quadrants_of(raster), upright));
}

TEST_P(EveryFormat, IsPrepared) {
    const auto answer = prepare_picture(saved(quadrants(160, 120), GetParam()));
    ASSERT_TRUE(std::holds_alternative<StoredPicture>(answer));
    EXPECT_TRUE(is_near(quadrants_of(decoded(std::get<StoredPicture>(answer).main)), upright));
}

TEST_P(EveryFormat, IsReducedToTheLongSideAskedFor) {
    const Raster raster = decoded(saved(quadrants(901, 601), GetParam()), 300);
    EXPECT_EQ(raster.width, 300);
    EXPECT_EQ(raster.height, 200);
    EXPECT_TRUE(is_near(quadrants_of(raster), upright));
}

INSTANTIATE_TEST_SUITE_P(Pictures, EveryFormat,
                         testing::Values(".jpg[Q=95]", ".jpg[Q=95,interlace]", ".jpg[Q=95,subsample_mode=off]", ".png",
                                         ".png[interlace]", ".png[palette]", ".webp[lossless]", ".webp[Q=95]",
                                         ".avif[Q=90]", ".heic[Q=90]"));

/// Where the corners of the upright picture lie in the file, for each value of EXIF's orientation.
struct Turned {
    int orientation;
    Quadrants stored;
};

class EveryOrientation : public testing::TestWithParam<Turned> {};

TEST_P(EveryOrientation, IsMadeUpright) {
    const bool is_on_its_side = GetParam().orientation >= 5;
    const Raster stored = quadrants(is_on_its_side ? 80 : 120, is_on_its_side ? 120 : 80, GetParam().stored);
    for (const std::string format : {".jpg[Q=95]", ".webp[lossless]"}) {
        const Raster raster = decoded(saved(stored, format, [](Image image) {
            vips_image_set_int(image.get(), VIPS_META_ORIENTATION, GetParam().orientation);
            return image;
        }));
        EXPECT_EQ(raster.width, 120) << format;
        EXPECT_EQ(raster.height, 80) << format;
        EXPECT_TRUE(is_near(quadrants_of(raster), upright)) << format;
    }
}

INSTANTIATE_TEST_SUITE_P(Pictures, EveryOrientation,
                         testing::Values(Turned{1, {red, green, blue, white}}, Turned{2, {green, red, white, blue}},
                                         Turned{3, {white, blue, green, red}}, Turned{4, {blue, white, red, green}},
                                         Turned{5, {red, blue, green, white}}, Turned{6, {green, white, red, blue}},
                                         Turned{7, {white, green, blue, red}}, Turned{8, {blue, red, white, green}}));

TEST(Pictures, APictureOnItsSideIsTurnedOnce) {
    for (const std::string name : {"turned.avif", "turned.heic", "turned.png"}) {
        const Raster raster = decoded(committed(name));
        EXPECT_EQ(raster.width, 80) << name;
        EXPECT_EQ(raster.height, 120) << name;
        EXPECT_TRUE(is_near(quadrants_of(raster), {blue, red, white, green})) << name;
    }
}

TEST(Pictures, WhatPhonesPutBesideThePictureIsNotAFrame) {
    EXPECT_TRUE(is_near(quadrants_of(decoded(committed("multi_picture.jpg"))), upright));
    EXPECT_TRUE(is_near(quadrants_of(decoded(committed("with_thumbnail.heic"))), upright));
    EXPECT_TRUE(is_near(quadrants_of(decoded(committed("ten_bit.heic"))), upright));
}

TEST(Pictures, GreyBecomesThreeEqualChannels) {
    const auto grey = [](Image image) {
        return output_of(
            [&](VipsImage** out) { return vips_colourspace(image.get(), out, VIPS_INTERPRETATION_B_W, nullptr); });
    };
    for (const std::string format : {".jpg[Q=95]", ".png", ".png[bitdepth=4]", ".heic[Q=90]"}) {
        const Quadrants found = quadrants_of(decoded(saved(single_colour(100, 100, {119, 119, 119}), format, grey)));
        EXPECT_TRUE(is_near(found, quadrants_of(single_colour(4, 4, {119, 119, 119})), 10)) << format;
    }
}

TEST(Pictures, SixteenBitsBecomeEight) {
    const auto deep = [](Image image) {
        return output_of(
            [&](VipsImage** out) { return vips_colourspace(image.get(), out, VIPS_INTERPRETATION_RGB16, nullptr); });
    };
    EXPECT_TRUE(is_near(quadrants_of(decoded(saved(quadrants(120, 80), ".png", deep))), upright, 1));
}

TEST(Pictures, InksBecomeScreenColours) {
    const auto ink = [](Image image) {
        return output_of(
            [&](VipsImage** out) { return vips_colourspace(image.get(), out, VIPS_INTERPRETATION_CMYK, nullptr); });
    };
    // Paper cannot show every colour of a screen, so only what is red must stay red.
    const Quadrants found = quadrants_of(decoded(saved(quadrants(120, 80), ".jpg[Q=95]", ink)));
    EXPECT_TRUE(is_near({found[3], found[3], found[3], found[3]}, {white, white, white, white}, 8));
    EXPECT_GT(found[0][0], found[0][1] + 80);
    EXPECT_GT(found[2][2], found[2][0] + 40);
}

TEST(Pictures, AWideGamutIsBroughtToSrgb) {
    const auto wide = [](Image image) {
        return output_of([&](VipsImage** out) {
            return vips_icc_transform(image.get(), out, "p3", "input_profile", "srgb", nullptr);
        });
    };
    const std::string bytes = saved(quadrants(120, 80), ".png", wide);
    Image untouched = output_of([&](VipsImage** out) {
        return vips_pngload_buffer(const_cast<char*>(bytes.data()), bytes.size(), out, nullptr);
    });
    double* stored_red = nullptr;
    int channels = 0;
    ASSERT_EQ(vips_getpoint(untouched.get(), &stored_red, &channels, 1, 1, nullptr), 0);
    EXPECT_LT(stored_red[0], red[0] - 5) << "the sample is not in another colour space";
    g_free(stored_red);
    EXPECT_TRUE(is_near(quadrants_of(decoded(bytes)), upright, 3));
}

TEST(Pictures, AProfileThatDoesNotFitIsIgnored) {
    const auto misfit = [](Image image) {
        const std::string nonsense(200, 'x');
        vips_image_set_blob_copy(image.get(), VIPS_META_ICC_NAME, nonsense.data(), nonsense.size());
        return image;
    };
    EXPECT_TRUE(is_near(quadrants_of(decoded(saved(quadrants(120, 80), ".jpg[Q=95]", misfit))), upright));
}

TEST(Pictures, WhatIsTransparentBecomesWhite) {
    for (const std::string format : {".png", ".webp[lossless]", ".heic[Q=90]", ".avif[Q=90]"}) {
        for (const double alpha : {0.0, 255.0}) {
            const auto veiled = [&](Image image) {
                return output_of(
                    [&](VipsImage** out) { return vips_bandjoin_const1(image.get(), out, alpha, nullptr); });
            };
            const Quadrants expected = alpha == 0 ? quadrants_of(single_colour(4, 4, {255, 255, 255})) : upright;
            EXPECT_TRUE(is_near(quadrants_of(decoded(saved(quadrants(120, 80), format, veiled))), expected)) << format;
        }
    }
}

TEST(Pictures, NothingButPixelsIsKept) {
    const std::string bytes = saved(quadrants(500, 400), ".jpg[Q=95,profile=p3]", [](Image image) {
        vips_image_set_string(image.get(), "exif-ifd0-Make",
                              "SecretCamera (SecretCamera, ASCII, 13 components, 13 bytes)");
        vips_image_set_string(image.get(), "exif-ifd3-GPSLatitude",
                              "12/1 58/1 0/1 (12, 58, 0, Rational, 3 components, 24 bytes)");
        const std::string xmp = "<x:xmpmeta>SecretPlace</x:xmpmeta>";
        vips_image_set_blob_copy(image.get(), VIPS_META_XMP_NAME, xmp.data(), xmp.size());
        return image;
    });
    ASSERT_NE(bytes.find("SecretCamera"), std::string::npos);
    ASSERT_NE(bytes.find("SecretPlace"), std::string::npos);
    ASSERT_NE(bytes.find("ICC_PROFILE"), std::string::npos);

    const auto stored = std::get<StoredPicture>(prepare_picture(bytes));
    for (const std::string& file : {stored.main, stored.thumbnail}) {
        for (const std::string_view trace : {"Secret", "EXIF", "Exif", "XMP ", "ICCP", "ICC_PROFILE", "VP8X"}) {
            EXPECT_EQ(file.find(trace), std::string::npos) << trace;
        }
    }
}

TEST(Pictures, AStoredPictureHasItsSizeColoursAndHash) {
    const auto stored = std::get<StoredPicture>(prepare_picture(saved(quadrants(1500, 3000), ".jpg")));
    EXPECT_EQ(stored.width, 1024);
    EXPECT_EQ(stored.height, 2048);
    EXPECT_EQ(stored.blurhash.size(), 28u);
    EXPECT_EQ(stored.sha256, hex(sha256(stored.main)));
    const Raster main = decoded(stored.main);
    EXPECT_EQ(main.width, 1024);
    EXPECT_EQ(main.height, 2048);
    const Raster thumbnail = decoded(stored.thumbnail);
    EXPECT_EQ(thumbnail.width, 200);
    EXPECT_EQ(thumbnail.height, 400);
}

TEST(Pictures, ASmallPictureIsNotEnlarged) {
    const auto stored = std::get<StoredPicture>(prepare_picture(saved(quadrants(64, 64), ".png")));
    EXPECT_EQ(stored.width, 64);
    EXPECT_EQ(decoded(stored.thumbnail).width, 64);
}

TEST(Pictures, AVeryLongPictureKeepsAtLeastOnePixelAcross) {
    const auto stored = std::get<StoredPicture>(prepare_picture(saved(quadrants(16000, 64), ".png")));
    EXPECT_EQ(stored.width, 2048);
    EXPECT_EQ(stored.height, 8);
    EXPECT_EQ(decode_picture(stored.thumbnail, 400).index(), 1u) << "too small to be sent in again, and that is fine";
}

TEST(Pictures, TheSameBytesGiveTheSamePicture) {
    const std::string bytes = saved(pattern(700, 500), ".jpg");
    EXPECT_EQ(prepare_picture(bytes), prepare_picture(bytes));
}

TEST(Encoding, APngDecodesToTheSameRaster) {
    EXPECT_EQ(decoded(encode_png(pattern(90, 70))), pattern(90, 70));
}

TEST(Encoding, AMaskStaysAMaskInAPng) {
    const Raster mask{100, 80, 1, std::vector<std::uint8_t>(8000, 77)};
    const std::string png = encode_png(mask);
    EXPECT_EQ(png[25], 0) << "colour type grey";
    EXPECT_TRUE(is_near(quadrants_of(decoded(encode_webp(mask))), quadrants_of(single_colour(4, 4, {77, 77, 77}))));
}

TEST(Encoding, ARasterThatContradictsItselfIsRefused) {
    EXPECT_THROW(encode_png(Raster{}), std::invalid_argument);
    EXPECT_THROW(encode_webp(Raster{10, 10, 3, std::vector<std::uint8_t>(299)}), std::invalid_argument);
    EXPECT_THROW(encode_webp(Raster{10, 10, 4, std::vector<std::uint8_t>(400)}), std::invalid_argument);
}

}  // namespace
}  // namespace fitview::media
