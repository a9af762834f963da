#pragma once
// Why a provider did not do what was asked.
#include <string>

namespace fitview::ai {

/// Why a provider made nothing. Going to the next one is the ordinary path.
struct ProviderFault {
    enum class Kind { timeout, rate_limited, refused, unusable_answer, away };
    Kind kind = Kind::away;
    std::string detail;  ///< for the log only
};

}  // namespace fitview::ai
