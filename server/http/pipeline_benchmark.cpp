// What a request costs besides its socket: finding the route, and the whole pipeline around a trivial handler.
#include <benchmark/benchmark.h>
#include <boost/describe/class.hpp>

#include "base/text.hpp"
#include "http/pipeline/pipeline.hpp"
#include "http/request_parser.hpp"
#include "storage/idempotency_store.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "telemetry/metrics.hpp"
#include "testkit/deterministic.hpp"
#include "testkit/http_ports.hpp"

namespace fitview::http {
namespace {

struct Tea {
    ProductId id;
    Text<1, 20> name;
};
BOOST_DESCRIBE_STRUCT(Tea, (), (id, name))

struct TeaPath {
    ProductId id;
};
BOOST_DESCRIBE_STRUCT(TeaPath, (), (id))

constexpr std::string_view head =
    "GET /api/v1/feature7/65f0c0ffee0123456789abcd HTTP/1.1\r\nHost: localhost:8000\r\nUser-Agent: Mozilla/5.0 (X11; "
    "Linux x86_64)\r\n"
    "Accept: application/json\r\nAccept-Encoding: gzip, deflate\r\nAccept-Language: en\r\nConnection: "
    "keep-alive\r\n\r\n";

/// Sixty routes, as many as the shop has, and the parts around them; the log is written to nowhere but made.
struct Shop {
    Shop() {
        for (int number = 0; number < 20; ++number) {
            const std::string path = "/feature" + std::to_string(number);
            router.get(path).handle([] { return Items<std::string>{}; });
            router.post(path).access(Access::signed_in).handle([](const Body<Tea>& body) { return *body; });
            router.get(path + "/{id}").inline_always().handle([](const Path<TeaPath>& tea) {
                return Tea{tea->id, *Text<1, 20>::check("Assam")};
            });
        }
    }

    testkit::FixedClock clock;
    testkit::CountingIds ids;
    testkit::FakeAuthenticator authenticator;
    std::unique_ptr<telemetry::Log> log = telemetry::json_log({.descriptor = -1}, clock);
    telemetry::Metrics metrics;
    storage::SqliteDatabase database = storage::SqliteDatabase::in_memory();
    std::unique_ptr<storage::RateLimiter> limiter = storage::open_in_process_rate_limiter(clock);
    std::unique_ptr<storage::IdempotencyStore> idempotency = storage::open_sqlite_idempotency_store(database, clock);
    Router router;
    Ports ports{.authenticator = authenticator,
                .limiter = *limiter,
                .idempotency = *idempotency,
                .audit = telemetry::no_audit_trail(),
                .log = *log,
                .metrics = metrics,
                .clock = clock,
                .ids = ids,
                .settings = {.rates = {.login = {}, .tryon = {}, .normal = {}}}};
};

void RouterMatch(benchmark::State& state) {
    const Shop shop;
    for (auto _ : state) {
        benchmark::DoNotOptimize(shop.router.match(Method::get, "/api/v1/feature7/65f0c0ffee0123456789abcd"));
    }
}
BENCHMARK(RouterMatch);

void ParseHead(benchmark::State& state) {
    for (auto _ : state) {
        Request request;
        RequestParser parser(request, {});
        benchmark::DoNotOptimize(parser.feed(head));
    }
}
BENCHMARK(ParseHead);

void TrivialRouteThroughThePipeline(benchmark::State& state) {
    const Shop shop;
    const Pipeline pipeline(shop.router, shop.ports);
    for (auto _ : state) {
        Exchange exchange;
        RequestParser parser(exchange.request, {});
        parser.feed(head);
        exchange.request.peer = "127.0.0.1";
        auto response = pipeline.open(exchange, std::nullopt);
        if (!response) response = pipeline.try_quick(exchange);
        pipeline.conclude(exchange, *response);
        benchmark::DoNotOptimize(response);
    }
}
BENCHMARK(TrivialRouteThroughThePipeline);

}  // namespace
}  // namespace fitview::http
