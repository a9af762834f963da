#include <algorithm>
#include <array>
#include <list>
#include <mutex>
#include <stdexcept>
#include <string>
#include <unordered_map>

#include "storage/rate_limiter.hpp"

namespace fitview::storage {
namespace {

constexpr std::size_t shard_count = 16;

struct Window {
    std::string key;
    Timestamp ends;
    int used;
};

/// One part of the keys, the window that began first at the front.
struct Shard {
    std::mutex lock;
    std::list<Window> windows;
    std::unordered_map<std::string_view, std::list<Window>::iterator> by_key;
};

class InProcessRateLimiter final : public RateLimiter {
public:
    InProcessRateLimiter(const Clock& clock, std::size_t key_limit)
        : clock_(clock), shard_limit_(std::max<std::size_t>(1, key_limit / shard_count)) {}

    RateDecision take(std::string_view key, const RateLimit& limit) override {
        if (limit.count < 1 || limit.window <= Milliseconds::zero()) {
            throw std::invalid_argument("rate limit: count and window must be above zero");
        }
        const Timestamp now = clock_.now();
        Shard& shard = shards_[(std::hash<std::string_view>{}(key) >> 40U) % shard_count];
        const std::lock_guard guard(shard.lock);
        Window& window = window_of(shard, key, now, limit);
        const bool allowed = window.used < limit.count;
        if (allowed) ++window.used;
        const auto left = (window.ends - now).count();
        return {.allowed = allowed,
                .limit = limit.count,
                .remaining = limit.count - window.used,
                .reset_seconds = static_cast<int>(std::max<std::int64_t>(1, (left + 999) / 1000))};
    }

private:
    Window& window_of(Shard& shard, std::string_view key, const Timestamp& now, const RateLimit& limit) const {
        const auto found = shard.by_key.find(key);
        if (found != shard.by_key.end()) {
            Window& window = *found->second;
            // A clock that was set back must not lock anybody out for longer than the limit says.
            if (window.ends > now && window.ends - now <= limit.window) return window;
            window.ends = now + limit.window;
            window.used = 0;
            shard.windows.splice(shard.windows.end(), shard.windows, found->second);
            return window;
        }
        if (shard.windows.size() >= shard_limit_) {
            shard.by_key.erase(shard.windows.front().key);
            shard.windows.pop_front();
        }
        shard.windows.push_back({.key = std::string(key), .ends = now + limit.window, .used = 0});
        const auto added = std::prev(shard.windows.end());
        shard.by_key.emplace(added->key, added);
        return *added;
    }

    const Clock& clock_;
    const std::size_t shard_limit_;
    std::array<Shard, shard_count> shards_;
};

}  // namespace

std::unique_ptr<RateLimiter> open_in_process_rate_limiter(const Clock& clock, std::size_t key_limit) {
    return std::make_unique<InProcessRateLimiter>(clock, key_limit);
}

}  // namespace fitview::storage
