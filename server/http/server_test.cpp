// What goes over the wire, byte by byte: framing, limits, malformed and slow clients.
#include "http/server.hpp"

#include <fstream>

#include "http/server_fixture.hpp"

namespace fitview::http {
namespace {

TEST_F(ServerTest, AConnectionServesOneRequestAfterAnother) {
    auto client = connect();
    for (int time = 0; time < 3; ++time) {
        client.send(hello);
        const std::string answer = client.read_answer();
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
        EXPECT_TRUE(answer.ends_with(R"({"items":["hello"]})")) << answer;
        EXPECT_NE(answer.find("\r\nDate: "), std::string::npos);
    }
}

TEST_F(ServerTest, PipelinedRequestsAreAnsweredInOrder) {
    std::string requests;
    for (int number = 0; number < 20; ++number) {
        const std::string body = R"({"text":"number )" + std::to_string(number) + "\"}";
        requests += "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    auto client = connect();
    client.send(requests);
    for (int number = 0; number < 20; ++number) {
        const std::string answer = client.read_answer();
        EXPECT_TRUE(answer.ends_with("{\"text\":\"number " + std::to_string(number) + "\"}")) << answer;
    }
}

TEST_F(ServerTest, ARequestMayComeByteByByteInChunks) {
    auto client = connect();
    constexpr std::string_view request =
        "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5;ext=1\r\n{\"tex\r\nA\r\nt\":\"chunks\r\n2\r\n\"}\r\n0\r\nTrailer: x\r\n\r\n";
    for (const char byte : request) client.send(std::string_view(&byte, 1));
    EXPECT_TRUE(client.read_answer().ends_with(R"({"text":"chunks"})"));
    client.send(hello);
    EXPECT_TRUE(client.read_answer().starts_with("HTTP/1.1 200")) << "the connection goes on";
}

TEST_F(ServerTest, HeadHasTheHeadersOfGetAndNoBody) {
    auto client = connect();
    client.send("HEAD /api/v1/hello HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string head = client.read_answer(true);
    EXPECT_NE(head.find("Content-Length: 19\r\n"), std::string::npos) << head;
    client.send(hello);
    EXPECT_TRUE(client.read_answer().starts_with("HTTP/1.1 200 OK"));
}

TEST_F(ServerTest, AnOldClientGetsAnAnswerAndTheEnd) {
    const std::string answer = ask("GET /api/v1/hello HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK")) << answer;
    EXPECT_NE(answer.find("Connection: close"), std::string::npos);
}

TEST_F(ServerTest, MalformedRequestsAreRefusedAndTheConnectionCloses) {
    const std::vector<std::pair<std::string, int>> table{
        {"rubbish\r\n\r\n", 400},
        {"GET\r\n\r\n", 400},
        {"GET / HTTP/2.0\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        {"GET nowhere HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nBad Name: 1\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nNoColon\r\n\r\n", 400},
        {"POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400},
        {"POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n", 400},
        {"POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n", 400},
        {"POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400},
        {"POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 400},
        {"POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400},
        {"POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400},
        {"GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
        {"GET /" + std::string(50'000, 'a'), 414},
        {"GET / HTTP/1.1\r\nHost: x\r\nLong: " + std::string(40'000, 'a') + "\r\n\r\n", 431},
        {"GET / HTTP/1.1\r\nHost: x\r\nLong: " + std::string(40'000, 'a'), 431},
    };
    for (const auto& [request, status] : table) {
        const std::string answer = ask(request);
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 " + std::to_string(status))) << request.substr(0, 80) << "\n"
                                                                              << answer;
        EXPECT_NE(answer.find("application/problem+json"), std::string::npos) << request.substr(0, 80);
        EXPECT_NE(answer.find("Connection: close"), std::string::npos) << request.substr(0, 80);
    }
    std::string many = "GET / HTTP/1.1\r\nHost: x\r\n";
    for (int field = 0; field < 200; ++field) many += "F" + std::to_string(field) + ": 1\r\n";
    EXPECT_TRUE(ask(many + "\r\n").starts_with("HTTP/1.1 431"));
}

TEST_F(ServerTest, ManySmallFieldsCannotExceedTheHeadersLimitPieceByPiece) {
    auto client = connect();
    client.send("GET / HTTP/1.1\r\nHost: x\r\n");
    for (int field = 0; field < 90; ++field)
        client.send("F" + std::to_string(field) + ": " + std::string(900, 'v') + "\r\n");
    client.send("\r\n");
    EXPECT_TRUE(client.read_to_end().starts_with("HTTP/1.1 431"));
}

TEST_F(ServerTest, AProblemCarriesTheTableOfTheContract) {
    const std::string answer =
        ask("GET /api/v1/nothing HTTP/1.1\r\nHost: x\r\nX-Request-Id: abc\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 404 Not Found\r\n"));
    EXPECT_NE(answer.find(R"("code":"not_found","request_id":"abc")"), std::string::npos) << answer;
}

TEST_F(ServerTest, AnAnnouncedOversizeIsRefusedWhileTheClientStillSends) {
    auto client = connect();
    constexpr std::size_t announced = 40UL << 20U;
    client.send(
        "POST /api/v1/upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: " +
        std::to_string(announced) + "\r\n\r\n");
    // A client that writes everything before it reads, as most do.
    const std::string piece(1UL << 20U, 'x');
    for (int megabyte = 0; megabyte < 40; ++megabyte) {
        if (!client.send(piece)) break;
    }
    const std::string answer = client.read_to_end();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 413")) << answer.substr(0, 200);
    EXPECT_NE(answer.find("payload_too_large"), std::string::npos);
}

TEST_F(ServerTest, AChunkedOversizeIsRefusedWhileTheClientStillSends) {
    auto client = connect();
    client.send(
        "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: "
        "chunked\r\n\r\n");
    const std::string chunk = "10000\r\n" + std::string(65536, ' ') + "\r\n";
    for (int number = 0; number < 64; ++number) {
        if (!client.send(chunk)) break;
    }
    EXPECT_TRUE(client.read_to_end().starts_with("HTTP/1.1 413"));
}

TEST_F(ServerTest, AFileOfTenMebibytesIsTakenAndOneByteMoreIsNot) {
    const auto upload = [&](std::size_t size) {
        const std::string body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n" +
                                 std::string(size, 'x') + "\r\n--b--\r\n";
        return ask(
            "POST /api/v1/upload HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/form-data; "
            "boundary=b\r\n"
            "Content-Length: " +
            std::to_string(body.size()) + "\r\n\r\n" + body);
    };
    EXPECT_TRUE(upload(upload_max).ends_with(R"({"items":["10485760"]})"));
    EXPECT_TRUE(upload(upload_max + 1).starts_with("HTTP/1.1 413"));
}

TEST_F(ServerTest, TheBodyIsAskedForOnlyWhenTheCallMayBeMade) {
    constexpr std::string_view head =
        " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n";
    auto client = connect();
    client.send("POST /api/v1/echo" + std::string(head));
    EXPECT_EQ(client.read_answer(), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send(R"({"text":"hello"})");
    EXPECT_TRUE(client.read_answer().ends_with(R"({"text":"hello"})"));
    auto refused = connect();
    refused.send("POST /api/v1/mine" + std::string(head));
    EXPECT_TRUE(refused.read_to_end().starts_with("HTTP/1.1 401"));
}

TEST_F(ServerTest, SlowClientsAreAnswered408) {
    settings_.header_timeout = 150ms;
    settings_.body_timeout = 150ms;
    settings_.idle_timeout = 150ms;
    auto head = connect();
    head.send("GET /api/v1/hello HTTP/1.1\r\nHo");
    EXPECT_TRUE(head.read_to_end().starts_with("HTTP/1.1 408"));
    auto body = connect();
    body.send("POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
    const std::string answer = body.read_to_end();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 408")) << answer;
    EXPECT_NE(answer.find(R"("code":"timeout")"), std::string::npos);
    auto idle = connect();
    EXPECT_EQ(idle.read_to_end(), "");
}

TEST_F(ServerTest, StreamsAndFilesAreSentInPieces) {
    const std::string path = testing::TempDir() + "fitview_http_file";
    std::ofstream(path, std::ios::binary) << std::string(300'000, 'f');
    router_.get("/file").handle([path] {
        return File{path, "image/webp", std::string(cache::immutable), "\"e\"", {}};
    });
    router_.get("/rows").handle([] {
        return Stream{[left = 1000](std::string& piece) mutable {
                          piece += "0123456789";
                          return --left > 0;
                      },
                      "text/csv", "rows.csv"};
    });
    const std::string file = ask("GET /api/v1/file HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_NE(file.find("Content-Length: 300000\r\n"), std::string::npos);
    EXPECT_EQ(count_of(file.substr(file.find("\r\n\r\n")), "f"), 300'000U);
    const std::string rows = ask("GET /api/v1/rows HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_NE(rows.find("Transfer-Encoding: chunked"), std::string::npos);
    EXPECT_EQ(count_of(rows, "0123456789"), 1000U);
    EXPECT_TRUE(rows.ends_with("\r\n0\r\n\r\n"));
    EXPECT_EQ(count_of(ask("GET /api/v1/rows HTTP/1.0\r\n\r\n"), "0123456789"), 1000U);
    ::unlink(path.c_str());
}

TEST_F(ServerTest, AnAbruptEndHarmsNobody) {
    for (const std::string_view part : {"G", "GET /api/v1/hello HTTP/1.1\r\n",
                                        "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab"}) {
        auto client = connect();
        client.send(part);
        client.close();
    }
    EXPECT_TRUE(ask(bye).starts_with("HTTP/1.1 200"));
}

TEST_F(ServerTest, AnAddressInUseIsSaidPlainly) {
    settings_.port = server().port();
    const auto bind_again = [&] {
        Server(router_,
               Ports{.authenticator = authenticator_,
                     .limiter = *limiter_,
                     .idempotency = *idempotency_,
                     .audit = telemetry::no_audit_trail(),
                     .log = log_,
                     .metrics = metrics_,
                     .clock = clock_,
                     .ids = ids_,
                     .settings = {}},
               settings_);
    };
    EXPECT_THROW(bind_again(), std::runtime_error);
}

}  // namespace
}  // namespace fitview::http
