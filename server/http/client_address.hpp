#pragma once
// Which address a call comes from (architecture D21).
#include <string>
#include <string_view>
#include <vector>

#include "http/ports.hpp"

namespace fitview::http {

/// The address as text in its shortest form, an IPv4 address for one that is mapped into IPv6; empty when it is none.
std::string plain_address(std::string_view text);

bool is_trusted(std::string_view address, const std::vector<AddressRange>& proxies);

/// The rightmost entry of `forwarded_for` that no trusted proxy wrote about itself; `peer` when the peer is no trusted
/// proxy, or nothing usable was forwarded.
std::string client_address(std::string_view peer, std::string_view forwarded_for,
                           const std::vector<AddressRange>& proxies);

/// What a rate limit counts for an address: the address, for IPv6 its network of 64 bits, of which anyone has many.
std::string rate_address(std::string_view address);

/// Loopback, private (RFC 1918), unique local and link-local addresses.
bool is_private(std::string_view address);

}  // namespace fitview::http
