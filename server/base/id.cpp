#include "base/id.hpp"

namespace fitview {

std::string to_hex(const IdBytes& bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        hex += digits[byte >> 4U];
        hex += digits[byte & 0x0FU];
    }
    return hex;
}

std::optional<IdBytes> id_from_hex(std::string_view text) {
    IdBytes bytes;
    if (text.size() != bytes.size() * 2) return std::nullopt;
    const auto digit = [](char letter) -> int {
        if (letter >= '0' && letter <= '9') return letter - '0';
        if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
        return -1;
    };
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const int high = digit(text[2 * at]);
        const int low = digit(text[2 * at + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes[at] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return bytes;
}

}  // namespace fitview
