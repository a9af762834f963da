#pragma once
// Bytes as text: hex, base64 and base64url (RFC 4648).
#include <optional>
#include <string>
#include <string_view>

namespace fitview {

std::string hex(std::string_view bytes);
std::string base64(std::string_view bytes);
/// base64url without padding.
std::string base64url(std::string_view bytes);

/// The bytes of strict base64 (padding required); nothing when the text is not.
std::optional<std::string> from_base64(std::string_view text);
/// The bytes of strict base64url (padding refused, unused bits zero); nothing when the text is not.
std::optional<std::string> from_base64url(std::string_view text);

/// Whether both are equal, in a time that depends on their lengths only.
bool equal_in_constant_time(std::string_view left, std::string_view right);

}  // namespace fitview
