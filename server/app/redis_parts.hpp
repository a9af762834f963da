#pragma once
// The parts that lie in Redis where the settings say so.
#include <memory>

#include "app/config.hpp"
#include "jobs/job_queue.hpp"
#include "storage/cache/cache.hpp"
#include "storage/progress_bus.hpp"
#include "storage/rate_limiter.hpp"
#include "storage/redis/redis_client.hpp"

namespace fitview::app {

/// Connects to Redis; null where the (resolved) settings use none. A Redis that is away is no reason not to start: a
/// line in the log names it and what was tried. Fails: std::runtime_error when it refuses us.
std::unique_ptr<storage::RedisClient> open_redis(const StorageSettings& settings, telemetry::Log& log);

/// The parts; what they are given must outlive them, `redis` may be null.
std::unique_ptr<storage::Cache> open_cache(const StorageSettings& settings, storage::RedisClient* redis,
                                           const Clock& clock);
std::unique_ptr<storage::ProgressBus> open_progress_bus(storage::RedisClient* redis);
/// Common to all nodes; the node's own while Redis is away.
std::unique_ptr<storage::RateLimiter> open_rate_limiter(storage::RedisClient* redis, const Clock& clock);

}  // namespace fitview::app
