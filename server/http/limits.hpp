#pragma once
// Limits: what a route declares and what the settings say.
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/checked.hpp"
#include "storage/rate_limiter.hpp"

namespace fitview::http {

/// Which rule counts a call. `login` is counted by the handler, with Call::count_login, for a pair of address and
/// account; such a route counts for the default rule as well.
enum class Limit { normal, tryon, login, none };

/// So many calls in so much time; nothing (`off` in the settings) means no limit.
using RateRule = std::optional<storage::RateLimit>;

/// Reads `100/minute` (second, minute, hour, day) or `off`.
Checked<RateRule> check_rate_rule(std::string_view text);

/// The settings `RATE_LIMIT_LOGIN`, `RATE_LIMIT_TRYON`, `RATE_LIMIT_DEFAULT`.
struct RateRules {
    RateRule login = storage::RateLimit{5, std::chrono::minutes(1)};
    RateRule tryon = storage::RateLimit{10, std::chrono::minutes(1)};
    RateRule normal = storage::RateLimit{100, std::chrono::minutes(1)};
};

constexpr std::size_t json_body_max = 1UL << 20U;
constexpr std::size_t upload_max = 10UL << 20U;
/// What a multipart body may hold beside its file: other fields and boundaries.
constexpr std::size_t form_overhead_max = 1UL << 20U;

}  // namespace fitview::http
