#pragma once
// Text that carries its limits, and the few questions about UTF-8 that everyone asks.
#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/checked.hpp"
#include "base/rule.hpp"

namespace fitview {

/// Whether `text` is well-formed UTF-8 (no overlong forms, no surrogates).
bool is_utf8(std::string_view text);

/// The number of Unicode code points of well-formed UTF-8.
std::size_t code_points(std::string_view text);

/// The first `count` code points of well-formed UTF-8.
std::string_view first_code_points(std::string_view text, std::size_t count);

/// Without the white space (ASCII and U+00A0) at both ends.
std::string_view trimmed(std::string_view text);

/// Lower case of the ASCII letters; other bytes stay.
std::string ascii_lower(std::string_view text);

/// What is wrong with `text` as a text of `min` to `max` code points; empty when nothing is.
/// Control characters other than tab and line breaks are wrong; so is a text of spaces where `min` is at least 1.
std::string text_fault(std::string_view text, std::size_t min, std::size_t max);

/// Text of `Min` to `Max` code points, UTF-8, without control characters but tab and line breaks, trimmed.
template <std::size_t Min, std::size_t Max>
class Text {
public:
    using Wire = std::string;
    static constexpr Rule rule{.min_length = long(Min), .max_length = long(Max)};

    Text() requires(Min == 0) = default;

    static Checked<Text> check(const std::string& wire) {
        const std::string_view inner = trimmed(wire);
        if (std::string fault = text_fault(inner, Min, Max); !fault.empty())
            return Checked<Text>::wrong(std::move(fault));
        return Text(std::string(inner));
    }
    const std::string& wire() const { return text_; }
    const std::string& str() const { return text_; }
    auto operator<=>(const Text&) const = default;

private:
    explicit Text(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace fitview
