#pragma once
// The book of every stored object: whose it is, what for, how many documents hold it, and when it must go.
#include <boost/describe/class.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "storage/collection.hpp"
#include "storage/objects/object_key.hpp"

namespace fitview::storage {

class MongoDatabase;
class SqliteDatabase;

struct LedgerEntry {
    ObjectKey key;
    std::optional<UserId> owner;  ///< the person it is personal to; nobody for pictures of the shop
    std::string purpose;          ///< `product_picture`, `own_photo`, `tryon_result`, …
    std::string content_hash;
    int reference_count = 1;              ///< documents that hold the key
    std::optional<Timestamp> expires_at;  ///< due from then on; without it, due when no document holds it

    bool operator==(const LedgerEntry&) const = default;
};
BOOST_DESCRIBE_STRUCT(LedgerEntry, (), (key, owner, purpose, content_hash, reference_count, expires_at))

/// The order of steps that never orphans a picture: enter it here (references 1, or 0 with `expires_at` in an hour when
/// the document is stored later), put the object, store the document. To remove: take it due, remove the object,
/// `forget` it.
///
/// Thread-safe; blocks; joins a unit of work. Fails: Unavailable.
class ObjectLedger {
public:
    static constexpr int list_limit = 1000;

    virtual ~ObjectLedger() = default;

    /// Enters an object. Returns false, changing nothing, when the key is in the book already.
    virtual bool add(const LedgerEntry& entry) = 0;

    virtual std::optional<LedgerEntry> find(const ObjectKey& key) = 0;

    /// One more document holds the object. Returns false when the object is unknown or condemned: then it must be
    /// stored anew under another key.
    virtual bool add_reference(const ObjectKey& key) = 0;

    /// One document less. Returns how many are left, or nothing for an unknown key. At 0 the object is due at once: its
    /// `expires_at` is cleared.
    virtual std::optional<int> release(const ObjectKey& key) = 0;

    /// Sets when the object is due; never, when empty. Returns whether it is known and not condemned.
    virtual bool set_expiry(const ObjectKey& key, const std::optional<Timestamp>& expires_at) = 0;

    /// Condemns what is due at `now` and returns up to `limit` (1 to `list_limit`) condemned objects, ordered by key;
    /// those condemned before and not yet forgotten come again.
    virtual std::vector<LedgerEntry> condemn_due(const Timestamp& now, int limit) = 0;

    /// Strikes the entry, after its object is gone. Returns whether it was there.
    virtual bool forget(const ObjectKey& key) = 0;

    /// What is personal to `owner`, ordered by key, after `after`, at most `limit` (1 to `list_limit`).
    virtual std::vector<LedgerEntry> of_owner(const UserId& owner, const std::optional<ObjectKey>& after,
                                              int limit) = 0;
};

/// Opens the ledger inside `database`, which must outlive it.
std::unique_ptr<ObjectLedger> open_sqlite_object_ledger(SqliteDatabase& database);
std::unique_ptr<ObjectLedger> open_mongo_object_ledger(MongoDatabase& database);

/// All it keeps, document by document, for moving to another engine. It must have been opened before.
Collections sqlite_ledger_collections(SqliteDatabase& database);
Collections mongo_ledger_collections(MongoDatabase& database);

}  // namespace fitview::storage
