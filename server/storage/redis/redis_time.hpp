#pragma once
// The time in scripts: the server's own, so that nodes whose clocks differ agree.
#include <string>

#include "base/time.hpp"

namespace fitview::storage {

/// Lua: `now_of(argument)` are the milliseconds since 1970, the server's for "0".
inline constexpr const char* redis_now_of = R"(
    local function now_of(given)
        if given ~= '0' then return tonumber(given) end
        local time = redis.call('TIME')
        return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
    end
)";

/// The argument for `now_of`: `clock`'s time, or "0" without one. Only tests have one.
inline std::string redis_time_argument(const Clock* clock) {
    return clock == nullptr ? "0" : std::to_string(clock->now().milliseconds());
}

}  // namespace fitview::storage
