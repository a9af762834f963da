#pragma once
// Which documents changed, for indexes and caches in every process.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fitview::storage {

class MongoDatabase;
class SqliteDatabase;

/// Documents that changed, oldest change first; one may come more than once. The reader looks each up, and takes only
/// revisions newer than the one it has.
struct Changes {
    bool complete = true;  ///< false: older changes are not kept any more; build anew from the store
    std::vector<std::string> ids;
};

/// The changes of one collection since it was made. One thread at a time; blocks. Fails: Unavailable; asking again goes
/// on where it stopped.
class ChangeCursor {
public:
    static constexpr int read_limit = 1000;

    virtual ~ChangeCursor() = default;

    /// What changed since the last call, at most `limit` (1 to `read_limit`); nothing when there is no more. Cheap:
    /// followers ask several times a second. After an answer that is not complete the cursor goes on from then.
    virtual Changes next(int limit) = 0;
};

/// Tells what the stores of one back end change; those see to it that a change is told exactly when it is kept.
/// Thread-safe; blocks. Fails: Unavailable.
class ChangeFeed {
public:
    virtual ~ChangeFeed() = default;

    /// A cursor that misses nothing of what is changed from now on; what changed shortly before may come too. It must
    /// not outlive the feed.
    virtual std::unique_ptr<ChangeCursor> follow(std::string_view collection) = 0;

    /// Forgets the oldest changes but the last `kept`, at most `trim_limit` of them so that no write waits for long, on
    /// back ends that do not bound them by themselves. Returns how many.
    static constexpr std::int64_t trim_limit = 10'000;
    virtual std::int64_t trim(std::int64_t kept) = 0;
};

/// Opens the feed inside `database`, which must outlive it. Other processes with the same file see its changes.
std::unique_ptr<ChangeFeed> open_sqlite_change_feed(SqliteDatabase& database);

/// Follows the collections of `database`, which must outlive the feed, by change streams; on servers without them by
/// `changed_at`, the server's time that each change sets.
std::unique_ptr<ChangeFeed> open_mongo_change_feed(MongoDatabase& database);
/// The cursor by `changed_at`, which needs an index on it.
std::unique_ptr<ChangeCursor> open_mongo_watermark(MongoDatabase& database, std::string_view collection);

}  // namespace fitview::storage
