#include "base/text.hpp"

#include <cstdint>

namespace fitview {
namespace {

/// Length of the code point at `at`, 0 when it is not well-formed there.
std::size_t sequence_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t offset) { return static_cast<std::uint8_t>(text[at + offset]); };
    const std::size_t left = text.size() - at;
    const auto tail = [&](std::size_t offset) { return offset < left && (byte(offset) & 0xC0U) == 0x80U; };
    const std::uint8_t first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        if (!tail(1) || !tail(2)) return 0;
        const bool overlong = first == 0xE0 && byte(1) < 0xA0;
        const bool surrogate = first == 0xED && byte(1) > 0x9F;
        return overlong || surrogate ? 0 : 3;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        if (!tail(1) || !tail(2) || !tail(3)) return 0;
        const bool overlong = first == 0xF0 && byte(1) < 0x90;
        const bool too_large = first == 0xF4 && byte(1) > 0x8F;
        return overlong || too_large ? 0 : 4;
    }
    return 0;
}

}  // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = sequence_length(text, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

std::size_t code_points(std::string_view text) {
    std::size_t count = 0;
    for (const char byte : text) count += (static_cast<std::uint8_t>(byte) & 0xC0U) != 0x80U ? 1 : 0;
    return count;
}

std::string_view first_code_points(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        const bool starts = (static_cast<std::uint8_t>(text[at]) & 0xC0U) != 0x80U;
        if (starts && count-- == 0) break;
    }
    return text.substr(0, at);
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view no_break_space = "\xC2\xA0";
    for (;;) {
        if (!text.empty() && std::string_view(" \t\r\n\f\v").find(text.front()) != std::string_view::npos)
            text.remove_prefix(1);
        else if (text.starts_with(no_break_space))
            text.remove_prefix(2);
        else
            break;
    }
    for (;;) {
        if (!text.empty() && std::string_view(" \t\r\n\f\v").find(text.back()) != std::string_view::npos)
            text.remove_suffix(1);
        else if (text.ends_with(no_break_space))
            text.remove_suffix(2);
        else
            break;
    }
    return text;
}

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    for (char& letter : lower) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return lower;
}

std::string text_fault(std::string_view text, std::size_t min, std::size_t max) {
    if (!is_utf8(text)) return "must be valid UTF-8";
    for (const char byte : text) {
        const auto code = static_cast<std::uint8_t>(byte);
        if ((code < 0x20 && byte != '\n' && byte != '\r' && byte != '\t') || code == 0x7F) {
            return "must not contain control characters";
        }
    }
    const std::size_t length = code_points(text);
    if (length < min) {
        return min == 1 ? "must not be empty" : "must be at least " + std::to_string(min) + " characters";
    }
    if (length > max) return "must be at most " + std::to_string(max) + " characters";
    return {};
}

}  // namespace fitview
