#pragma once
// How often somebody may do something.
#include <cstddef>
#include <memory>
#include <string_view>

#include "base/time.hpp"

namespace fitview::storage {

class RedisClient;

/// So many calls in each window of time: 5 a minute.
struct RateLimit {
    int count = 0;  ///< at least 1
    Milliseconds window{};
    bool operator==(const RateLimit&) const = default;
};

/// The answer to one call; the numbers of `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`.
struct RateDecision {
    bool allowed = false;
    int limit = 0;
    int remaining = 0;      ///< calls left in this window, after this one
    int reset_seconds = 0;  ///< until the window ends, rounded up, at least 1; also right for `Retry-After`
    bool operator==(const RateDecision&) const = default;
};

/// Counts calls by key in fixed windows: a key's window begins with its first call and ends after the limit's length;
/// refused calls count nothing. (Around the end of a window twice the count may pass within one window's length.)
/// Thread-safe; may block on the network. Fails: Unavailable when the counters are away.
class RateLimiter {
public:
    virtual ~RateLimiter() = default;
    /// Counts one call under `key` and says whether it may happen. A key is used with one limit only.
    virtual RateDecision take(std::string_view key, const RateLimit& limit) = 0;
};

/// Counters in this process's memory, at most `key_limit` of them: the one whose window began first is forgotten for a
/// new one. `clock` must outlive it.
std::unique_ptr<RateLimiter> open_in_process_rate_limiter(const Clock& clock, std::size_t key_limit = 100'000);

/// Counters in a Redis, common to all nodes that use the same database of it. Windows run by the server's time; a
/// `clock`, for tests, takes its place. Both must outlive it.
std::unique_ptr<RateLimiter> open_redis_rate_limiter(RedisClient& redis, const Clock* clock = nullptr);

/// Counts in `shared`, and in `own` while that is away.
std::unique_ptr<RateLimiter> open_rate_limiter_with_fallback(std::unique_ptr<RateLimiter> shared,
                                                             std::unique_ptr<RateLimiter> own);

}  // namespace fitview::storage
