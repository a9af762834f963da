#include "outbound/http_client.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

#include "testkit/scripted_server.hpp"

namespace fitview::outbound {
namespace {

using testkit::ScriptedServer;

class OutboundHttp : public testing::Test {
protected:
    static HttpRequest request(const ScriptedServer& server, std::string method = "GET",
                               const std::string& path = "/") {
        HttpRequest made;
        made.method = std::move(method);
        made.url = server.address() + path;
        return made;
    }
    HttpAnswer answered(const HttpRequest& request) {
        const auto result = client_->send(request);
        EXPECT_TRUE(std::holds_alternative<HttpAnswer>(result));
        return std::holds_alternative<HttpAnswer>(result) ? std::get<HttpAnswer>(result) : HttpAnswer{};
    }
    HttpFault fault(const HttpRequest& request) {
        const auto result = client_->send(request);
        EXPECT_TRUE(std::holds_alternative<HttpFault>(result));
        return std::holds_alternative<HttpFault>(result) ? std::get<HttpFault>(result) : HttpFault::broken;
    }
    std::unique_ptr<HttpClient> client_ = open_http_client();
};

TEST_F(OutboundHttp, SendsWhatItIsGivenAndNothingElse) {
    const ScriptedServer server([](const std::string&) { return ScriptedServer::answer(200, "fine", "X-A: b \r\n"); });
    HttpRequest put = request(server, "PUT", "/a%20b/../c?x=%2F");
    put.headers = {{"Content-Type", "image/webp"}, {"x-empty", ""}};
    put.body = std::string_view("\0bytes", 6);
    const HttpAnswer answer = answered(put);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "fine");
    EXPECT_EQ(answer.header("x-a"), "b");
    EXPECT_EQ(answer.header("x-b"), std::nullopt);
    ASSERT_EQ(server.requests().size(), 1U);
    EXPECT_EQ(server.requests()[0],
              "PUT /a%20b/../c?x=%2F HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) +
                  "\r\nContent-Type: image/webp\r\nx-empty:\r\nContent-Length: 6\r\n\r\n" + std::string("\0bytes", 6));
}

TEST_F(OutboundHttp, KeepsItsConnection) {
    const ScriptedServer server([](const std::string&) { return ScriptedServer::answer(200, ""); });
    for (int round = 0; round < 3; ++round) answered(request(server));
    EXPECT_EQ(server.requests().size(), 3U);
    EXPECT_EQ(server.connections(), 1);
}

TEST_F(OutboundHttp, AHeadAnswerHasNoBodyWhateverItsLengthSays) {
    const ScriptedServer server([](const std::string&) { return "HTTP/1.1 404 No\r\nContent-Length: 10\r\n\r\n"; });
    EXPECT_EQ(answered(request(server, "HEAD")).status, 404);
}

TEST_F(OutboundHttp, DoesNotFollowRedirects) {
    const ScriptedServer server(
        [](const std::string&) { return ScriptedServer::answer(301, "", "Location: http://127.0.0.1:1/\r\n"); });
    EXPECT_EQ(answered(request(server)).status, 301);
}

TEST_F(OutboundHttp, TellsTheWaysAnAnswerCanFail) {
    const ScriptedServer cut([](const std::string&) {
        return "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n"
               "Connection: close\r\n\r\nshort";
    });
    EXPECT_EQ(fault(request(cut)), HttpFault::broken);

    const ScriptedServer large([](const std::string&) { return ScriptedServer::answer(200, std::string(1000, 'x')); });
    HttpRequest small = request(large);
    small.answer_max = 999;
    EXPECT_EQ(fault(small), HttpFault::too_large);
    small.answer_max = 1000;
    EXPECT_EQ(answered(small).body.size(), 1000U);

    const ScriptedServer slow([](const std::string&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        return ScriptedServer::answer(200, "");
    });
    HttpRequest hurried = request(slow);
    hurried.answer_within = Milliseconds(50);
    EXPECT_EQ(fault(hurried), HttpFault::late);

    HttpRequest nowhere;
    nowhere.url = "http://127.0.0.1:1/";
    EXPECT_EQ(fault(nowhere), HttpFault::unreachable);
    nowhere.url = "file:///etc/passwd";
    EXPECT_EQ(fault(nowhere), HttpFault::unreachable);
}

TEST_F(OutboundHttp, EndlessHeadersAreTooLarge) {
    const ScriptedServer server([](const std::string&) {
        std::string headers;
        for (int line = 0; line < 2000; ++line)
            headers += "X-" + std::to_string(line) + ": " + std::string(60, 'x') + "\r\n";
        return ScriptedServer::answer(200, "", headers);
    });
    EXPECT_EQ(fault(request(server)), HttpFault::too_large);
}

TEST_F(OutboundHttp, AHeaderThatIsTwoLinesIsRefused) {
    const ScriptedServer server([](const std::string&) { return ScriptedServer::answer(200, ""); });
    HttpRequest smuggling = request(server);
    smuggling.headers = {{"x-a", "b\r\nx-c: d"}};
    EXPECT_THROW(client_->send(smuggling), std::invalid_argument);
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(OutboundHttp, ServesSeveralThreads) {
    const ScriptedServer server(
        [](const std::string&) { return ScriptedServer::answer(200, "x", "Connection: close\r\n"); });
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&] {
            for (int round = 0; round < 10; ++round) EXPECT_EQ(answered(request(server)).body, "x");
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(server.requests().size(), 40U);
}

TEST(PercentEncoding, LeavesOnlyUnreservedCharacters) {
    EXPECT_EQ(percent_encoded("aZ0-_.~/ ü+"), "aZ0-_.~%2F%20%C3%BC%2B");
    EXPECT_EQ(percent_encoded("a/b c", true), "a/b%20c");
}

}  // namespace
}  // namespace fitview::outbound
