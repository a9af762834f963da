#pragma once
// The memory behind `Idempotency-Key`: the same request again gets the same answer.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "storage/collection.hpp"

namespace fitview::storage {

class MongoDatabase;
class SqliteDatabase;

/// An answer as it went out.
struct StoredAnswer {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    bool operator==(const StoredAnswer&) const = default;
};

/// What is known about a key.
struct IdempotencyState {
    enum class Kind {
        fresh,        ///< the caller runs the request, then calls `complete` or `release`
        replay,       ///< it ran: give `answer` again
        in_progress,  ///< it is running elsewhere
        key_reused,   ///< the key belongs to another request
    };
    Kind kind = Kind::fresh;
    std::optional<StoredAnswer> answer;  ///< of replay
    IdBytes
        entity_id{};  ///< of fresh: the id for what the request makes; the same when a request that died is run again
    std::int64_t fence = 0;  ///< of fresh: proof of this run
};

/// Remembers requests by user and key for `kept`. Thread-safe; may block. Fails: Unavailable.
class IdempotencyStore {
public:
    static constexpr Milliseconds kept = std::chrono::hours(24);
    static constexpr std::size_t body_limit = std::size_t{4} << 20U;

    virtual ~IdempotencyStore() = default;

    /// Begins the request `fingerprint` (of method, path, query and content) under `user` and `key`. A fresh one is
    /// leased for `lease`: when neither `complete` nor `release` came by then, the next one is fresh again, with the
    /// entity id of the first; otherwise `entity_id` is taken.
    virtual IdempotencyState begin(const UserId& user, std::string_view key, std::string_view fingerprint,
                                   const IdBytes& entity_id, Milliseconds lease) = 0;

    /// Keeps the answer until 24 h after `begin`. Returns false, changing nothing, when the lease went to another run
    /// meanwhile. An answer whose body is longer than `body_limit` frees the key instead.
    virtual bool complete(const UserId& user, std::string_view key, std::int64_t fence, const StoredAnswer& answer) = 0;

    /// Frees the key: the request came to no answer worth keeping. Returns false when the lease went to another run
    /// meanwhile.
    virtual bool release(const UserId& user, std::string_view key, std::int64_t fence) = 0;

    /// Forgets everything of `user` (right to erasure). Returns how many keys there were.
    virtual int remove_all(const UserId& user) = 0;

    /// Forgets up to `limit` keys whose time is over; they are not found before that either. Returns how many.
    virtual int remove_expired(int limit) = 0;
};

/// Opens the store inside `database`. Both must outlive it.
std::unique_ptr<IdempotencyStore> open_sqlite_idempotency_store(SqliteDatabase& database, const Clock& clock);
std::unique_ptr<IdempotencyStore> open_mongo_idempotency_store(MongoDatabase& database, const Clock& clock);

/// All it keeps, document by document, for moving to another engine. It must have been opened before.
Collections sqlite_idempotency_collections(SqliteDatabase& database);
Collections mongo_idempotency_collections(MongoDatabase& database);

}  // namespace fitview::storage
