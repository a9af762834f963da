#pragma once
// What the back ends of contract suites on Redis have in common.
#include <memory>
#include <string>

#include "storage/redis/redis_client.hpp"
#include "telemetry/log.hpp"
#include "testkit/redis_server.hpp"

namespace fitview::storage {

/// A client of an empty database of the shared Redis; `absent` says why there is none.
struct RedisOfTests {
    explicit RedisOfTests(int database = 1) {
        const auto url = testkit::shared_redis_url(database);
        if (!url) {
            absent = "no REDIS_TEST_URL: tools/run_tests starts a redis-server where one is installed";
            return;
        }
        RedisClientSettings patient;
        patient.answer_within = std::chrono::seconds(10);  // a busy machine is no outage
        client = std::make_unique<RedisClient>(*check_redis_address(*url), telemetry::no_log(), patient);
        client->run({"FLUSHDB"});
    }
    /// Lets that much of every key's lifetime go by.
    void shorten_lifetimes(Milliseconds span) const {
        static const RedisScript shorten(R"(
            for _, key in ipairs(redis.call('KEYS', '*')) do
                local left = redis.call('PTTL', key)
                if left >= 0 then redis.call('PEXPIRE', key, left - tonumber(ARGV[1])) end
            end
            return 1
        )");
        client->run(shorten, {}, {std::to_string(span.count())});
    }

    std::string absent;
    std::unique_ptr<RedisClient> client;
};

}  // namespace fitview::storage
