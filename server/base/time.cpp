#include "base/time.hpp"

#include <array>
#include <cstdio>

namespace fitview {
namespace {

class SystemClock final : public Clock {
public:
    Timestamp now() const override {
        return Timestamp(std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now()));
    }
};

/// The number written in `digits` decimal digits at `at`; -1 when they are not digits.
int number_at(const std::string& text, std::size_t at, std::size_t digits) {
    int number = 0;
    for (std::size_t index = at; index < at + digits; ++index) {
        if (text[index] < '0' || text[index] > '9') return -1;
        number = number * 10 + (text[index] - '0');
    }
    return number;
}

/// Milliseconds of ".123456"; -1 when it is not a fraction. More digits than three are cut.
int fraction_milliseconds(const std::string& text, std::size_t from, std::size_t to) {
    if (from == to) return 0;
    if (text[from] != '.' || to - from < 2 || to - from > 10) return -1;
    int milliseconds = 0;
    for (std::size_t index = 0; index < 3; ++index) {
        const std::size_t at = from + 1 + index;
        const int digit = at < to ? number_at(text, at, 1) : 0;
        if (digit < 0) return -1;
        milliseconds = milliseconds * 10 + digit;
    }
    for (std::size_t at = from + 4; at < to; ++at) {
        if (number_at(text, at, 1) < 0) return -1;
    }
    return milliseconds;
}

}  // namespace

Checked<Timestamp> Timestamp::check(const std::string& wire) {
    const auto wrong = [] { return Checked<Timestamp>::wrong("must be a UTC time such as 2026-03-01T15:16:09.000Z"); };
    if (wire.size() < 20 || wire.size() > 30 || wire.back() != 'Z' || wire[4] != '-' || wire[7] != '-' ||
        wire[10] != 'T' || wire[13] != ':' || wire[16] != ':') {
        return wrong();
    }
    const int year = number_at(wire, 0, 4);
    const int month = number_at(wire, 5, 2);
    const int day = number_at(wire, 8, 2);
    const int hour = number_at(wire, 11, 2);
    const int minute = number_at(wire, 14, 2);
    const int second = number_at(wire, 17, 2);
    const int fraction = fraction_milliseconds(wire, 19, wire.size() - 1);
    if (year < 1970 || month < 0 || day < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 59 || fraction < 0) {
        return wrong();
    }
    using namespace std::chrono;
    const year_month_day date{std::chrono::year(year), std::chrono::month(unsigned(month)),
                              std::chrono::day(unsigned(day))};
    if (!date.ok()) return wrong();
    return Timestamp(sys_days(date) + hours(hour) + minutes(minute) + std::chrono::seconds(second) +
                     Milliseconds(fraction));
}

std::string Timestamp::wire() const {
    using namespace std::chrono;
    const auto day_start = floor<days>(time_);
    const year_month_day date(day_start);
    const hh_mm_ss clock_time(time_ - day_start);
    std::array<char, 48> text{};
    const int size = std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()),
                                   unsigned(date.month()), unsigned(date.day()), int(clock_time.hours().count()),
                                   int(clock_time.minutes().count()), int(clock_time.seconds().count()),
                                   int(clock_time.subseconds().count()));
    return {text.data(), static_cast<std::size_t>(size)};
}

const Clock& system_clock() {
    static const SystemClock clock;
    return clock;
}

}  // namespace fitview
