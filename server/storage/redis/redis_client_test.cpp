#include "storage/redis/redis_client.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <thread>
#include <vector>

#include "storage/redis/redis_fixture.hpp"

namespace fitview::storage {
namespace {

using Clock = std::chrono::steady_clock;

RedisAddress at(const std::string& url) {
    return *check_redis_address(url);
}

/// Waits until `condition` holds; false when it does not come to that.
template <class Condition>
bool comes_true(const Condition& condition) {
    for (int look = 0; look < 1000; ++look) {
        if (condition()) return true;
        std::this_thread::sleep_for(Milliseconds(10));
    }
    return false;
}

bool answers(RedisClient& client) {
    try {
        client.check();
        return true;
    } catch (const Unavailable&) {
        return false;
    }
}

class RedisPool : public testing::Test {
protected:
    void SetUp() override { FITVIEW_SKIP_WHEN_ABSENT(redis_.absent); }
    RedisOfTests redis_;
};

TEST_F(RedisPool, CarriesAnyBytes) {
    const std::string bytes("a\0\r\n\xFF", 5);
    redis_.client->run({"SET", bytes, bytes});
    EXPECT_EQ(redis_.client->run({"GET", bytes}).text, bytes);
    EXPECT_TRUE(redis_.client->run({"GET", "other"}).is_nothing());
    const std::string large(3 << 20U, 'x');
    redis_.client->run({"SET", "large", large});
    EXPECT_EQ(redis_.client->run({"GET", "large"}).text, large);
}

TEST_F(RedisPool, AnswersAPipelineInOrderWithRefusalsInIt) {
    const auto replies = redis_.client->run_all({{"SET", "n", "1"}, {"LPUSH", "n", "x"}, {"INCR", "n"}, {"GET", "n"}});
    ASSERT_EQ(replies.size(), 4U);
    EXPECT_EQ(replies[1].kind, RedisReply::Kind::error);
    EXPECT_EQ(replies[2].integer, 2);
    EXPECT_EQ(replies[3].text, "2");
}

TEST_F(RedisPool, ARefusalLeavesTheConnectionInUse) {
    EXPECT_THROW(redis_.client->run({"NO_SUCH_COMMAND"}), RedisRefusal);
    EXPECT_TRUE(answers(*redis_.client));
}

TEST_F(RedisPool, RunsAScriptTheServerHasForgotten) {
    const RedisScript script("return {KEYS[1], ARGV[1]}");
    redis_.client->run({"SCRIPT", "FLUSH"});
    for (int time = 0; time < 2; ++time) {
        const RedisReply reply = redis_.client->run(script, {"key"}, {"argument"});
        ASSERT_EQ(reply.items.size(), 2U);
        EXPECT_EQ(reply.items[1].text, "argument");
    }
}

TEST_F(RedisPool, ManyThreadsShareFewConnections) {
    RedisClientSettings settings;
    settings.connection_limit = 2;
    settings.answer_within = std::chrono::seconds(10);
    RedisClient client(at(*testkit::shared_redis_url(1)), telemetry::no_log(), settings);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&] {
            for (int round = 0; round < 100; ++round) client.run({"INCR", "n"});
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(client.run({"GET", "n"}).text, "800");
    // SELECT lists who is in database 1: this test's two, and the fixture's one.
    const std::string list = client.run({"CLIENT", "LIST"}).text;
    int in_database = 0;
    for (std::size_t found = list.find(" db=1 "); found != std::string::npos; found = list.find(" db=1 ", found + 1))
        ++in_database;
    EXPECT_LE(in_database, 3);
}

class RedisOutage : public testing::Test {
protected:
    void SetUp() override { FITVIEW_SKIP_WHEN_ABSENT(testkit::RedisServer::absence()); }
    static RedisClientSettings quick() {
        RedisClientSettings settings;
        settings.retry_first = Milliseconds(10);
        settings.retry_most = Milliseconds(50);
        return settings;
    }
};

TEST_F(RedisOutage, CallsFailAtOnceWhileItIsAwayAndWorkWhenItIsBack) {
    testkit::RedisServer server;
    RedisClient client(at(server.url()), telemetry::no_log(), quick());
    client.wait_until_connected(std::chrono::seconds(10));
    server.stop();
    EXPECT_THROW(client.run({"PING"}), Unavailable);
    const auto started = Clock::now();
    constexpr int calls = 1000;
    for (int call = 0; call < calls; ++call) EXPECT_THROW(client.run({"PING"}), Unavailable);
    const std::chrono::duration<double, std::milli> spent = Clock::now() - started;
    EXPECT_LT(spent.count() / calls, 5) << "milliseconds for a call while Redis is away";
    server.start();
    EXPECT_TRUE(comes_true([&] { return answers(client); }));
}

TEST_F(RedisOutage, AServerThatSwallowsCallsCostsOneDeadlineAndThenNothing) {
    testkit::RedisServer server;
    RedisClientSettings settings;
    settings.answer_within = Milliseconds(100);
    settings.connect_within = Milliseconds(100);
    RedisClient client(at(server.url()), telemetry::no_log(), settings);
    client.wait_until_connected(std::chrono::seconds(10));
    server.pause();
    const auto started = Clock::now();
    for (int call = 0; call < 200; ++call) EXPECT_THROW(client.run({"PING"}), Unavailable);
    EXPECT_LT(Clock::now() - started, std::chrono::seconds(2)) << "two hundred deadlines would be twenty seconds";
    server.resume();
    EXPECT_TRUE(comes_true([&] { return answers(client); }));
}

TEST_F(RedisOutage, TellsWhatWasTriedWhenNobodyIsThere) {
    const int port = testkit::free_port();
    RedisClient client(at("redis://user:hidden@127.0.0.1:" + std::to_string(port)), telemetry::no_log(), quick());
    try {
        client.wait_until_connected(Milliseconds(300));
        FAIL() << "there is nobody";
    } catch (const Unavailable& unavailable) {
        const std::string text = unavailable.what();
        EXPECT_NE(text.find("redis://127.0.0.1:" + std::to_string(port) + "/0: Connection refused"), std::string::npos)
            << text;
        EXPECT_EQ(text.find("hidden"), std::string::npos);
    }
}

TEST_F(RedisOutage, APasswordLetsInAndAWrongOneIsARefusal) {
    testkit::RedisServer server({"--requirepass", "open sesame"});
    const std::string place = "127.0.0.1:" + std::to_string(server.port());
    RedisClient client(at("redis://:open%20sesame@" + place), telemetry::no_log(), quick());
    client.wait_until_connected(std::chrono::seconds(10));
    EXPECT_TRUE(answers(client));
    client.run({"ACL", "SETUSER", "shop", "on", ">secret", "~*", "&*", "+@all"});
    RedisClient with_user(at("redis://shop:secret@" + place), telemetry::no_log(), quick());
    EXPECT_NO_THROW(with_user.wait_until_connected(std::chrono::seconds(10)));
    for (const std::string credentials : {"", ":wrong@", "shop:wrong@"}) {
        RedisClient refused(at("redis://" + credentials + place), telemetry::no_log(), quick());
        EXPECT_THROW(refused.wait_until_connected(std::chrono::seconds(10)), RedisRefusal) << credentials;
    }
    RedisClient no_database(at("redis://:open%20sesame@" + place + "/99"), telemetry::no_log(), quick());
    EXPECT_THROW(no_database.wait_until_connected(std::chrono::seconds(10)), RedisRefusal);
}

/// A certificate for 127.0.0.1 and a Redis that speaks TLS with it.
class RedisTls : public RedisOutage {
protected:
    void SetUp() override {
        FITVIEW_SKIP_WHEN_ABSENT(testkit::RedisServer::absence());
        make_certificate("IP:127.0.0.1,DNS:localhost");
    }
    void make_certificate(const std::string& names) {
        const std::string command =
            "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=redis -addext "
            "subjectAltName=" +
            names + " -keyout " + key_ + " -out " + certificate_ + " 2>/dev/null";
        ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT(cert-env33-c,concurrency-mt-unsafe): a fixed command
    }
    std::vector<std::string> arguments() const {
        tls_port_ = testkit::free_port();
        return {"--tls-port", std::to_string(tls_port_), "--tls-cert-file", certificate_,         "--tls-key-file",
                key_,         "--tls-ca-cert-file",      certificate_,      "--tls-auth-clients", "no"};
    }
    std::string url(const std::string& parameters) const {
        return "rediss://127.0.0.1:" + std::to_string(tls_port_) + parameters;
    }
    std::string trusting() const { return url("?ssl_ca_certs=" + certificate_); }

