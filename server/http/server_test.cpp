// A real listener on a free port, spoken to byte by byte.
#include "http/server.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <boost/describe/class.hpp>
#include <condition_variable>
#include <fstream>
#include <future>
#include <mutex>

#include "base/text.hpp"
#include "http/client_address.hpp"
#include "http/router.hpp"
#include "storage/idempotency_store.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "telemetry/metrics.hpp"
#include "testkit/deterministic.hpp"
#include "testkit/http_ports.hpp"

namespace fitview::http {
namespace {

using namespace std::chrono_literals;

struct Echo {
    Text<0, 200'000> text;
};
BOOST_DESCRIBE_STRUCT(Echo, (), (text))

/// A client that sends exactly what it is told.
class RawClient {
public:
    explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
    }
    ~RawClient() { close(); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    bool send(std::string_view text) {
        while (!text.empty()) {
            const ssize_t sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    void close() {
        if (socket_ >= 0) ::close(socket_);
        socket_ = -1;
    }

    /// Reads until `text` has been received, the end, or ten seconds without a byte; returns everything received so
    /// far.
    const std::string& read_until(std::string_view text) {
        while (received_.find(text) == std::string::npos && read_more()) {
        }
        return received_;
    }
    std::string read_to_end() {
        while (read_more()) {
        }
        return std::exchange(received_, {});
    }
    /// Reads one answer with its body; `head_only` for answers to HEAD.
    std::string read_answer(bool head_only = false) {
        read_until("\r\n\r\n");
        const auto head_end = received_.find("\r\n\r\n");
        if (head_end == std::string::npos) return std::exchange(received_, {});
        std::size_t size = head_end + 4;
        const auto length = received_.find("Content-Length: ");
        if (!head_only && length < head_end) size += std::stoul(received_.substr(length + 16));
        while (received_.size() < size && read_more()) {
        }
        std::string answer = received_.substr(0, size);
        received_.erase(0, size);
        return answer;
    }

private:
    bool read_more() {
        pollfd waiting{socket_, POLLIN, 0};
        if (::poll(&waiting, 1, 10'000) <= 0) {
            ADD_FAILURE() << "nothing came; so far: " << received_.substr(0, 500);
            return false;
        }
        std::array<char, 65536> bytes{};
        const ssize_t got = ::recv(socket_, bytes.data(), bytes.size(), 0);
        if (got > 0) received_.append(bytes.data(), static_cast<std::size_t>(got));
        return got > 0;
    }

    int socket_;
    std::string received_;
};

class Gate {
public:
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    bool pass() {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, 10s, [this] { return open_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
};

class ServerTest : public testing::Test {
protected:
    ServerTest() {
        settings_.host = "127.0.0.1";
        settings_.port = 0;
        settings_.store_threads = 2;
        router_.get("/hello").handle([] { return Items<std::string>{{"hello"}}; });
        router_.post("/echo").handle([](const Body<Echo>& body) { return *body; });
        router_.post("/upload").handle(
            [](const Upload& upload) { return Items<std::string>{{std::to_string(upload.file.bytes.size())}}; });
        router_.post("/mine").access(Access::signed_in).handle([](const Upload&) {});
    }

    Server& server() {
        if (!server_) {
            PipelineSettings pipeline;
            pipeline.rates = {.login = {}, .tryon = {}, .normal = {}};
            pipeline.trusted_proxies = loopback_ranges();
            server_ = std::make_unique<Server>(router_,
                                               Ports{.authenticator = authenticator_,
                                                     .limiter = *limiter_,
                                                     .idempotency = *idempotency_,
                                                     .audit = telemetry::no_audit_trail(),
                                                     .log = log_,
                                                     .metrics = metrics_,
                                                     .clock = clock_,
                                                     .ids = ids_,
                                                     .settings = pipeline},
                                               settings_);
        }
        return *server_;
    }
    RawClient connect() { return RawClient(server().port()); }
    /// Sends `request` on a connection of its own and returns everything until the server closes it.
    std::string ask(std::string_view request) {
        RawClient client(server().port());
        client.send(request);
        return client.read_to_end();
    }

    testkit::FixedClock clock_;
    testkit::CountingIds ids_;
    testkit::FakeAuthenticator authenticator_;
    testkit::RecordingLog log_;
    telemetry::Metrics metrics_;
    storage::SqliteDatabase database_ = storage::SqliteDatabase::in_memory();
    std::unique_ptr<storage::RateLimiter> limiter_ = storage::open_in_process_rate_limiter(clock_);
    std::unique_ptr<storage::IdempotencyStore> idempotency_ = storage::open_sqlite_idempotency_store(database_, clock_);
    Router router_;
    ServerSettings settings_;
    std::unique_ptr<Server> server_;
};

constexpr std::string_view hello = "GET /api/v1/hello HTTP/1.1\r\nHost: x\r\n\r\n";
constexpr std::string_view bye = "GET /api/v1/hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

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

TEST_F(ServerTest, AFullPoolAnswers503AtOnce) {
    settings_.store_threads = 1;
    settings_.queue_max = 1;
    Gate gate;
    std::atomic<int> entered{0};
    router_.get("/slow").handle([&] {
        ++entered;
        gate.pass();
    });
    constexpr std::string_view slow = "GET /api/v1/slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    auto running = connect();
    running.send(slow);
    while (entered == 0) std::this_thread::yield();
    auto queued = connect();
    queued.send(slow);
    const auto& depth = metrics_.gauge("fitview_worker_queue_depth", "", {{"pool", "store"}});
    while (depth.value() == 0) std::this_thread::yield();
    std::string refused = ask(bye);
    EXPECT_TRUE(refused.starts_with("HTTP/1.1 503")) << refused;
    EXPECT_NE(refused.find("Retry-After: 1"), std::string::npos);
    EXPECT_NE(refused.find(R"("code":"unavailable")"), std::string::npos);
    gate.open();
    EXPECT_TRUE(running.read_to_end().starts_with("HTTP/1.1 204"));
}

TEST_F(ServerTest, AnAnswerMayWaitWithoutHoldingAWorker) {
    settings_.store_threads = 1;
    std::promise<Answerer<Echo>> asked;
    router_.post("/later").handle([&] {
        return Later<Echo>{10'000ms, [&](const Answerer<Echo>& answerer) { asked.set_value(answerer); },
                           [] { return Echo{*Text<0, 200'000>::check("too late")}; }};
    });
    auto waiting = connect();
    waiting.send("POST /api/v1/later HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const Answerer<Echo> answerer = asked.get_future().get();
    EXPECT_TRUE(ask(bye).starts_with("HTTP/1.1 200")) << "the only worker is free";
    EXPECT_TRUE(answerer.answer([] { return Echo{*Text<0, 200'000>::check("now")}; }));
    EXPECT_FALSE(answerer.answer([] { return Echo{*Text<0, 200'000>::check("again")}; }));
    EXPECT_TRUE(waiting.read_to_end().ends_with(R"({"text":"now"})"));
}

TEST_F(ServerTest, AWaitingAnswerLearnsThatItsClientHasGone) {
    Gate gone;
    std::promise<void> asked;
    router_.post("/later").handle([&] {
        return Later<Echo>{10'000ms,
                           [&](const Answerer<Echo>& answerer) {
                               answerer.on_over([&] { gone.open(); });
                               asked.set_value();
                           },
                           [] { return Echo{*Text<0, 200'000>::check("too late")}; }};
    });
    auto client = connect();
    client.send("POST /api/v1/later HTTP/1.1\r\nHost: x\r\n\r\n");
    asked.get_future().wait();
    client.close();
    EXPECT_TRUE(gone.pass());
}

TEST_F(ServerTest, EventsReachTheClientAsTheyHappenAndADepartureIsNoticed) {
    settings_.heartbeat = 100ms;
    std::promise<EventSender> begun;
    Gate closed;
    router_.get("/events").handle([&] {
        return EventStream{[&](const EventSender& sender) {
            sender.on_closed([&] { closed.open(); });
            begun.set_value(sender);
        }};
    });
    auto client = connect();
    client.send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
    const EventSender sender = begun.get_future().get();
    EXPECT_TRUE(sender.send({.name = "progress", .data = "1", .id = {}}));
    EXPECT_NE(client.read_until("data: 1\n\n").find("Transfer-Encoding: chunked"), std::string::npos);
    EXPECT_TRUE(sender.send({.name = "progress", .data = "2", .id = {}}));
    client.read_until("data: 2\n\n");
    client.read_until(": still here");
    client.close();
    EXPECT_TRUE(closed.pass());
    EXPECT_FALSE(sender.send({.name = "progress", .data = "3", .id = {}}));
}

TEST_F(ServerTest, AStreamIsPolledUntilItFinishesAndTheConnectionGoesOn) {
    std::atomic<int> polls{0};
    router_.get("/events").handle([&] {
        return EventStream{[](const EventSender&) {},
                           [&](const EventSender& sender) {
                               sender.send({.name = "tick", .data = std::to_string(++polls), .id = {}});
                               if (polls == 3) sender.finish();
                           },
                           5ms};
    });
    auto client = connect();
    client.send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string text = client.read_until("\r\n0\r\n\r\n");
    EXPECT_EQ(count_of(text, "event: tick"), 3U);
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

TEST_F(ServerTest, ConnectionsBeyondTheCapAreTurnedAway) {
    settings_.connections_max = 2;
    auto first = connect();
    first.send(hello);
    first.read_answer();
    auto second = connect();
    second.send(hello);
    second.read_answer();
    EXPECT_TRUE(connect().read_to_end().starts_with("HTTP/1.1 503"));
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

TEST_F(ServerTest, StoppingAnswersWhatRunsAndClosesWhatIdles) {
    Gate gate;
    std::promise<void> entered;
    router_.get("/slow").handle([&] {
        entered.set_value();
        gate.pass();
    });
    auto idle = connect();
    idle.send(hello);
    idle.read_answer();
    auto busy = connect();
    busy.send("GET /api/v1/slow HTTP/1.1\r\nHost: x\r\n\r\n");
    entered.get_future().wait();
    auto stopped = std::async(std::launch::async, [&] { return server().stop(10s); });
    EXPECT_EQ(idle.read_to_end(), "");
    gate.open();
    const std::string answer = busy.read_to_end();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 204")) << answer;
    EXPECT_NE(answer.find("Connection: close"), std::string::npos);
    EXPECT_TRUE(stopped.get());
}

TEST_F(ServerTest, StoppingEndsEventStreamsAndWaitingAnswersEarly) {
    std::promise<void> begun;
    std::promise<void> waits;
    router_.get("/events").handle([&] { return EventStream{[&](const EventSender&) { begun.set_value(); }}; });
    router_.post("/later").handle([&] {
        return Later<Echo>{60'000ms, [&](const Answerer<Echo>&) { waits.set_value(); },
                           [] { return Echo{*Text<0, 200'000>::check("not yet")}; }};
    });
    auto events = connect();
    events.send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
    auto later = connect();
    later.send("POST /api/v1/later HTTP/1.1\r\nHost: x\r\n\r\n");
    begun.get_future().wait();
    waits.get_future().wait();
    EXPECT_TRUE(server().stop(10s));
    EXPECT_TRUE(events.read_to_end().ends_with("0\r\n\r\n"));
    EXPECT_TRUE(later.read_to_end().ends_with(R"({"text":"not yet"})"));
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
