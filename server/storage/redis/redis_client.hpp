#pragma once
// A pool of connections to one Redis that never makes anybody wait for a Redis that is away.
#include <memory>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "storage/redis/redis_address.hpp"
#include "storage/redis/redis_reply.hpp"

namespace fitview::telemetry {
class Log;
}

namespace fitview::storage {

struct RedisClientSettings {
    std::size_t connection_limit = 16;
    Milliseconds connect_within{2'000};
    Milliseconds answer_within{250};  ///< for a whole call, waiting for a free connection included
    Milliseconds retry_first{50};     ///< pause before the second attempt to connect; it doubles up to `retry_most`
    Milliseconds retry_most{2'000};
};

/// A Lua script that runs as one step. It must name every key it touches in its keys.
class RedisScript {
public:
    explicit RedisScript(std::string text);
    const std::string& text() const { return text_; }
    const std::string& sha1() const { return sha1_; }

private:
    std::string text_;
    std::string sha1_;
};

/// Thread-safe; blocks for `answer_within` at most. A thread of its own connects, so that no caller waits for a name,
/// a handshake or a host that swallows packets. Once a call failed because the server is away, every further call fails
/// at once until that thread has connected again (the pause between its attempts grows).
///
/// Nothing is sent twice: a call whose connection broke may have happened or not.
/// Fails: Unavailable when the server is away, too slow, or every connection is busy; RedisRefusal (which is an
/// Unavailable) when it says no.
class RedisClient {
public:
    /// Starts to connect. `log` must outlive it; it is told when the server goes away and comes back.
    RedisClient(RedisAddress address, telemetry::Log& log, RedisClientSettings settings = {});
    ~RedisClient();
    RedisClient(const RedisClient&) = delete;
    RedisClient& operator=(const RedisClient&) = delete;

    const RedisAddress& address() const;

    RedisReply run(const RedisCommand& command);
    RedisReply run(const RedisScript& script, const std::vector<std::string>& keys,
                   const std::vector<std::string>& arguments);
    /// Sends all commands in one go; their replies in the same order. A refusal is a reply here, the others still run.
    std::vector<RedisReply> run_all(const std::vector<RedisCommand>& commands);

    /// Waits for the first connection, at most `span`. Fails: Unavailable with what was tried when there is none by
    /// then; RedisRefusal when the server does not let us in.
    void wait_until_connected(Milliseconds span);
    /// Fails: Unavailable unless the server answers now.
    void check();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace fitview::storage
