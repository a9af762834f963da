#include "storage/mongo/bson_collection.hpp"
#include "storage/mongo/mongo_database.hpp"
#include "style/style_store.hpp"

namespace fitview::style {
namespace {

using storage::bson;
using storage::Document;
using storage::Durability;

constexpr std::string_view variations = "style_variations";

class MongoStore final : public Store {
public:
    explicit MongoStore(storage::MongoDatabase& database) : database_(database) {
        database_.ensure(variations, {{.keys = bson("session_id", 1, "style", 1), .unique = true},
                                      {.keys = bson("user_id", 1, "_id", 1)}});
    }

    Variation add(const Variation& variation) override {
        database_.update_one(
            Durability::durable, variations, bson("session_id", variation.session_id, "style", variation.style),
            bson("$setOnInsert", storage::to_document(variation).without("session_id").without("style")),
            storage::Upsert::yes);
        if (auto kept = find(variation.session_id, variation.style)) return std::move(*kept);
        throw Unavailable("mongodb: a variation is there and is not");
    }

    std::optional<Variation> find(const TryonId& session, Style style) override {
        return storage::from_document<Variation>(
            database_.find_one(variations, bson("session_id", session, "style", style)));
    }

    std::vector<Variation> list(const TryonId& session) override {
        return storage::from_documents<Variation>(
            database_.find(variations, bson("session_id", session),
                           {.sort = bson("created_at", 1, "_id", 1),
                            .limit = static_cast<std::int64_t>(reflect::enum_names<Style>().size())}));
    }

    void remove_all(const TryonId& session) override {
        database_.remove_many(Durability::durable, variations, bson("session_id", session));
    }

    std::vector<Variation> all_of(const UserId& user, const std::optional<VariationId>& after, int limit) override {
        return storage::from_documents<Variation>(
            database_.find(variations, bson("user_id", user, "_id", bson("$gt", after.value_or(VariationId()))),
                           {.sort = bson("_id", 1), .limit = limit}));
    }

private:
    storage::MongoDatabase& database_;
};

}  // namespace

std::unique_ptr<Store> open_mongo_store(storage::MongoDatabase& database) {
    return std::make_unique<MongoStore>(database);
}

storage::Collections mongo_collections(storage::MongoDatabase& database) {
    return storage::collections(storage::open_bson(database, storage::bson_of<Variation>("style_variations")));
}

}  // namespace fitview::style
