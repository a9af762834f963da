#include "base/number.hpp"

#include <array>
#include <charconv>

namespace fitview {

std::string plain_number(double value) {
    std::array<char, 64> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

Checked<Price> Price::check(double wire) {
    if (!std::isfinite(wire) || wire <= 0) return Checked<Price>::wrong("must be above 0");
    if (wire > 9'999'999.99) return Checked<Price>::wrong("must be at most 9999999.99");
    const double paise = std::round(wire * 100.0);
    // A double keeps two decimals of ten million exactly enough: a price with two decimals differs by far less than
    // this.
    if (std::abs(wire * 100.0 - paise) > 1e-5) return Checked<Price>::wrong("must have at most two decimals");
    if (paise < 1) return Checked<Price>::wrong("must be above 0");
    return Price(static_cast<std::int64_t>(paise));
}

}  // namespace fitview
