#pragma once
// The order in which documents changed, for indexes and caches in every process.
#include <boost/describe/class.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"

namespace fitview::storage {

class SqliteDatabase;

/// One document changed. The reader looks it up; it takes only revisions newer than the one it has.
struct Change {
    std::int64_t sequence = 0;  ///< grows with each change that is committed
    std::string collection;     ///< `products`, `models`, …
    std::string id;
    std::int64_t revision = 0;

    bool operator==(const Change&) const = default;
};
BOOST_DESCRIBE_STRUCT(Change, (), (sequence, collection, id, revision))

struct Changes {
    bool complete = true;  ///< false: older changes were trimmed before they were read; build anew from the store
    std::vector<Change> items;
};

/// Thread-safe; blocks. Fails: Unavailable.
class ChangeFeed {
public:
    static constexpr int read_limit = 1000;

    virtual ~ChangeFeed() = default;

    /// Records a change. Called inside the write that changes the document (it joins the unit of work), so the two are
    /// kept together or not at all.
    virtual void append(std::string_view collection, std::string_view id, std::int64_t revision) = 0;

    /// The sequence of the last change, 0 when there was none. Cheap: followers ask several times a second.
    virtual std::int64_t latest() = 0;

    /// The changes after `sequence`, oldest first, at most `limit` (1 to `read_limit`). A sequence read once is never
    /// added to: who asks again from the last one misses nothing.
    virtual Changes since(std::int64_t sequence, int limit) = 0;

    /// Forgets all but the last `kept` changes. Returns how many.
    virtual std::int64_t trim(std::int64_t kept) = 0;
};

/// Opens the feed inside `database`, which must outlive it. Other processes with the same file see its changes.
std::unique_ptr<ChangeFeed> open_sqlite_change_feed(SqliteDatabase& database);

}  // namespace fitview::storage
