#pragma once
// TLS for the connection to Redis: OpenSSL over our own socket, since Debian's hiredis has none.
#include <memory>

#include "storage/redis/redis_transport.hpp"

namespace fitview::storage {

/// Shakes hands over `plain`, TLS 1.2 or newer, and checks that the certificate is trusted and valid for the address's
/// host. Fails: Unavailable.
std::unique_ptr<RedisTransport> encrypt_for_redis(std::unique_ptr<RedisTransport> plain, const RedisAddress& address,
                                                  SteadyTime deadline);

}  // namespace fitview::storage
