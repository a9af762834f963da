#include "media/blurhash.hpp"

#include <gtest/gtest.h>

#include "media/picture_samples.hpp"

namespace fitview::media {
namespace {

using namespace samples;

// The expected hashes come from the reference implementation in C and, independently, from the one in Python.

TEST(Blurhash, OneColourIsItsAverage) {
    EXPECT_EQ(blurhash(single_colour(8, 8, {255, 255, 255}), 1, 1), "00TSUA");
    EXPECT_EQ(blurhash(single_colour(8, 8, {0, 0, 0}), 1, 1), "000000");
    EXPECT_EQ(blurhash(single_colour(8, 8, {255, 0, 0}), 1, 1), "00TI:j");
    EXPECT_EQ(blurhash(single_colour(8, 8, {255, 255, 255}), 4, 3), "LfTSUA~qfQ~q~qt7fQt7fQfQfQfQ");
}

TEST(Blurhash, PatternsAreAsInTheReferenceImplementation) {
    EXPECT_EQ(blurhash(pattern(32, 24), 4, 3), "LbHd|6V3q?EKNhW^FgJ#S3o4N}$A");
    EXPECT_EQ(blurhash(pattern(17, 31), 3, 4), "TpHm{QqbS[ntBAO7S4Sl,WbJsDj{");
}

TEST(Blurhash, TheMostComponentsAreNineByNine) {
    EXPECT_EQ(
        blurhash(pattern(9, 9), 9, 9),
        "|pARdbNVb8oOR}srR~stR~Sojgjra]jqa~jua{juWtjyfVfUjra^jra~jvoQa$fSjxb0jwa_jsa_Wujxjva|jwb1jwa{jroQa#fTjxa}jua"
        "~jwa|Wtjxjva}jva~jsa{jwsta$a}jwa{jva~jxa~Wsjwjva}jvb0jwb0jv");
}

}  // namespace
}  // namespace fitview::media
