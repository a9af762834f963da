#pragma once
// One connection that speaks Redis' protocol: hiredis' formatter and reader over our own transport.
#include <memory>
#include <optional>
#include <vector>

#include "storage/redis/redis_address.hpp"
#include "storage/redis/redis_reply.hpp"
#include "storage/redis/redis_transport.hpp"

struct redisReader;

namespace fitview::storage {

/// Signed in and in its database. Used by one thread at a time, except `interrupt`. After Unavailable (but not after
/// RedisRefusal) it is of no more use.
class RedisConnection {
public:
    /// Connects, authenticates, chooses the database. Fails: Unavailable with what was tried; RedisRefusal for a wrong
    /// password or database.
    RedisConnection(const RedisAddress& address, SteadyTime deadline);
    ~RedisConnection();
    RedisConnection(const RedisConnection&) = delete;
    RedisConnection& operator=(const RedisConnection&) = delete;

    /// Sends the commands in one go. Their replies come in the same order.
    void send(const std::vector<RedisCommand>& commands, SteadyTime deadline);
    /// The next reply; a refusal is a reply too.
    RedisReply receive(SteadyTime deadline);
    /// The same; nothing when none came by then, after which the connection is as good as before.
    std::optional<RedisReply> receive_until(SteadyTime time);
    /// Ends the connection from another thread: whoever waits for it fails at once.
    void interrupt() { transport_->interrupt(); }

private:
    struct FreeReader {
        void operator()(redisReader* reader) const;
    };
    void expect_ok(const RedisCommand& command, SteadyTime deadline);

    std::unique_ptr<RedisTransport> transport_;
    std::unique_ptr<redisReader, FreeReader> reader_;
};

}  // namespace fitview::storage
