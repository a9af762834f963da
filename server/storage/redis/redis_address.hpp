#pragma once
// Where a Redis is: `redis://[user[:password]@]host[:port][/database]`, `rediss://` for TLS.
#include <cstdint>
#include <string>

#include "base/checked.hpp"
#include "base/secret.hpp"

namespace fitview::storage {

struct RedisAddress {
    std::string host = "localhost";
    std::uint16_t port = 6379;
    bool tls = false;
    std::string user;  ///< empty: the server's default user
    Secret password;   ///< empty: none is sent
    int database = 0;
    std::string ca_file;  ///< certificates that are trusted besides the system's, PEM; for TLS only

    /// For logs: without user and password.
    std::string text() const;
};

/// Reads the address out of a URL. `?ssl_ca_certs=FILE` names certificates to trust; other parameters are refused. The
/// reasons never repeat the input.
Checked<RedisAddress> check_redis_address(const std::string& url);

}  // namespace fitview::storage
