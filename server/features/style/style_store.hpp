#pragma once
// Where style variations live.
#include <memory>
#include <optional>
#include <vector>

#include "storage/collection.hpp"
#include "style/style.hpp"

namespace fitview::storage {
class MongoDatabase;
class SqliteDatabase;
}  // namespace fitview::storage

namespace fitview::style {

/// The storage port of variations; every back end passes `style_store_contract.hpp`. Thread-safe; blocks; joins a unit
/// of work; writes are durable. Throws Unavailable when the back end is away, nothing else.
class Store {
public:
    virtual ~Store() = default;

    /// Keeps a variation; of two for one session and style the first stays. Returns the one that is kept.
    virtual Variation add(const Variation& variation) = 0;

    virtual std::optional<Variation> find(const TryonId& session, Style style) = 0;

    /// The session's variations, oldest first, ties by id. There are at most as many as styles.
    virtual std::vector<Variation> list(const TryonId& session) = 0;

    /// Forgets the session's variations.
    virtual void remove_all(const TryonId& session) = 0;

    /// Up to `limit` of the user's variations after `after`, in the order of ids.
    virtual std::vector<Variation> all_of(const UserId& user, const std::optional<VariationId>& after, int limit) = 0;
};

/// Opens the store inside `database`, which must outlive it; makes its table or collection when it is missing.
std::unique_ptr<Store> open_sqlite_store(storage::SqliteDatabase& database);
std::unique_ptr<Store> open_mongo_store(storage::MongoDatabase& database);

/// All it keeps, document by document, for moving to another engine. The store must have been opened before.
storage::Collections sqlite_collections(storage::SqliteDatabase& database);
storage::Collections mongo_collections(storage::MongoDatabase& database);

}  // namespace fitview::style
