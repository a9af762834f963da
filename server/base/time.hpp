#pragma once
// Points in time: milliseconds in UTC inside, ISO 8601 on the wire. Time is a parameter: whoever needs it takes a
// Clock.
#include <chrono>
#include <compare>
#include <cstdint>
#include <string>

#include "base/checked.hpp"
#include "base/rule.hpp"

namespace fitview {

using Milliseconds = std::chrono::milliseconds;

/// A moment, UTC, to the millisecond. On the wire `2026-03-01T15:16:09.000Z`, in stores milliseconds since 1970.
class Timestamp {
public:
    using Wire = std::string;
    static constexpr Rule rule{.format = "date-time", .example = "2026-03-01T15:16:09.000Z"};

    Timestamp() = default;
    explicit Timestamp(std::chrono::sys_time<Milliseconds> time) : time_(time) {}
    static Timestamp from_milliseconds(std::int64_t since_1970) {
        return Timestamp(std::chrono::sys_time<Milliseconds>(Milliseconds(since_1970)));
    }

    /// Reads `YYYY-MM-DDThh:mm:ss[.fraction]Z` with a year from 1970 to 9999.
    static Checked<Timestamp> check(const std::string& wire);
    std::string wire() const;

    std::int64_t milliseconds() const { return time_.time_since_epoch().count(); }
    std::int64_t seconds() const { return milliseconds() / 1000; }
    std::chrono::sys_time<Milliseconds> time() const { return time_; }

    Timestamp operator+(Milliseconds span) const { return Timestamp(time_ + span); }
    Timestamp operator-(Milliseconds span) const { return Timestamp(time_ - span); }
    Milliseconds operator-(const Timestamp& other) const { return time_ - other.time_; }
    auto operator<=>(const Timestamp&) const = default;

private:
    std::chrono::sys_time<Milliseconds> time_{};
};

/// Tells the time. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Timestamp now() const = 0;
};

/// The machine's wall clock.
const Clock& system_clock();

}  // namespace fitview
