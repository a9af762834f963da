#pragma once
// Where sign-ins live. The truth about revocation is here: a token whose session is not live is refused.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "identity/identity.hpp"
#include "storage/collection.hpp"

namespace fitview::storage {
class MongoDatabase;
class SqliteDatabase;
}  // namespace fitview::storage

namespace fitview::identity {

/// The storage port of sessions; every back end passes `session_store_contract.hpp`.
/// Thread-safe; may block. Throws Unavailable when the back end is away, nothing else. Writes are durable.
class SessionStore {
public:
    virtual ~SessionStore() = default;

    virtual void add(const Session& session) = 0;
    /// The session, live or not.
    virtual std::optional<Session> find(const SessionId& id) = 0;
    /// Spends the refresh token `spent` for `next` and moves the expiry, in one step: of two callers with the same
    /// token one succeeds. False when the session is revoked, gone, or its current token is another.
    virtual bool rotate(const SessionId& id, const std::string& spent, const std::string& next,
                        const Timestamp& expires_at) = 0;
    /// Revokes the session if it is live.
    virtual void revoke(const SessionId& id, const Timestamp& at) = 0;
    /// Revokes every live session of the user but `except`.
    virtual void revoke_all(const UserId& user, const std::optional<SessionId>& except, const Timestamp& at) = 0;
    /// The user's sessions, newest first, ties by id; at most `limit`.
    virtual std::vector<Session> of_user(const UserId& user, int limit) = 0;
    /// Deletes every session of the user.
    virtual void remove_all(const UserId& user) = 0;
    /// Deletes up to `limit` sessions that expired before `before`; returns how many.
    virtual int remove_expired(const Timestamp& before, int limit) = 0;
};

/// Opens the store inside `database`, which must outlive it; makes its table or collection when it is missing.
std::unique_ptr<SessionStore> open_sqlite_session_store(storage::SqliteDatabase& database);
std::unique_ptr<SessionStore> open_mongo_session_store(storage::MongoDatabase& database);

/// All it keeps, document by document, for moving to another engine. The store must have been opened before.
storage::Collections sqlite_session_collections(storage::SqliteDatabase& database);
storage::Collections mongo_session_collections(storage::MongoDatabase& database);

}  // namespace fitview::identity
