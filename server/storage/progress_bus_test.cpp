#include "storage/progress_bus_contract.hpp"

#include <gtest/gtest.h>

#include "storage/redis/redis_fixture.hpp"

namespace fitview::storage {
namespace {

struct InProcess {
    static std::size_t limit() { return 40; }
    std::unique_ptr<ProgressBus> open_empty() { return open_in_process_progress_bus(limit()); }
};
struct InRedis : RedisOfTests {
    static std::size_t limit() { return 40; }
    std::unique_ptr<ProgressBus> open_empty() {
        return absent.empty() ? open_redis_progress_bus(*client, limit()) : nullptr;
    }
};
using Backends = testing::Types<InProcess, InRedis>;
INSTANTIATE_TYPED_TEST_SUITE_P(ProgressBus, ProgressBusContract, Backends);

/// Publishes until `wakeup` was woken; a node that has just started may not listen yet. False when that never happens.
bool is_heard(ProgressBus& from, Wakeup& wakeup) {
    for (int time = 0; time < 1000; ++time) {
        from.publish("tryon:1");
        if (wakeup.wait_until(std::chrono::steady_clock::now() + Milliseconds(20))) return true;
    }
    return false;
}

TEST(RedisProgressBus, NodesHearEachOtherAlsoAfterTheServerWasAway) {
    FITVIEW_SKIP_WHEN_ABSENT(testkit::RedisServer::absence());
    testkit::RedisServer server;
    RedisClient here(*check_redis_address(server.url()), telemetry::no_log());
    RedisClient there(*check_redis_address(server.url()), telemetry::no_log());
    const auto publisher = open_redis_progress_bus(here);
    const auto listener = open_redis_progress_bus(there);
    Wakeup wakeup;
    const auto subscription = listener->subscribe("tryon:1", [&] { wakeup.notify(); });
    EXPECT_TRUE(is_heard(*publisher, wakeup));
    server.stop();
    publisher->publish("tryon:1");
    server.start();
    EXPECT_TRUE(is_heard(*publisher, wakeup));
}

TEST(RedisProgressBus, ListenersOfThisProcessAreWokenWithoutTheServer) {
    FITVIEW_SKIP_WHEN_ABSENT(testkit::RedisServer::absence());
    RedisClient nobody(*check_redis_address("redis://127.0.0.1:" + std::to_string(testkit::free_port())),
                       telemetry::no_log());
    const auto bus = open_redis_progress_bus(nobody);
    Wakeup wakeup;
    const auto subscription = bus->subscribe("tryon:1", [&] { wakeup.notify(); });
    bus->publish("tryon:1");
    EXPECT_TRUE(wakeup.wait_until(std::chrono::steady_clock::now()));
}

}  // namespace
}  // namespace fitview::storage
