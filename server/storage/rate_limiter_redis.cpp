#include <stdexcept>

#include "storage/rate_limiter.hpp"
#include "storage/redis/redis_client.hpp"
#include "storage/redis/redis_time.hpp"

namespace fitview::storage {
namespace {

// One step, so that calls of several nodes never share a place. The key goes by itself once its window is over.
const RedisScript take_script(std::string(redis_now_of) + R"(
    local now, count, length = now_of(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
    local window = redis.call('HMGET', KEYS[1], 'ends', 'used')
    local ends, used = tonumber(window[1]), tonumber(window[2])
    -- A clock that was set back must not lock anybody out for longer than the limit says.
    if not ends or ends <= now or ends - now > length then
        ends, used = now + length, 0
    end
    local allowed = 0
    if used < count then
        allowed, used = 1, used + 1
        redis.call('HSET', KEYS[1], 'ends', ends, 'used', used)
        redis.call('PEXPIRE', KEYS[1], ends - now)
    end
    return {allowed, count - used, ends - now}
)");

class RedisRateLimiter final : public RateLimiter {
public:
    RedisRateLimiter(RedisClient& redis, const Clock* clock) : redis_(redis), clock_(clock) {}

    RateDecision take(std::string_view key, const RateLimit& limit) override {
        if (limit.count < 1 || limit.window <= Milliseconds(0))
            throw std::invalid_argument("rate limiter: a limit allows something in some time");
        const RedisReply reply = redis_.run(
            take_script, {"limit:" + std::string(key)},
            {redis_time_argument(clock_), std::to_string(limit.count), std::to_string(limit.window.count())});
        const auto left = std::chrono::ceil<std::chrono::seconds>(Milliseconds(reply.items.at(2).integer));
        return {.allowed = reply.items.at(0).integer == 1,
                .limit = limit.count,
                .remaining = static_cast<int>(reply.items.at(1).integer),
                .reset_seconds = static_cast<int>(left.count())};
    }

private:
    RedisClient& redis_;
    const Clock* clock_;
};

}  // namespace

std::unique_ptr<RateLimiter> open_redis_rate_limiter(RedisClient& redis, const Clock* clock) {
    return std::make_unique<RedisRateLimiter>(redis, clock);
}

}  // namespace fitview::storage
