#include "app/redis_parts.hpp"

#include <stdexcept>

#include "telemetry/log.hpp"

namespace fitview::app {
namespace {

/// How long the start waits for Redis.
constexpr Milliseconds start_patience{3'000};

/// Jobs have no time to live: a Redis that evicts such keys loses them one by one, which nobody notices.
void warn_of_eviction(storage::RedisClient& redis, telemetry::Log& log) {
    if (redis.run({"INFO", "memory"}).text.find("maxmemory_policy:allkeys") == std::string::npos) return;
    log.warning("Redis may evict jobs: set its maxmemory-policy to noeviction or volatile-lru");
}

}  // namespace

std::unique_ptr<storage::RedisClient> open_redis(const StorageSettings& settings, telemetry::Log& log) {
    if (!uses_redis(settings)) return nullptr;
    auto client =
        std::make_unique<storage::RedisClient>(*storage::check_redis_address(settings.redis_url.reveal()), log);
    try {
        client->wait_until_connected(start_patience);
        if (settings.queue == QueueKind::redis) warn_of_eviction(*client, log);
    } catch (const storage::RedisRefusal& refusal) {
        throw std::runtime_error("Redis (REDIS_URL) does not let us in: tried " + std::string(refusal.what()));
    } catch (const Unavailable& away) {
        log.error("starting without Redis: no common limits, jobs wait until it is there", {{"tried", away.what()}});
    }
    return client;
}

std::unique_ptr<storage::Cache> open_cache(const StorageSettings& settings, storage::RedisClient* redis,
                                           const Clock& clock) {
    if (settings.cache == CacheKind::redis) return storage::open_redis_cache(*redis);
    return storage::open_in_process_cache(static_cast<std::size_t>(settings.cache_megabytes.get()) << 20U, clock);
}

std::unique_ptr<storage::ProgressBus> open_progress_bus(storage::RedisClient* redis) {
    return redis ? storage::open_redis_progress_bus(*redis) : storage::open_in_process_progress_bus();
}

std::unique_ptr<storage::RateLimiter> open_rate_limiter(storage::RedisClient* redis, const Clock& clock) {
    auto own = storage::open_in_process_rate_limiter(clock);
    if (redis == nullptr) return own;
    return storage::open_rate_limiter_with_fallback(storage::open_redis_rate_limiter(*redis), std::move(own));
}

}  // namespace fitview::app
