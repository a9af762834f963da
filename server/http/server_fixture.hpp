#pragma once
// A real listener on a free port for tests, with a few routes to talk to.
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/describe/class.hpp>
#include <condition_variable>
#include <mutex>

#include "base/text.hpp"
#include "http/client_address.hpp"
#include "http/router.hpp"
#include "http/server.hpp"
#include "storage/idempotency_store.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "telemetry/metrics.hpp"
#include "testkit/deterministic.hpp"
#include "testkit/http_ports.hpp"
#include "testkit/raw_client.hpp"

namespace fitview::http {

using namespace std::chrono_literals;
using testkit::RawClient;

struct Echo {
    Text<0, 200'000> text;
};
BOOST_DESCRIBE_STRUCT(Echo, (), (text))

/// Holds handlers back until the test lets them go; gives up after ten seconds.
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

inline constexpr std::string_view hello = "GET /api/v1/hello HTTP/1.1\r\nHost: x\r\n\r\n";
inline constexpr std::string_view bye = "GET /api/v1/hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

inline std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

}  // namespace fitview::http
