// The values' rules, at their edges.
#include <gtest/gtest.h>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "base/failure.hpp"
#include "base/id.hpp"
#include "base/id_source.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "testkit/deterministic.hpp"

namespace fitview {
namespace {

TEST(Text, CountsCodePointsAndTrims) {
    EXPECT_EQ((Text<1, 3>::check("  कुर  ")->str()), "कुर");
    EXPECT_FALSE((Text<1, 3>::check("abcd")));
    EXPECT_FALSE((Text<1, 3>::check(" \t\xC2\xA0")));
    EXPECT_TRUE((Text<0, 3>::check("")));
}

TEST(Text, RefusesControlCharactersAndBrokenUtf8) {
    for (const std::string& bad : std::vector<std::string>{
             std::string("a\0b", 3), std::string("\x1b[0m"), std::string("\x7f"), std::string("\xC0\xAF"),
             std::string("\xED\xA0\x80"), std::string("\xF5\x80\x80\x80"), std::string("\xE2\x82")}) {
        EXPECT_FALSE((Text<0, 100>::check(bad)));
    }
    EXPECT_TRUE((Text<0, 100>::check("line\nline\tend \xF0\x9F\x91\x97")));
}

TEST(Text, FirstCodePointsNeverCutsOne) {
    EXPECT_EQ(first_code_points("aé🙂b", 3), "aé🙂");
    EXPECT_EQ(first_code_points("ab", 3), "ab");
}

TEST(Id, OnlyTwentyFourLowerCaseHexDigits) {
    EXPECT_EQ(ProductId::check("65f0c0ffee0123456789abcd")->str(), "65f0c0ffee0123456789abcd");
    for (const char* bad : {"", "65F0C0FFEE0123456789ABCD", "65f0c0ffee0123456789abc", "65f0c0ffee0123456789abcdd",
                            "65f0c0ffee0123456789abcg"}) {
        EXPECT_FALSE(ProductId::check(bad)) << bad;
    }
}

TEST(Id, SourceCarriesTheSecondsAndNeverRepeats) {
    testkit::FixedClock clock;
    const auto source = object_ids(clock);
    const auto first = source->make<UserId>();
    const auto second = source->make<UserId>();
    EXPECT_LT(first, second);
    EXPECT_EQ(first.str().substr(0, 8), "69a38180");
    EXPECT_EQ(first.str().substr(8, 10), second.str().substr(8, 10));
}

TEST(Timestamp, ReadsAndWritesIsoTimes) {
    EXPECT_EQ(Timestamp::check("2026-03-01T15:16:09Z")->wire(), "2026-03-01T15:16:09.000Z");
    EXPECT_EQ(Timestamp::check("2024-02-29T23:59:59.987654Z")->wire(), "2024-02-29T23:59:59.987Z");
    for (const char* bad :
         {"", "2026-03-01", "2026-02-29T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T15:16:09",
          "2026-03-01T15:16:09+05:30", "2026-03-01T15:16:09.Z", "2026-03-01T15:16:09.1x3Z", "1969-12-31T23:59:59Z"}) {
        EXPECT_FALSE(Timestamp::check(bad)) << bad;
    }
}

TEST(Price, IsWholePaise) {
    EXPECT_EQ(Price::check(4999)->paise(), 499900);
    EXPECT_EQ(Price::check(1299.5)->paise(), 129950);
    EXPECT_EQ(Price::check(9999999.99)->paise(), 999999999);
    EXPECT_EQ(Price::check(0.29)->wire(), 0.29);
    for (const double bad : {0.0, -1.0, 0.001, 1.005, 10000000.0, double(INFINITY), double(NAN)})
        EXPECT_FALSE(Price::check(bad)) << bad;
}

TEST(Encoding, Base64RoundTripsAndIsStrict) {
    for (const std::string& text : std::vector<std::string>{"", "f", "fo", "foo", "foob", "\xff\xfe"}) {
        EXPECT_EQ(from_base64(base64(text)), text);
        EXPECT_EQ(from_base64url(base64url(text)), text);
    }
    EXPECT_EQ(base64("foob"), "Zm9vYg==");
    for (const char* bad : {"Zm9vYg", "Zm9vYg=", "Zm9vYh==", "Zm 9", "===="}) EXPECT_FALSE(from_base64(bad)) << bad;
    EXPECT_FALSE(from_base64url("Zm9vYg=="));
}

TEST(Encoding, ConstantTimeEqualityIsEquality) {
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
}

TEST(Digest, AgreesWithPublishedVectors) {
    EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // RFC 4231, test case 2
    EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Digest, KeysOfDifferentPurposesDiffer) {
    const Secret secret("some secret");
    EXPECT_NE(derive_key(secret, "tokens").reveal(), derive_key(secret, "addresses").reveal());
    EXPECT_EQ(derive_key(secret, "tokens").reveal(), derive_key(secret, "tokens").reveal());
}

TEST(Failure, NamesTheFieldOfWhatIsMissing) {
    const Failure failure = not_found("product", "/product_id");
    EXPECT_EQ(failure.code(), FailureCode::not_found);
    EXPECT_EQ(failure.problems().front().pointer, "/product_id");
    EXPECT_EQ(name_of(FailureCode::unusable_picture), "unusable_picture");
}

}  // namespace
}  // namespace fitview
