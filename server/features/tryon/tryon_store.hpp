#pragma once
// Where try-on sessions live. The session is the durable work item: whoever holds its fence may finish it.
#include <memory>
#include <optional>
#include <vector>

#include "base/page.hpp"
#include "storage/collection.hpp"
#include "tryon/tryon.hpp"

namespace fitview::storage {
class MongoDatabase;
class SqliteDatabase;
}  // namespace fitview::storage

namespace fitview::tryon {

struct HistoryFilter {
    std::optional<bool> favorite;
    std::optional<Status> status;
};

/// A place in the order of pending sessions; before all of them when empty.
struct PendingPlace {
    Timestamp updated_at;
    TryonId id;
};

/// The storage port of sessions; every back end passes `tryon_store_contract.hpp`. Sessions whose `expires_at` has come
/// are found by nobody but `expired`. Thread-safe; may block; joins a unit of work. Throws Unavailable when the back
/// end is away.
class Store {
public:
    virtual ~Store() = default;

    /// Keeps a new session. A finished one (served from the cache) is kept relaxed, a pending one durably.
    virtual void add(const Session& session) = 0;

    virtual std::optional<Session> find(const TryonId& id, const Timestamp& now) = 0;
    /// The session if it is the user's own.
    virtual std::optional<Session> find_own(const UserId& user, const TryonId& id, const Timestamp& now) = 0;
    /// The user's sessions, newest first, ties by id downwards.
    virtual Page<Session> history(const UserId& user, const HistoryFilter& filter, const Paging& paging,
                                  const Timestamp& now) = 0;

    /// Hands a pending session to the worker with `fence`. Nothing when it is not pending, gone, or a later fence has
    /// it.
    virtual std::optional<Session> begin(const TryonId& id, std::int64_t fence, const Timestamp& at) = 0;
    /// Keeps progress (relaxed). False when the session is no longer pending under `fence`.
    virtual bool report(const TryonId& id, std::int64_t fence, std::int64_t progress, const std::string& stage) = 0;
    /// Replaces the session by its finished form (durable) if it is still pending under `session.fence`.
    virtual bool finish(const Session& session) = 0;

    /// Sets the mark, or turns it when `favorite` is nothing. The changed session, or nothing when it is not the
    /// user's.
    virtual std::optional<Session> set_favorite(const UserId& user, const TryonId& id,
                                                const std::optional<bool>& favorite, const Timestamp& now) = 0;
    /// Deletes the session if it exists.
    virtual void remove(const TryonId& id) = 0;

    /// Up to `limit` pending sessions last touched before `before`, oldest first, those behind `after`.
    virtual std::vector<Session> stale_pending(const Timestamp& before, const PendingPlace& after, int limit) = 0;
    /// Up to `limit` sessions whose time has come at `now`, oldest first.
    virtual std::vector<Session> expired(const Timestamp& now, int limit) = 0;
    /// Up to `limit` sessions of the user, whatever their state, after `after` in the order of ids.
    virtual std::vector<Session> all_of(const UserId& user, const std::optional<TryonId>& after, int limit) = 0;

    /// The shared picture of these inputs.
    virtual std::optional<Result> find_result(const std::string& input_hash) = 0;
    /// Keeps the picture of new inputs; of two, the first stays. Returns the one that is kept.
    virtual Result add_result(const Result& result) = 0;
    /// Forgets the result kept under this object key, if there is one.
    virtual void remove_result(const std::string& result_key) = 0;

    virtual void add_consent(const Consent& consent) = 0;
    virtual std::vector<Consent> consents_of(const UserId& user) = 0;
    virtual void remove_consents(const UserId& user) = 0;
};

/// Opens the store inside `database`, which must outlive it; makes its tables or collections when they are missing.
std::unique_ptr<Store> open_sqlite_store(storage::SqliteDatabase& database);
std::unique_ptr<Store> open_mongo_store(storage::MongoDatabase& database);

/// The session as it is moved to another engine: claims belong to the queue, which stays behind, and a fence of the one
/// queue would keep out the workers of the other.
inline Session without_claim(Session session) {
    session.fence = 0;
    return session;
}

/// All it keeps, document by document, for moving to another engine. The store must have been opened before.
storage::Collections sqlite_collections(storage::SqliteDatabase& database);
storage::Collections mongo_collections(storage::MongoDatabase& database);

}  // namespace fitview::tryon