    const testkit::TemporaryFolder folder_;
    const std::string key_ = folder_.path() + "/key.pem";
    const std::string certificate_ = folder_.path() + "/certificate.pem";
    mutable int tls_port_ = 0;
};

TEST_F(RedisTls, SpeaksThroughTlsToAServerItTrusts) {
    testkit::RedisServer server(arguments());
    RedisClient client(at(trusting()), telemetry::no_log(), quick());
    client.wait_until_connected(std::chrono::seconds(10));
    const std::string large(1 << 20U, 'x');
    const auto replies = client.run_all({{"SET", "k", large}, {"GET", "k"}, {"PING"}});
    EXPECT_EQ(replies[1].text, large);
    EXPECT_EQ(replies[2].text, "PONG");
}

TEST_F(RedisTls, ACertificateNobodyVouchesForIsRefused) {
    testkit::RedisServer server(arguments());
    RedisClient client(at(url("")), telemetry::no_log(), quick());
    EXPECT_THROW(client.wait_until_connected(Milliseconds(500)), Unavailable);
}

TEST_F(RedisTls, ACertificateForAnotherHostIsRefused) {
    make_certificate("DNS:elsewhere.example");
    testkit::RedisServer server(arguments());
    RedisClient client(at(trusting()), telemetry::no_log(), quick());
    try {
        client.wait_until_connected(Milliseconds(500));
        FAIL() << "the certificate names another host";
    } catch (const Unavailable& unavailable) {
        EXPECT_NE(std::string(unavailable.what()).find("certificate is refused"), std::string::npos)
            << unavailable.what();
    }
}

}  // namespace
}  // namespace fitview::storage
