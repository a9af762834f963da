#include <array>
#include <atomic>
#include <stdexcept>

#include "storage/cache/cache.hpp"
#include "storage/redis/redis_client.hpp"

namespace fitview::storage {
namespace {

/// What is larger is not kept: it would hold up everybody else's answers on the connection.
constexpr std::size_t value_limit = std::size_t{8} << 20U;

// A value is a hash (its bytes and its revision), a counter a string, a list a list: so a key that holds another kind
// is told by Redis itself (WRONGTYPE).
const RedisScript put_script(R"(
    redis.call('DEL', KEYS[1])
    redis.call('HSET', KEYS[1], 'value', ARGV[1], 'revision', ARGV[2])
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
    return 1
)");

const RedisScript put_newer_script(R"(
    if redis.call('TYPE', KEYS[1]).ok == 'hash' then
        local there = redis.call('HGET', KEYS[1], 'revision')
        if there and tonumber(there) > tonumber(ARGV[2]) then return 0 end
    end
    redis.call('DEL', KEYS[1])
    redis.call('HSET', KEYS[1], 'value', ARGV[1], 'revision', ARGV[2])
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
    return 1
)");

const RedisScript add_script(R"(
    local kind = redis.call('TYPE', KEYS[1]).ok
    if kind ~= 'string' then
        redis.call('DEL', KEYS[1])
        redis.call('SET', KEYS[1], '0', 'PX', ARGV[2])
    end
    return redis.call('INCRBY', KEYS[1], ARGV[1])
)");

const RedisScript push_script(R"(
    if redis.call('TYPE', KEYS[1]).ok ~= 'list' then redis.call('DEL', KEYS[1]) end
    redis.call('RPUSH', KEYS[1], ARGV[1])
    redis.call('LTRIM', KEYS[1], -tonumber(ARGV[2]), -1)
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
    return 1
)");

std::string checked_key(std::string_view key) {
    if (key.empty() || key.size() > Cache::key_limit) throw std::invalid_argument("cache: a key is too short or long");
    return std::string(key);
}

std::string checked_lifetime(Milliseconds lifetime) {
    if (lifetime <= Milliseconds(0)) throw std::invalid_argument("cache: a lifetime must be above 0");
    return std::to_string(lifetime.count());
}

class RedisCache final : public Cache {
public:
    explicit RedisCache(RedisClient& redis) : redis_(redis) {}

    SharedBytes find(std::string_view key) override { return value_of(ask({"HGET", checked_key(key), "value"})); }

    std::vector<SharedBytes> find_all(const std::vector<std::string>& keys) override {
        std::vector<RedisCommand> commands;
        for (const std::string& key : keys) commands.push_back({"HGET", checked_key(key), "value"});
        std::vector<SharedBytes> found;
        for (RedisReply& reply : redis_.run_all(commands)) {
            if (reply.kind == RedisReply::Kind::error && !RedisRefusal(reply.text).is("WRONGTYPE"))
                throw RedisRefusal(reply.text);
            found.push_back(value_of(std::move(reply)));
        }
        return found;
    }

    void put(std::string_view key, SharedBytes value, Milliseconds lifetime) override {
        store(put_script, key, 0, *value, lifetime);
    }

    bool put_newer(std::string_view key, std::int64_t revision, SharedBytes value, Milliseconds lifetime) override {
        return store(put_newer_script, key, revision, *value, lifetime);
    }

    bool remove(std::string_view key) override { return redis_.run({"UNLINK", checked_key(key)}).integer > 0; }

    std::int64_t add(std::string_view key, std::int64_t by, Milliseconds lifetime) override {
        return redis_.run(add_script, {checked_key(key)}, {std::to_string(by), checked_lifetime(lifetime)}).integer;
    }

    void push(std::string_view key, std::string entry, std::size_t limit, Milliseconds lifetime) override {
        if (limit == 0) throw std::invalid_argument("cache: a list keeps at least one entry");
        redis_.run(push_script, {checked_key(key)},
                   {std::move(entry), std::to_string(limit), checked_lifetime(lifetime)});
    }

    std::vector<std::string> list(std::string_view key) override {
        std::vector<std::string> entries;
        for (RedisReply& item : ask({"LRANGE", checked_key(key), "0", "-1"}).items)
            entries.push_back(std::move(item.text));
        return entries;
    }

    CacheFigures figures() override { return {.hits = hits_, .misses = misses_, .entries = 0, .bytes = 0}; }

private:
    SharedBytes value_of(RedisReply reply) {
        if (reply.kind != RedisReply::Kind::text) {
            ++misses_;
            return nullptr;
        }
        ++hits_;
        return std::make_shared<const std::string>(std::move(reply.text));
    }

    /// The reply to a question; nothing when the key holds another kind of thing.
    RedisReply ask(const RedisCommand& command) {
        try {
            return redis_.run(command);
        } catch (const RedisRefusal& refusal) {
            if (refusal.is("WRONGTYPE")) return {};
            throw;
        }
    }

    bool store(const RedisScript& script, std::string_view key, std::int64_t revision, const std::string& value,
               Milliseconds lifetime) {
        const std::string name = checked_key(key);
        const std::string milliseconds = checked_lifetime(lifetime);
        if (value.size() > value_limit) {
            redis_.run({"UNLINK", name});
            return false;
        }
        return redis_.run(script, {name}, {value, std::to_string(revision), milliseconds}).integer == 1;
    }

    RedisClient& redis_;
    std::atomic<std::uint64_t> hits_ = 0;
    std::atomic<std::uint64_t> misses_ = 0;
};

}  // namespace

std::unique_ptr<Cache> open_redis_cache(RedisClient& redis) {
    return std::make_unique<RedisCache>(redis);
}

}  // namespace fitview::storage
