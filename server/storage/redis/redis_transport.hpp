#pragma once
// Bytes to and from a Redis, over TCP or TLS, with a deadline for every step.
#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>

#include "base/failure.hpp"
#include "storage/redis/redis_address.hpp"

namespace fitview::storage {

using SteadyTime = std::chrono::steady_clock::time_point;

/// A deadline passed.
class RedisTooSlow : public Unavailable {
public:
    RedisTooSlow() : Unavailable("redis did not answer in time") {}
};

/// One connection. Used by one thread at a time, except `interrupt`. Fails: Unavailable, after which it is of no more
/// use; RedisTooSlow (which is an Unavailable) when the deadline passes, after which `receive` may be called again.
class RedisTransport {
public:
    virtual ~RedisTransport() = default;
    /// Sends all of `bytes`.
    virtual void send(std::string_view bytes, SteadyTime deadline) = 0;
    /// Waits for bytes and puts at most `size` of them into `into`. Returns how many, at least 1.
    virtual std::size_t receive(char* into, std::size_t size, SteadyTime deadline) = 0;
    /// Ends the connection from another thread: whoever waits for it fails at once.
    virtual void interrupt() = 0;
};

/// Connects. With TLS the server's certificate must be valid for the host. Looking up the host's name may outlast the
/// deadline. Fails: Unavailable, with what was tried.
std::unique_ptr<RedisTransport> connect_to_redis(const RedisAddress& address, SteadyTime deadline);

}  // namespace fitview::storage
