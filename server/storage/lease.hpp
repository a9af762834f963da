#pragma once
// One at a time, among all processes: the sweeper, a long export.
#include <boost/describe/class.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "storage/collection.hpp"

namespace fitview::storage {

class MongoDatabase;
class SqliteDatabase;

/// The right to do something until `until`.
struct Lease {
    std::string name;
    std::string owner;
    Timestamp until;
    std::int64_t fence =
        0;  ///< higher for each holder than for the one before; what the holder writes can be checked against it

    bool operator==(const Lease&) const = default;
};
BOOST_DESCRIBE_STRUCT(Lease, (), (name, owner, until, fence))

/// Leases by name. Thread-safe; blocks. Fails: Unavailable.
class Leases {
public:
    virtual ~Leases() = default;

    /// Takes the lease when it is free, over, or `owner`'s own (which renews it with a new fence); nothing when it is
    /// another's.
    virtual std::optional<Lease> acquire(std::string_view name, std::string_view owner, Milliseconds duration) = 0;

    /// Holds `lease` for `duration` from now. Returns it, or nothing when it was over and is another's meanwhile, or
    /// was released.
    virtual std::optional<Lease> renew(const Lease& lease, Milliseconds duration) = 0;

    /// Gives the lease back before its end. Returns false when it was another's already.
    virtual bool release(const Lease& lease) = 0;
};

/// Opens the leases inside `database`. Both must outlive it.
std::unique_ptr<Leases> open_sqlite_leases(SqliteDatabase& database, const Clock& clock);
std::unique_ptr<Leases> open_mongo_leases(MongoDatabase& database, const Clock& clock);

/// All it keeps, document by document, for moving to another engine. It must have been opened before.
Collections sqlite_lease_collections(SqliteDatabase& database);
Collections mongo_lease_collections(MongoDatabase& database);

}  // namespace fitview::storage
