#include "reflect/parameters.hpp"

#include <charconv>
#include <cmath>

#include "reflect/json.hpp"

namespace fitview::reflect {

std::optional<std::int64_t> text_to_integer(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc::result_out_of_range) {
        // Far outside every limit: the value's own rule says which.
        return text.starts_with('-') ? std::numeric_limits<std::int64_t>::min()
                                     : std::numeric_limits<std::int64_t>::max();
    }
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<double> text_to_number(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

Problem fault_at(FaultPlace place, std::string_view name, std::string detail) {
    if (place == FaultPlace::parameter) return at_parameter(std::string(name), std::move(detail));
    return at_pointer(pointer_below("", name), std::move(detail));
}

}  // namespace fitview::reflect
