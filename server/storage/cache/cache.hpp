#pragma once
// What may be forgotten: values that can be made again, kept for a while.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace fitview::storage {

class RedisClient;

/// Bytes that are shared, never copied and never changed.
using SharedBytes = std::shared_ptr<const std::string>;

/// What a cache did since it was opened, and what it holds now (0 where the back end does not tell).
struct CacheFigures {
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
    std::uint64_t entries = 0;
    std::uint64_t bytes = 0;
};

/// A cache of values, counters and short lists under text keys (the patterns of the product guide, section 7). Anything
/// may vanish at any time before its lifetime ends, never live beyond it. A key holds one kind of thing: asked for
/// another kind it holds nothing, and storing another kind replaces it.
///
/// Thread-safe; may block on the network. Keys are 1 to `key_limit` bytes, lifetimes above 0 (std::invalid_argument).
/// Fails: Unavailable when the cache is away; callers go on without it.
class Cache {
public:
    static constexpr std::size_t key_limit = 512;

    virtual ~Cache() = default;

    /// The value under `key`, or null.
    virtual SharedBytes find(std::string_view key) = 0;

    /// The same for each of `keys` (any number), in one go where the back end is elsewhere.
    virtual std::vector<SharedBytes> find_all(const std::vector<std::string>& keys) = 0;

    /// Keeps `value` (not null) for `lifetime`, in place of what was there. A value too large for the cache is not
    /// kept, and what was there is gone.
    virtual void put(std::string_view key, SharedBytes value, Milliseconds lifetime) = 0;

    /// Like put, unless a value with a higher revision is there: then nothing happens. So a slow reader of the store
    /// cannot bring an older document back. `put` counts as revision 0. Returns whether the value was taken.
    virtual bool put_newer(std::string_view key, std::int64_t revision, SharedBytes value, Milliseconds lifetime) = 0;

    /// Forgets what is under `key`. Returns whether there was anything.
    virtual bool remove(std::string_view key) = 0;

    /// Adds `by` to the counter under `key` and returns the sum. A counter begins at 0 and lives `lifetime` from its
    /// beginning.
    virtual std::int64_t add(std::string_view key, std::int64_t by, Milliseconds lifetime) = 0;

    /// Appends to the list under `key`, which then keeps its last `limit` (at least 1) entries for `lifetime` from now.
    virtual void push(std::string_view key, std::string entry, std::size_t limit, Milliseconds lifetime) = 0;

    /// The list under `key`, oldest entry first; empty when there is none.
    virtual std::vector<std::string> list(std::string_view key) = 0;

    virtual CacheFigures figures() = 0;
};

/// A cache in this process's memory. It holds at most about `byte_limit` bytes, keys and bookkeeping included; what was
/// used longest ago goes first. One entry may take a sixteenth of that. `clock` must outlive it.
std::unique_ptr<Cache> open_in_process_cache(std::size_t byte_limit, const Clock& clock);

/// A cache in a Redis, shared by all that use the same database of it. A value may take 8 MiB. `redis` must outlive it.
std::unique_ptr<Cache> open_redis_cache(RedisClient& redis);

}  // namespace fitview::storage
