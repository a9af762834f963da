#include "base/failure.hpp"
#include "storage/rate_limiter.hpp"

namespace fitview::storage {
namespace {

class RateLimiterWithFallback final : public RateLimiter {
public:
    RateLimiterWithFallback(RateLimiter& shared, RateLimiter& own) : shared_(shared), own_(own) {}

    RateDecision take(std::string_view key, const RateLimit& limit) override {
        try {
            return shared_.take(key, limit);
        } catch (const Unavailable&) {  // whoever keeps the shared counters says so in the log
            return own_.take(key, limit);
        }
    }

private:
    RateLimiter& shared_;
    RateLimiter& own_;
};

}  // namespace

std::unique_ptr<RateLimiter> open_rate_limiter_with_fallback(RateLimiter& shared, RateLimiter& own) {
    return std::make_unique<RateLimiterWithFallback>(shared, own);
}

}  // namespace fitview::storage
