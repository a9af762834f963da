#include "identity/session_store.hpp"
#include "storage/mongo/bson_collection.hpp"
#include "storage/mongo/mongo_database.hpp"

namespace fitview::identity {
namespace {

using storage::bson;
using storage::Document;
using storage::Durability;

constexpr std::string_view sessions = "sessions";

class MongoSessionStore final : public SessionStore {
public:
    explicit MongoSessionStore(storage::MongoDatabase& database) : database_(database) {
        database_.ensure(sessions,
                         {{.keys = bson("user_id", 1, "created_at", -1, "_id", 1)}, {.keys = bson("expires_at", 1)}});
    }

    void add(const Session& session) override {
        if (!database_.insert(Durability::durable, sessions, storage::to_document(session))) {
            throw Unavailable("mongodb: a session has an id that is taken");
        }
    }

    std::optional<Session> find(const SessionId& id) override {
        return storage::from_document<Session>(database_.find_one(sessions, bson("_id", id)));
    }

    bool rotate(const SessionId& id, const std::string& spent, const std::string& next,
                const Timestamp& expires_at) override {
        const Document live = bson("_id", id, "refresh_id", spent, "revoked_at", nullptr);
        return database_
                   .update_one(Durability::durable, sessions, live,
                               bson("$set", bson("refresh_id", next, "expires_at", expires_at)))
                   .matched == 1;
    }

    void revoke(const SessionId& id, const Timestamp& at) override {
        database_.update_one(Durability::durable, sessions, bson("_id", id, "revoked_at", nullptr),
                             bson("$set", bson("revoked_at", at)));
    }

    void revoke_all(const UserId& user, const std::optional<SessionId>& except, const Timestamp& at) override {
        Document live = bson("user_id", user, "revoked_at", nullptr);
        if (except) storage::put(*live.get(), "_id", bson("$ne", *except));
        database_.update_many(Durability::durable, sessions, live, bson("$set", bson("revoked_at", at)));
    }

    std::vector<Session> of_user(const UserId& user, int limit) override {
        return storage::from_documents<Session>(database_.find(
            sessions, bson("user_id", user), {.sort = bson("created_at", -1, "_id", 1), .limit = limit}));
    }

    void remove_all(const UserId& user) override {
        database_.remove_many(Durability::durable, sessions, bson("user_id", user));
    }

    int remove_expired(const Timestamp& before, int limit) override {
        return static_cast<int>(database_.remove_some(
            Durability::relaxed, sessions, bson("expires_at", bson("$lt", before)), bson("expires_at", 1), limit));
    }

private:
    storage::MongoDatabase& database_;
};

}  // namespace

std::unique_ptr<SessionStore> open_mongo_session_store(storage::MongoDatabase& database) {
    return std::make_unique<MongoSessionStore>(database);
}

storage::Collections mongo_session_collections(storage::MongoDatabase& database) {
    return storage::collections(storage::open_bson(database, storage::bson_of<Session>("sessions")));
}

}  // namespace fitview::identity
