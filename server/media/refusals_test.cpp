// What is refused, and with which reason; and that nothing a file can contain ends the caller.
#include <gtest/gtest.h>

#include <random>

#include "media/decoder_pool.hpp"
#include "media/picture_samples.hpp"

namespace fitview::media {
namespace {

using namespace samples;

constexpr auto broken = "The file is broken or incomplete";
constexpr auto animated = "The file has more than one frame; send a still picture";
constexpr auto too_small = "The picture is smaller than 64 x 64 pixels";
constexpr auto too_large = "The picture has more than 50 megapixels";

const std::vector<std::string> formats = {".jpg[Q=90]", ".jpg[Q=90,interlace]", ".png",  ".png[interlace]",
                                          ".webp",      ".webp[lossless]",      ".avif", ".heic"};

void put_number(std::string& bytes, std::size_t offset, std::uint32_t value) {
    for (int i = 3; i >= 0; --i, value >>= 8)
        bytes[offset + static_cast<std::size_t>(i)] = static_cast<char>(value & 255);
}

TEST(Refusals, EachKindHasItsCode) {
    const auto code_of = [](Refusal::Kind kind) { return to_failure({kind, "why"}, "/photo").code(); };
    EXPECT_EQ(code_of(Refusal::Kind::too_many_bytes), FailureCode::payload_too_large);
    EXPECT_EQ(code_of(Refusal::Kind::unsupported_format), FailureCode::unsupported_media_type);
    EXPECT_EQ(code_of(Refusal::Kind::unusable), FailureCode::unusable_picture);
    EXPECT_EQ(to_failure({Refusal::Kind::unusable, "why"}, "/photo").problems(),
              std::vector{at_pointer("/photo", "why")});
}

TEST(Refusals, AValueOrAFailureComesOut) {
    EXPECT_EQ(value_or_throw(Accepted<int>(7), "/file"), 7);
    EXPECT_THROW(value_or_throw(Accepted<int>(Refusal{}), "/file"), Failure);
}

TEST(Refusals, WhatIsNoneOfTheFiveFormatsIsUnsupported) {
    using namespace std::string_view_literals;
    for (const std::string_view bytes :
         {""sv, "GIF89a\1\0\1\0\0\0\0;"sv, "BM\0\0\0\0"sv, "II*\0\10\0\0\0"sv,
          "<svg xmlns='http://www.w3.org/2000/svg'/>"sv, "%PDF-1.4"sv,
          "\0\0\0\x14"
          "ftypisom\0\0\0\0isom"sv,
          "RIFF\4\0\0\0WAVE"sv, "\xff\xd8"sv, "plain words"sv, "\0"sv, "\0\0\0\x0cJXL \r\n\x87\n"sv}) {
        const auto refusal = std::get<Refusal>(prepare_picture(bytes));
        EXPECT_EQ(refusal.kind, Refusal::Kind::unsupported_format) << bytes;
    }
}

TEST(Refusals, MoreThanTenMebibytesAreTooMany) {
    std::string bytes = saved(quadrants(100, 100), ".jpg");
    bytes.resize(picture_bytes_max);
    EXPECT_EQ(reason_of(bytes), "accepted") << "what follows a picture is no fault";
    bytes.push_back('\0');
    EXPECT_EQ(std::get<Refusal>(prepare_picture(bytes)).kind, Refusal::Kind::too_many_bytes);
}

TEST(Refusals, TheRightFirstBytesAndRubbishAfterAreBroken) {
    std::mt19937 random(1);
    for (const std::string& format : formats) {
        std::string bytes = saved(quadrants(100, 100), format).substr(0, 16);
        while (bytes.size() < 3000) bytes.push_back(static_cast<char>(random() & 255));
        EXPECT_EQ(reason_of(bytes), broken) << format;
    }
}

TEST(Refusals, AHeaderFollowedByRubbishIsBroken) {
    std::mt19937 random(2);
    for (const std::string& format : formats) {
        if (format == ".avif" || format == ".heic") continue;  // any bits are pixels to their decoders
        std::string bytes = saved(pattern(300, 300), format);
        for (std::size_t i = bytes.size() / 2; i < bytes.size(); ++i) bytes[i] = static_cast<char>(random() & 255);
        EXPECT_EQ(reason_of(bytes), broken) << format;
    }
}

TEST(Refusals, PaddingBeforeAMarkerIsNoDamage) {
    std::string bytes = saved(pattern(200, 150), ".jpg");
    bytes.insert(bytes.size() - 2, "\1\2\3");
    EXPECT_EQ(reason_of(bytes), "accepted");
}

TEST(Refusals, ATruncatedFileIsBrokenWhereverItEnds) {
    for (const std::string& format : formats) {
        const std::string bytes = saved(pattern(200, 150), format);
        for (std::size_t part = 1; part <= 40; ++part) {
            const std::size_t end = std::max<std::size_t>(16, bytes.size() * part / 41);
            EXPECT_EQ(reason_of(bytes.substr(0, end)), broken) << format << " cut at " << end << " of " << bytes.size();
        }
        EXPECT_EQ(reason_of(bytes.substr(0, bytes.size() - 20)), broken) << format;
    }
}

TEST(Refusals, TheSmallestSideIsSixtyFourPixels) {
    for (const std::string& format : formats) {
        EXPECT_EQ(reason_of(saved(quadrants(64, 64), format)), "accepted") << format;
        EXPECT_EQ(reason_of(saved(quadrants(63, 64), format)), too_small) << format;
        EXPECT_EQ(reason_of(saved(quadrants(64, 63), format)), too_small) << format;
    }
}

TEST(Refusals, FiftyMegapixelsAreTheMost) {
    const auto black = [](int width, int height) {
        return saved(output_of([&](VipsImage** out) { return vips_black(out, width, height, nullptr); }), ".jpg[Q=20]");
    };
    EXPECT_EQ(reason_of(black(10000, 5000)), "accepted");
    EXPECT_EQ(reason_of(black(10000, 5001)), too_large);
}

TEST(Refusals, AHeaderThatClaimsTooMuchIsRefusedWithoutDecoding) {
    std::string jpeg = saved(quadrants(100, 100), ".jpg");
    const std::size_t frame = jpeg.find("\xff\xc0");
    ASSERT_NE(frame, std::string::npos);
    for (const std::size_t at : {frame + 5, frame + 7}) jpeg.replace(at, 2, "\xea\x60");
    EXPECT_EQ(reason_of(jpeg), too_large);

    // The size lies in a checked chunk, so the whole file is built with it: 60000 x 60000 of nothing.
    const std::string header("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x01\0\0\0\0\xa8\xa9\x48\xef", 33);
    const std::string rest("\0\0\0\0IDAT\x35\xaf\x06\x1e\0\0\0\0IEND\xae\x42\x60\x82", 24);
    EXPECT_EQ(reason_of(header + rest), too_large);
}

TEST(Refusals, MoreThanOneFrameIsRefused) {
    const Raster tall = quadrants(100, 200);
    const Image frames = view_of(tall);
    vips_image_set_int(frames.get(), VIPS_META_PAGE_HEIGHT, 100);
    EXPECT_EQ(reason_of(saved(frames, ".webp")), animated);
    EXPECT_EQ(reason_of(committed("animated.avif")), animated);
    EXPECT_EQ(reason_of(committed("two_pictures.heic")), animated);
    EXPECT_EQ(reason_of(saved(quadrants(100, 100), ".heic") + std::string("\0\0\0\x08moov", 8)), animated);
}

TEST(Refusals, AnAnimatedPngIsRefusedByItsAnnouncement) {
    const std::string still = saved(quadrants(100, 100), ".png");
    const auto announcing = [&](std::uint32_t frames, bool with_control) {
        std::string chunk = std::string(
                                "\0\0\0\x08"
                                "acTL",
                                8) +
                            std::string(12, '\0');
        put_number(chunk, 8, frames);
        if (with_control) chunk += std::string("\0\0\0\0fcTL\0\0\0\0", 12);
        return still.substr(0, 33) + chunk + still.substr(33);
    };
    EXPECT_EQ(reason_of(announcing(2, true)), animated);
    EXPECT_EQ(reason_of(announcing(1, false)), animated) << "the picture and one frame";
    EXPECT_NE(reason_of(announcing(1, true)), animated);
    EXPECT_EQ(reason_of(still), "accepted");
}

TEST(Refusals, NoMutationEndsTheCaller) {
    DecoderPool pool({.worker_path = FITVIEW_DECODE_WORKER, .workers = 1});
    std::mt19937 random(20240607);
    std::vector<std::string> whole;
    for (const std::string& format : formats) whole.push_back(saved(pattern(96, 80), format));
    int refused = 0;
    for (int i = 0; i < 500; ++i) {
        std::string bytes = whole[static_cast<std::size_t>(i) % whole.size()];
        for (int flips = 1 + i % 5; flips > 0; --flips) {
            bytes[random() % bytes.size()] ^= static_cast<char>(1 << random() % 8);
        }
        const auto answer = pool.decode(bytes, 128);
        if (std::holds_alternative<Refusal>(answer)) ++refused;
    }
    EXPECT_GT(refused, 100);
    EXPECT_EQ(pool.decode(saved(quadrants(96, 80), ".png"), 128),
              decode_picture(saved(quadrants(96, 80), ".png"), 128));
}

}  // namespace
}  // namespace fitview::media
