// Everything that reads text from outside, in tables.
#include "http/client_address.hpp"
#include "http/etag.hpp"
#include "http/limits.hpp"
#include "http/media_type.hpp"
#include "http/multipart.hpp"
#include "http/query_string.hpp"

namespace fitview::http {
namespace {

TEST(QueryString, IsDecodedInOrder) {
    EXPECT_EQ(parse_query("a=1&b=x+y%20z&&a=%C3%A9&flag"),
              (TextFields{{"a", "1"}, {"b", "x y z"}, {"a", "\xC3\xA9"}, {"flag", ""}}));
    EXPECT_EQ(parse_query(""), TextFields());
}

TEST(QueryString, RefusesBrokenEscapesAndWhatIsNoUtf8) {
    for (const char* text : {"a=%", "a=%4", "a=%zz", "%ff=1", "a=%c3", "a=%00", "a=%ed%a0%80"}) {
        EXPECT_FALSE(parse_query(text)) << text;
    }
    std::string many;
    for (std::size_t at = 0; at <= query_parameters_max; ++at) many += "a=1&";
    EXPECT_FALSE(parse_query(many));
}

TEST(MediaType, IsReadWithItsParameters) {
    const auto type = parse_media_type(R"(Multipart/Form-Data; Boundary="a;b\"c" ; x=1)");
    ASSERT_TRUE(type);
    EXPECT_EQ(type->type, "multipart/form-data");
    EXPECT_EQ(type->parameter("boundary"), "a;b\"c");
    for (const char* text : {"", "json", "a/b/c", "a/b; x", "a/b; x=\"", "a/b; =1", "a/b; x=1; x=2", "a /b"}) {
        EXPECT_FALSE(parse_media_type(text)) << text;
    }
}

TEST(Accept, TheClosestRangeDecides) {
    EXPECT_EQ(accept_quality("", "text/html"), 1);
    EXPECT_EQ(accept_quality("text/*;q=0.3, */*;q=0.1, text/html;q=0.7", "text/html"), 0.7);
    EXPECT_EQ(accept_quality("text/*;q=0.3, */*;q=0.1", "text/html"), 0.3);
    EXPECT_EQ(accept_quality("*/*;q=0", "text/html"), 0);
    EXPECT_EQ(accept_quality("image/png", "text/html"), 0);
    EXPECT_EQ(accept_quality("rubbish", "text/html"), 1);
}

TEST(EntityTags, AreComparedAsTheStandardSays) {
    EXPECT_EQ(names_etag("*", "\"a\"", false), true);
    EXPECT_EQ(names_etag("\"b\" , \"a\"", "\"a\"", false), true);
    EXPECT_EQ(names_etag("W/\"a\"", "\"a\"", false), false);
    EXPECT_EQ(names_etag("W/\"a\"", "\"a\"", true), true);
    EXPECT_EQ(names_etag("\"b\"", "\"a\"", true), false);
    for (const char* text : {"", "a", "\"a", "\"a\" \"b\"", "\"a\",", "w/\"a\""})
        EXPECT_FALSE(names_etag(text, "\"a\"", true)) << text;
}

TEST(RateRule, IsReadFromItsSetting) {
    EXPECT_EQ(*check_rate_rule("5/minute"), (storage::RateLimit{5, std::chrono::minutes(1)}));
    EXPECT_EQ(*check_rate_rule("1000/day"), (storage::RateLimit{1000, std::chrono::hours(24)}));
    EXPECT_EQ(*check_rate_rule("off"), RateRule());
    for (const char* text : {"", "5", "5/", "0/minute", "-1/minute", "5/fortnight", "x/minute", "5 /minute"}) {
        EXPECT_FALSE(check_rate_rule(text)) << text;
    }
}

TEST(ClientAddress, IsTheRightmostThatNoTrustedProxyWrote) {
    std::vector<AddressRange> proxies = loopback_ranges();
    proxies.push_back(*AddressRange::check("10.0.0.0/8"));
    EXPECT_EQ(client_address("127.0.0.1", "", proxies), "127.0.0.1");
    EXPECT_EQ(client_address("127.0.0.1", "1.1.1.1", proxies), "1.1.1.1");
    EXPECT_EQ(client_address("127.0.0.1", "6.6.6.6, 1.1.1.1, 10.2.3.4", proxies), "1.1.1.1");
    EXPECT_EQ(client_address("9.9.9.9", "1.1.1.1", proxies), "9.9.9.9")
        << "whoever is not trusted may say what they like";
    EXPECT_EQ(client_address("::ffff:127.0.0.1", "[2001:db8::1]:443", proxies), "2001:db8::1");
    EXPECT_EQ(client_address("127.0.0.1", "1.1.1.1:4711", proxies), "1.1.1.1");
    EXPECT_EQ(client_address("127.0.0.1", "1.1.1.1, rubbish", proxies), "127.0.0.1");
    EXPECT_EQ(client_address("127.0.0.1", "10.0.0.1, 10.0.0.2", proxies), "10.0.0.1");
}

TEST(AddressRanges, AreReadFromTheirSetting) {
    EXPECT_EQ(*check_address_ranges("127.0.0.0/8, ::1/128"), loopback_ranges());
    EXPECT_TRUE(check_address_ranges("")->empty());
    EXPECT_FALSE(check_address_ranges("127.0.0.0/8,,::1"));
    EXPECT_FALSE(check_address_ranges("127.0.0.0/8,proxy"));
}

TEST(ClientAddress, OfAnIpv6NetworkCountsOnce) {
    EXPECT_EQ(rate_address("2001:db8:1:2::1"), rate_address("2001:db8:1:2:ffff::2"));
    EXPECT_NE(rate_address("2001:db8:1:2::1"), rate_address("2001:db8:1:3::1"));
    EXPECT_TRUE(is_private("192.168.1.1") && is_private("fd00::1") && is_private("::1"));
    EXPECT_FALSE(is_private("8.8.8.8") || is_private("172.32.0.1") || is_private(""));
    for (const char* text : {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "host", "::1/129"}) {
        EXPECT_FALSE(AddressRange::check(text)) << text;
    }
}

std::string form_of(std::string_view headers, std::string_view bytes) {
    return "--b\r\n" + std::string(headers) + "\r\n\r\n" + std::string(bytes) + "\r\n--b--\r\n";
}

TEST(Multipart, PartsAreReadWithTheirNames) {
    const auto parsed = parse_multipart(
        "\r\n--b \r\ncontent-disposition: FORM-DATA; name=\"empty\"\r\n\r\n\r\n--b\r\nContent-Disposition: form-data; "
        "name=file; "
        "filename=\"x \\\"y\\\".jpg\"\r\nContent-Type: image/jpeg\r\n\r\n--not\r\n-b\r\n--b--\r\n",
        "b");
    ASSERT_TRUE(std::holds_alternative<std::vector<FormPart>>(parsed)) << std::get<std::string>(parsed);
    const auto& parts = std::get<std::vector<FormPart>>(parsed);
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(parts[0].name, "empty");
    EXPECT_EQ(parts[0].bytes, "");
    EXPECT_FALSE(parts[0].is_file);
    EXPECT_EQ(parts[1].name, "file");
    EXPECT_TRUE(parts[1].is_file);
    EXPECT_EQ(parts[1].file_name, "x \"y\".jpg");
    EXPECT_EQ(parts[1].content_type, "image/jpeg");
    EXPECT_EQ(parts[1].bytes, "--not\r\n-b");
    EXPECT_EQ(std::get<std::vector<FormPart>>(parse_multipart("--b--\r\n", "b")).size(), 0U);
}

TEST(Multipart, RefusesWhatIsNotProper) {
    const std::string good = "Content-Disposition: form-data; name=a";
    const std::vector<std::string> table{
        "",
        "--b",
        "--b\r\n",
        "preamble\r\n--b\r\n" + good + "\r\n\r\nx\r\n--b--",
        form_of("", "x"),
        form_of("Content-Type: text/plain", "x"),
        form_of("Content-Disposition: attachment; name=a", "x"),
        form_of("Content-Disposition: form-data", "x"),
        form_of("Content-Disposition: form-data; name=\"\"", "x"),
        form_of("Content-Disposition: form-data; name=a; name=b", "x"),
        form_of(good + "\r\n" + good, "x"),
        form_of(good + "\r\nContent-Transfer-Encoding: base64", "eA=="),
        form_of(good + "\r\nno colon", "x"),
        form_of(good + "\r\nX: " + std::string(part_header_max, 'x'), "x"),
        form_of(good, "x") + "epilogue",
        form_of(good, "x\r\n--bx"),
        "--b\r\n" + good + "\r\n\r\nx\r\n--b",
        "--b\r\n" + good + "\r\n\r\nx",
    };
    for (const std::string& body : table)
        EXPECT_TRUE(std::holds_alternative<std::string>(parse_multipart(body, "b"))) << body;
    std::string many;
    for (std::size_t at = 0; at <= form_parts_max; ++at) many += "--b\r\n" + good + "\r\n\r\nx\r\n";
    EXPECT_TRUE(std::holds_alternative<std::string>(parse_multipart(many + "--b--", "b")));
    for (const std::string& boundary : {std::string(), std::string(71, 'b'), std::string("b\r\n"), std::string("b ")}) {
        EXPECT_TRUE(std::holds_alternative<std::string>(parse_multipart(form_of(good, "x"), boundary)));
    }
}

}  // namespace
}  // namespace fitview::http
