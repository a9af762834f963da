#include "identity/user_store.hpp"
#include "storage/mongo/bson_collection.hpp"
#include "storage/mongo/mongo_database.hpp"

namespace fitview::identity {
namespace {

using storage::bson;
using storage::Document;
using storage::Durability;

constexpr std::string_view users = "users";

class MongoUserStore final : public UserStore {
public:
    explicit MongoUserStore(storage::MongoDatabase& database) : database_(database) {
        database_.ensure(
            users,
            {{.keys = bson("email", 1), .unique = true}, {.keys = bson("role", 1)}, {.keys = bson("created_at", 1)}});
    }

    // The unique index decides between two who register one address at once.
    bool add(const User& user) override {
        return database_
            .update_one(Durability::durable, users, bson("email", user.email),
                        bson("$setOnInsert", storage::to_document(user).without("email")), storage::Upsert::yes)
            .inserted;
    }

    std::optional<User> find(const UserId& id) override {
        return storage::from_document<User>(database_.find_one(users, bson("_id", id)));
    }
    std::optional<User> find_by_email(const Email& email) override {
        return storage::from_document<User>(database_.find_one(users, bson("email", email)));
    }

    bool replace(const User& user, const Timestamp& unchanged_since) override {
        const Document same = bson("_id", user.id, "email", user.email, "updated_at", unchanged_since);
        return database_.update_one(Durability::durable, users, same, storage::replacement(user)).matched == 1;
    }

    void remove(const UserId& id) override { database_.remove_one(Durability::durable, users, bson("_id", id)); }

private:
    storage::MongoDatabase& database_;
};

}  // namespace

std::unique_ptr<UserStore> open_mongo_user_store(storage::MongoDatabase& database) {
    return std::make_unique<MongoUserStore>(database);
}

storage::Collections mongo_user_collections(storage::MongoDatabase& database) {
    return storage::collections(storage::open_bson(database, storage::bson_of<User>("users")));
}

}  // namespace fitview::identity
