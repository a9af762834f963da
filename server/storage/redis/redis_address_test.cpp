#include "storage/redis/redis_address.hpp"

#include <gtest/gtest.h>

namespace fitview::storage {
namespace {

TEST(RedisAddress, ReadsEveryPart) {
    const auto address = check_redis_address("rediss://shop:p%40ss%2F@cache.example:6390/3?ssl_ca_certs=/etc/ca.pem");
    ASSERT_TRUE(address);
    EXPECT_EQ(address->host, "cache.example");
    EXPECT_EQ(address->port, 6390);
    EXPECT_TRUE(address->tls);
    EXPECT_EQ(address->user, "shop");
    EXPECT_EQ(address->password.reveal(), "p@ss/");
    EXPECT_EQ(address->database, 3);
    EXPECT_EQ(address->ca_file, "/etc/ca.pem");
    EXPECT_EQ(address->text(), "rediss://cache.example:6390/3");
}

TEST(RedisAddress, LeavesOutWhatIsUsual) {
    const auto address = check_redis_address("redis://localhost");
    ASSERT_TRUE(address);
    EXPECT_EQ(address->text(), "redis://localhost:6379/0");
    EXPECT_TRUE(address->user.empty() && address->password.empty());
    EXPECT_TRUE(check_redis_address("redis://localhost/"));
}

TEST(RedisAddress, APasswordNeedsNoUserAndMayHoldAnAtSign) {
    const auto address = check_redis_address("redis://:secret@word@localhost:1");
    ASSERT_TRUE(address);
    EXPECT_EQ(address->user, "");
    EXPECT_EQ(address->password.reveal(), "secret@word");
}

TEST(RedisAddress, ReadsIpv6) {
    const auto address = check_redis_address("redis://[::1]:7000/1");
    ASSERT_TRUE(address);
    EXPECT_EQ(address->host, "::1");
    EXPECT_EQ(address->text(), "redis://[::1]:7000/1");
}

TEST(RedisAddress, RefusesWhatItDoesNotUnderstandWithoutRepeatingIt) {
    for (const char* wrong :
         {"", "http://localhost", "redis://", "redis://:hunter2@", "redis://host:0", "redis://host:70000",
          "redis://host:x", "redis://host/one", "redis://host/-1", "redis://[::1", "redis://a%zz@host",
          "redis://host?timeout=1", "redis://host?ssl_ca_certs=/ca.pem",
          "rediss://host?ssl_ca_certs=", "rediss://host?ssl_ca_certs=a&b=c"}) {
        const auto address = check_redis_address(wrong);
        ASSERT_FALSE(address) << wrong;
        EXPECT_EQ(address.reasons().front().find("hunter2"), std::string::npos);
    }
}

}  // namespace
}  // namespace fitview::storage
