#include "base/failure.hpp"
#include "storage/rate_limiter.hpp"

namespace fitview::storage {
namespace {

class RateLimiterWithFallback final : public RateLimiter {
public:
    RateLimiterWithFallback(std::unique_ptr<RateLimiter> shared, std::unique_ptr<RateLimiter> own)
        : shared_(std::move(shared)), own_(std::move(own)) {}

    RateDecision take(std::string_view key, const RateLimit& limit) override {
        try {
            return shared_->take(key, limit);
        } catch (const Unavailable&) {  // whoever keeps the shared counters says so in the log
            return own_->take(key, limit);
        }
    }

private:
    const std::unique_ptr<RateLimiter> shared_;
    const std::unique_ptr<RateLimiter> own_;
};

}  // namespace

std::unique_ptr<RateLimiter> open_rate_limiter_with_fallback(std::unique_ptr<RateLimiter> shared,
                                                             std::unique_ptr<RateLimiter> own) {
    return std::make_unique<RateLimiterWithFallback>(std::move(shared), std::move(own));
}

}  // namespace fitview::storage
