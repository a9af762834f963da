#include "http/limits.hpp"

#include <array>
#include <charconv>

namespace fitview::http {

Checked<RateRule> check_rate_rule(std::string_view text) {
    using Answer = Checked<RateRule>;
    using std::chrono::seconds;
    if (text == "off") return Answer(RateRule());
    constexpr std::array<std::pair<std::string_view, seconds>, 4> units{
        {{"second", seconds(1)}, {"minute", seconds(60)}, {"hour", seconds(3600)}, {"day", seconds(86400)}}};
    storage::RateLimit rule;
    const auto slash = text.find('/');
    const std::string_view number = text.substr(0, slash);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), rule.count);
    if (slash != std::string_view::npos && error == std::errc() && end == number.data() + number.size() &&
        rule.count > 0) {
        for (const auto& [unit, window] : units) {
            if (text.substr(slash + 1) != unit) continue;
            rule.window = window;
            return Answer(RateRule(rule));
        }
    }
    return Answer::wrong("must be like 100/minute (second, minute, hour, day), or off");
}

}  // namespace fitview::http
