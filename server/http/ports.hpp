#pragma once
// What the pipeline asks of the rest of the program. Everything it refers to must outlive the server.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/checked.hpp"
#include "http/authenticator.hpp"
#include "http/limits.hpp"

namespace fitview {
class Clock;
class IdSource;
namespace telemetry {
class Log;
class Metrics;
class AuditTrail;
}  // namespace telemetry
namespace storage {
class IdempotencyStore;
class RateLimiter;
}  // namespace storage
}  // namespace fitview

namespace fitview::http {

/// A network in CIDR notation, "10.0.0.0/8" or "::1/128"; a bare address is a network of one.
struct AddressRange {
    std::string bytes;  ///< 4 or 16
    int prefix = 0;
    static Checked<AddressRange> check(std::string_view text);
    bool holds(std::string_view address) const;
    bool operator==(const AddressRange&) const = default;
};

/// Reads a list of networks separated by commas, as in `TRUSTED_PROXIES`; an empty text is an empty list.
Checked<std::vector<AddressRange>> check_address_ranges(std::string_view text);

/// Settings of the pipeline.
struct PipelineSettings {
    RateRules rates;
    std::vector<std::string> allowed_origins{"http://localhost:3000"};
    std::vector<AddressRange> trusted_proxies;  ///< `TRUSTED_PROXIES`; see loopback_ranges()
};

std::vector<AddressRange> loopback_ranges();

struct Route;

/// Everything the pipeline uses.
struct Ports {
    Authenticator& authenticator;
    storage::RateLimiter& limiter;
    storage::IdempotencyStore& idempotency;
    telemetry::AuditTrail& audit;
    telemetry::Log& log;
    telemetry::Metrics& metrics;
    const Clock& clock;
    IdSource& ids;
    PipelineSettings settings;
    /// Whether counting a call may wait for a network; then nothing is answered on I/O threads.
    bool limiter_blocks = false;
    /// Signs the addresses in a replayed answer anew.
    std::function<std::string(std::string body)> sign_anew;
    /// Called when a handler refuses with a code its route does not declare: a mistake in the program that tests must
    /// see.
    std::function<void(const Route&, FailureCode)> on_undeclared;
};

}  // namespace fitview::http
