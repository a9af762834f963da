#include <gtest/gtest.h>

#include "pictures/pictures_lookup.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::pictures {
namespace {

class PictureAddresses : public testing::Test {
protected:
    testkit::FixedClock clock_;
    Addresses addresses_{"http://shop.test", "", Secret("key"), std::chrono::hours(1), clock_};
    static constexpr std::string_view personal = "user_uploads/000000000000000000000001/000000000000000000000002.webp";

    std::pair<std::int64_t, std::string> parts_of(const std::string& address) {
        const std::size_t expires = address.find("?expires=") + 9;
        const std::size_t signature = address.find("&signature=") + 11;
        return {std::stoll(address.substr(expires)), address.substr(signature)};
    }
};

TEST_F(PictureAddresses, PublicPicturesHaveOneAddressForGood) {
    EXPECT_EQ(addresses_.of("products/a/b.webp"), "http://shop.test/media/products/a/b.webp");
    const Addresses behind_cdn("http://shop.test", "https://cdn.test", Secret("key"), std::chrono::hours(1), clock_);
    EXPECT_EQ(behind_cdn.of("products/a/b.webp"), "https://cdn.test/products/a/b.webp");
    EXPECT_TRUE(behind_cdn.of(personal).starts_with("http://shop.test/media/user_uploads/"));
}

TEST_F(PictureAddresses, PersonalPicturesOpenWithTheirSignatureUntilTheyExpire) {
    const auto [expires, signature] = parts_of(addresses_.of(personal));
    EXPECT_TRUE(addresses_.opens(personal, expires, signature));
    EXPECT_FALSE(addresses_.opens(personal, expires + 1, signature));
    EXPECT_FALSE(
        addresses_.opens("user_uploads/000000000000000000000001/000000000000000000000003.webp", expires, signature));
    EXPECT_FALSE(addresses_.opens(personal, expires, ""));
    clock_.advance(std::chrono::hours(1));
    EXPECT_FALSE(addresses_.opens(personal, expires, signature));
}

TEST_F(PictureAddresses, StoredAnswersAreSignedAnew) {
    const std::string answer =
        R"({"a":")" + addresses_.of(personal) + R"(","b":")" + addresses_.of("products/a/b.webp") + R"("})";
    clock_.advance(std::chrono::minutes(5));
    EXPECT_EQ(addresses_.renewed(answer),
              R"({"a":")" + addresses_.of(personal) + R"(","b":")" + addresses_.of("products/a/b.webp") + R"("})");
    EXPECT_NE(addresses_.renewed(answer), answer);
    EXPECT_EQ(addresses_.renewed("http://shop.test/media/user_uploads/x"), "http://shop.test/media/user_uploads/x");
}

}  // namespace
}  // namespace fitview::pictures
