#include "identity/contact.hpp"

#include <algorithm>

namespace fitview::identity {
namespace {

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}
bool is_lower(char letter) {
    return letter >= 'a' && letter <= 'z';
}
bool is_upper(char letter) {
    return letter >= 'A' && letter <= 'Z';
}

/// Dot-separated parts, none empty, each of letters, digits and the `extra` characters.
bool is_dotted(std::string_view text, std::string_view extra) {
    if (text.empty() || text.front() == '.' || text.back() == '.' || text.find("..") != std::string_view::npos)
        return false;
    return std::all_of(text.begin(), text.end(), [&](char letter) {
        return is_lower(letter) || is_digit(letter) || letter == '.' || extra.find(letter) != std::string_view::npos;
    });
}

bool is_domain(std::string_view text) {
    if (!is_dotted(text, "-") || text.size() > 253) return false;
    const std::size_t last_dot = text.rfind('.');
    if (last_dot == std::string_view::npos || text.size() - last_dot - 1 < 2) return false;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('.', start), text.size());
        const std::string_view label = text.substr(start, end - start);
        if (label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
        start = end + 1;
    }
    return true;
}

}  // namespace

Checked<Email> Email::check(const std::string& wire) {
    const std::string address = ascii_lower(trimmed(wire));
    const std::size_t at = address.rfind('@');
    if (address.size() > 254 || at == std::string::npos || at > 64 ||
        !is_dotted(std::string_view(address).substr(0, at), "!#$%&'*+-/=?^_`{|}~") ||
        !is_domain(std::string_view(address).substr(at + 1))) {
        return Checked<Email>::wrong("must be an e-mail address such as priya@example.com");
    }
    return Email(address);
}

Checked<Phone> Phone::check(const std::string& wire) {
    const std::string number(trimmed(wire));
    std::string digits;
    bool formed = number.size() <= 24;
    for (std::size_t at = 0; at < number.size(); ++at) {
        const char letter = number[at];
        if (is_digit(letter))
            digits += letter;
        else
            formed = formed && ((letter == '+' && at == 0) || letter == ' ' || letter == '-');
    }
    const bool international = number.starts_with('+') && digits.size() >= 7 && digits.size() <= 15 &&
                               digits[0] != '0' &&
                               (!digits.starts_with("91") || (digits.size() == 12 && digits[2] >= '6'));
    const std::string_view national = std::string_view(digits).substr(digits.starts_with('0') ? 1 : 0);
    const bool indian = !number.starts_with('+') && national.size() == 10 && national[0] >= '6';
    if (!formed || !(international || indian)) {
        return Checked<Phone>::wrong("must be an Indian mobile number or an international one such as +91 99999 99999");
    }
    return Phone(number);
}

Checked<MeasureName> MeasureName::check(const std::string& wire) {
    const bool formed = !wire.empty() && wire.size() <= 40 && is_lower(wire[0]) &&
                        std::all_of(wire.begin(), wire.end(),
                                    [](char letter) { return is_lower(letter) || is_digit(letter) || letter == '_'; });
    if (!formed) return Checked<MeasureName>::wrong("must be a measure such as bust, waist, hip or height_cm");
    return MeasureName(wire);
}

Checked<Gstin> Gstin::check(const std::string& wire) {
    const auto all = [&](std::size_t from, std::size_t count, auto test) {
        return std::all_of(wire.begin() + long(from), wire.begin() + long(from + count), test);
    };
    const auto letter_or_digit = [](char letter) { return is_upper(letter) || is_digit(letter); };
    const bool formed = wire.size() == 15 && all(0, 2, is_digit) && all(2, 5, is_upper) && all(7, 4, is_digit) &&
                        is_upper(wire[11]) && letter_or_digit(wire[12]) && wire[12] != '0' && wire[13] == 'Z' &&
                        letter_or_digit(wire[14]);
    if (!formed) return Checked<Gstin>::wrong("must be a GSTIN such as 27AAPFU0939F1ZV");
    return Gstin(wire);
}

}  // namespace fitview::identity
