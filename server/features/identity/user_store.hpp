#pragma once
// Where users live.
#include <memory>
#include <optional>

#include "identity/identity.hpp"
#include "storage/collection.hpp"

namespace fitview::storage {
class MongoDatabase;
class SqliteDatabase;
}  // namespace fitview::storage

namespace fitview::identity {

/// The storage port of users; every back end passes `user_store_contract.hpp`.
/// Thread-safe; may block. Throws Unavailable when the back end is away, nothing else. Writes are durable.
class UserStore {
public:
    virtual ~UserStore() = default;

    /// Keeps a new user. False, with nothing changed, when the address is taken.
    virtual bool add(const User& user) = 0;
    virtual std::optional<User> find(const UserId& id) = 0;
    virtual std::optional<User> find_by_email(const Email& email) = 0;
    /// Replaces the user of the same id if it was last updated at `unchanged_since`; the address stays as it is.
    /// False when it changed meanwhile or is gone.
    virtual bool replace(const User& user, const Timestamp& unchanged_since) = 0;
    /// Deletes the user if it exists.
    virtual void remove(const UserId& id) = 0;
};

/// Opens the store inside `database`, which must outlive it; makes its table or collection when it is missing.
std::unique_ptr<UserStore> open_sqlite_user_store(storage::SqliteDatabase& database);
std::unique_ptr<UserStore> open_mongo_user_store(storage::MongoDatabase& database);

/// All it keeps, document by document, for moving to another engine. The store must have been opened before.
storage::Collections sqlite_user_collections(storage::SqliteDatabase& database);
storage::Collections mongo_user_collections(storage::MongoDatabase& database);

}  // namespace fitview::identity
