#include "models/models_store.hpp"
#include "storage/mongo/bson_collection.hpp"
#include "storage/mongo/mongo_database.hpp"

namespace fitview::models {
namespace {

using storage::bson;
using storage::Document;
using storage::Durability;

constexpr std::string_view models = "models";

/// Who may see the model in lists, so that one index serves them: everybody is the id of nothing.
std::vector<UserId> shown_to(const Model& model) {
    std::vector<UserId> viewers{model.retailer_id};
    if (model.image && model.is_active) viewers.emplace_back();
    return viewers;
}

/// One document holds the model and its figures.
Document document_of(const KnownModel& known) {
    Document document = storage::to_document(known.model);
    storage::put_members(*document.get(), known.figures);
    storage::put(*document.get(), "shown_to", shown_to(known.model));
    return document;
}

std::vector<KnownModel> models_of(const std::vector<Document>& documents) {
    std::vector<KnownModel> known;
    known.reserve(documents.size());
    for (const Document& document : documents) {
        known.push_back(
            {.model = storage::from_document<Model>(document), .figures = storage::from_document<Figures>(document)});
    }
    return known;
}

Document condition_of(const ModelQuery& query, const std::optional<UserId>& viewer) {
    std::vector<UserId> viewers(1);
    if (viewer) viewers.push_back(*viewer);
    Document condition = bson("is_deleted", false, "shown_to", bson("$in", viewers));
    const auto any_of = [&](const char* member, const auto& wanted) {
        if (!wanted.empty()) storage::put(*condition.get(), member, bson("$in", wanted));
    };
    any_of("body_type", query.body_type);
    any_of("size", query.size);
    any_of("skin_tone", query.skin_tone);
    any_of("retailer_id", query.retailer_id);
    return condition;
}

class MongoStore final : public Store {
public:
    explicit MongoStore(storage::MongoDatabase& database) : database_(database) {
        database_.ensure(models, {{.keys = bson("retailer_id", 1, "is_deleted", 1, "_id", 1)},
                                  {.keys = bson("body_type", 1)},
                                  {.keys = bson("skin_tone", 1)},
                                  {.keys = bson("usage_count", -1)},
                                  {.keys = bson("shown_to", 1, "is_deleted", 1, "created_at", -1, "_id", 1)},
                                  {.keys = bson("shown_to", 1, "is_deleted", 1, "usage_count", -1, "_id", 1)},
                                  {.keys = bson("try_on.state", 1, "is_deleted", 1, "_id", 1)}});
    }

    void add(const KnownModel& added) override {
        if (!database_.insert(Durability::durable, models, document_of(added))) {
            throw Unavailable("mongodb: a model has an id that is taken");
        }
    }

    std::optional<KnownModel> find(const ModelId& id) override {
        auto found = find_all({id});
        if (found.empty()) return std::nullopt;
        return std::move(found.front());
    }

    std::vector<KnownModel> find_all(const std::vector<ModelId>& ids) override {
        if (ids.empty()) return {};
        const auto found = models_of(
            database_.find(models, bson("_id", bson("$in", ids)), {.sort = {}, .limit = std::int64_t(ids.size())}));
        std::vector<KnownModel> known;
        for (const ModelId& id : ids) {
            const auto same = std::find_if(found.begin(), found.end(),
                                           [&](const KnownModel& candidate) { return candidate.model.id == id; });
            if (same != found.end()) known.push_back(*same);
        }
        return known;
    }

    bool replace(const Model& model) override {
        const Document same = bson("_id", model.id, "revision", model.revision - 1);
        const Document update =
            storage::replacement(model, {"retailer_id", "created_at"}, bson("shown_to", shown_to(model)));
        return database_.update_one(Durability::durable, models, same, update).matched == 1;
    }

    bool set_try_on(const ModelId& id, const pictures::TryOnReadiness& try_on) override {
        return database_
                   .update_one(Durability::durable, models, bson("_id", id),
                               bson("$set", bson("try_on", try_on), "$inc", bson("try_on_revision", 1)))
                   .matched == 1;
    }

    void count_use(const ModelId& id) override {
        database_.update_one(Durability::relaxed, models, bson("_id", id), bson("$inc", bson("usage_count", 1)));
    }

    ModelPage list(const ModelQuery& query, const std::optional<UserId>& viewer) override {
        const Document condition = condition_of(query, viewer);
        const char* const order =
            query.sort.value_or(ModelSort::newest) == ModelSort::popular ? "usage_count" : "created_at";
        const Paging paging = paging_of(query);
        return {.items = models_of(database_.find(
                    models, condition,
                    {.sort = bson(order, -1, "_id", 1), .limit = paging.page_size, .skip = paging.offset()})),
                .total = database_.count(models, condition)};
    }

    std::vector<KnownModel> list_of_retailer(const UserId& retailer, int limit) override {
        return models_of(database_.find(models, bson("retailer_id", retailer, "is_deleted", false),
                                        {.sort = bson("_id", 1), .limit = limit}));
    }

    std::vector<KnownModel> list_pending(const std::optional<ModelId>& after, int limit) override {
        return models_of(database_.find(
            models, bson("try_on.state", "pending", "is_deleted", false, "_id", bson("$gt", after.value_or(ModelId()))),
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
    storage::BsonMapping moved = {
        .name = std::string(models),
        .keys = storage::object_id_keys(),
        .read =
            [](const Document& document) {
                return reflect::encode_text(KnownModel{.model = storage::from_document<Model>(document),
                                                       .figures = storage::from_document<Figures>(document)});
            },
        .write = [](const std::string& text) { return document_of(reflect::decode_own<KnownModel>(text)); },
        .ends_at = {}};
    return storage::collections(storage::open_bson(database, std::move(moved)));
}

}  // namespace fitview::models
