#pragma once
// Hashes and keys: SHA-256, HMAC (RFC 2104), HKDF (RFC 5869).
#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace fitview {

/// The 32 bytes of SHA-256.
std::string sha256(std::string_view bytes);

/// The 48 bytes of SHA-384.
std::string sha384(std::string_view bytes);

/// The 32 bytes of HMAC-SHA-256.
std::string hmac_sha256(std::string_view key, std::string_view text);

/// A 32-byte key for one purpose, derived from `secret` by HKDF-SHA-256. Keys of different labels tell nothing of each
/// other.
Secret derive_key(const Secret& secret, std::string_view label);

}  // namespace fitview
