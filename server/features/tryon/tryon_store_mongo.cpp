#include "storage/mongo/bson_collection.hpp"
#include "storage/mongo/mongo_database.hpp"
#include "tryon/tryon_store.hpp"

namespace fitview::tryon {
namespace {

using storage::bson;
using storage::bson_array;
using storage::Document;
using storage::Durability;
using storage::Returned;

constexpr std::string_view sessions = "tryon_sessions";
constexpr std::string_view results = "tryon_results";
constexpr std::string_view consents = "consents";
constexpr int consents_max = 10'000;

/// A result's key is its inputs' hash.
Document document_of(const Result& result) {
    Document document = bson("_id", result.input_hash);
    const Document members = storage::to_document(result).without("input_hash");
    bson_concat(document.get(), members.get());
    return document;
}

std::optional<Result> result_of(const std::optional<Document>& document) {
    if (!document) return std::nullopt;
    Document result = *document;
    storage::put(*result.get(), "input_hash", storage::find_member(*document, "_id")->text());
    return storage::from_document<Result>(result);
}

/// The truth turned around; what is not there counts as no.
Document turned(const char* member) {
    return bson("$not", storage::bson_array(member));
}

class MongoStore final : public Store {
public:
    explicit MongoStore(storage::MongoDatabase& database) : database_(database) {
        // What expires is removed by the sweeper, with its pictures; the server's own removal only bounds what a shop
        // without a running sweeper keeps. The pictures themselves are in the ledger with the same end.
        database_.ensure(sessions, {{.keys = bson("user_id", 1, "created_at", -1, "_id", -1)},
                                    {.keys = bson("retailer_id", 1, "created_at", -1)},
                                    {.keys = bson("product_id", 1, "created_at", -1)},
                                    {.keys = bson("user_id", 1, "is_favorite", 1)},
                                    {.keys = bson("user_id", 1, "_id", 1)},
                                    {.keys = bson("status", 1, "updated_at", 1, "_id", 1)},
                                    {.keys = bson("expires_at", 1), .expires = true}});
        database_.ensure(results, {{.keys = bson("result_key", 1)}});
        database_.ensure(consents, {{.keys = bson("user_id", 1, "given_at", 1, "_id", 1)}});
    }

    void add(const Session& session) override {
        const auto durability = session.status == Status::pending ? Durability::durable : Durability::relaxed;
        if (!database_.insert(durability, sessions, storage::to_document(session))) {
            throw Unavailable("mongodb: a try-on has an id that is taken");
        }
    }

    std::optional<Session> find(const TryonId& id, const Timestamp& now) override {
        return storage::from_document<Session>(
            database_.find_one(sessions, bson("_id", id, "expires_at", bson("$gt", now))));
    }

    std::optional<Session> find_own(const UserId& user, const TryonId& id, const Timestamp& now) override {
        return storage::from_document<Session>(database_.find_one(sessions, own(user, id, now)));
    }

    Page<Session> history(const UserId& user, const HistoryFilter& filter, const Paging& paging,
                          const Timestamp& now) override {
        Document wanted = bson("user_id", user, "expires_at", bson("$gt", now));
        if (filter.favorite) storage::put(*wanted.get(), "is_favorite", *filter.favorite);
        if (filter.status) storage::put(*wanted.get(), "status", *filter.status);
        auto items = storage::from_documents<Session>(database_.find(
            sessions, wanted,
            {.sort = bson("created_at", -1, "_id", -1), .limit = paging.page_size, .skip = paging.offset()}));
        return page_of(std::move(items), database_.count(sessions, wanted), paging);
    }

    std::optional<Session> begin(const TryonId& id, std::int64_t fence, const Timestamp& at) override {
        return storage::from_document<Session>(database_.find_and_update(
            Durability::durable, sessions, bson("_id", id, "status", Status::pending, "fence", bson("$lte", fence)),
            bson("$set", bson("fence", fence, "updated_at", at)), Returned::after));
    }

    bool report(const TryonId& id, std::int64_t fence, std::int64_t progress, const std::string& stage) override {
        return database_
                   .update_one(Durability::relaxed, sessions, held(id, fence),
                               bson("$set", bson("progress", progress, "stage", stage)))
                   .matched == 1;
    }

    // All but what the worker does not decide: whose session it is, what was asked for, the mark, how long it is kept.
    bool finish(const Session& session) override {
        const Document update = storage::replacement(
            session, {"user_id",          "kind",       "model_id",    "product_id",      "retailer_id", "model_name",
                      "product_name",     "person_key", "person_hash", "person_mask_key", "garment_key", "garment_hash",
                      "garment_category", "options",    "fit_points",  "size_scale",      "input_hash",  "fence",
                      "is_favorite",      "created_at", "expires_at"});
        return database_.update_one(Durability::durable, sessions, held(session.id, session.fence), update).matched ==
               1;
    }

    std::optional<Session> set_favorite(const UserId& user, const TryonId& id, const std::optional<bool>& favorite,
                                        const Timestamp& now) override {
        const Document mark = favorite ? bson("is_favorite", *favorite) : bson("is_favorite", turned("$is_favorite"));
        return storage::from_document<Session>(
            database_.find_and_update(Durability::durable, sessions, own(user, id, now),
                                      storage::bson_array(bson("$set", mark)), Returned::after));
    }

    void remove(const TryonId& id) override { database_.remove_one(Durability::durable, sessions, bson("_id", id)); }

    std::vector<Session> stale_pending(const Timestamp& before, const PendingPlace& after, int limit) override {
        const Document wanted =
            bson("status", Status::pending, "updated_at", bson("$gte", after.updated_at, "$lt", before), "$or",
                 bson_array(bson("updated_at", bson("$gt", after.updated_at)), bson("_id", bson("$gt", after.id))));
        return storage::from_documents<Session>(
            database_.find(sessions, wanted, {.sort = bson("updated_at", 1, "_id", 1), .limit = limit}));
    }

    std::vector<Session> expired(const Timestamp& now, int limit) override {
        return storage::from_documents<Session>(database_.find(sessions, bson("expires_at", bson("$lte", now)),
                                                               {.sort = bson("expires_at", 1), .limit = limit}));
    }

    std::vector<Session> all_of(const UserId& user, const std::optional<TryonId>& after, int limit) override {
        return storage::from_documents<Session>(
            database_.find(sessions, bson("user_id", user, "_id", bson("$gt", after.value_or(TryonId()))),
                           {.sort = bson("_id", 1), .limit = limit}));
    }

    std::optional<Result> find_result(const std::string& input_hash) override {
        return result_of(database_.find_one(results, bson("_id", input_hash)));
    }

    Result add_result(const Result& result) override {
        const auto kept = result_of(database_.find_and_update(
            Durability::durable, results, bson("_id", result.input_hash),
            bson("$setOnInsert", document_of(result).without("_id")), Returned::after, storage::Upsert::yes));
        if (kept) return *kept;
        // Another made the same picture in the same moment, and its insert came first.
        if (const auto first = find_result(result.input_hash)) return *first;
        throw Unavailable("mongodb: a result is there and is not");
    }

    void remove_result(const std::string& result_key) override {
        database_.remove_many(Durability::durable, results, bson("result_key", result_key));
    }

    void add_consent(const Consent& consent) override {
        if (!database_.insert(Durability::durable, consents, storage::to_document(consent))) {
            throw Unavailable("mongodb: a consent has an id that is taken");
        }
    }

    std::vector<Consent> consents_of(const UserId& user) override {
        return storage::from_documents<Consent>(database_.find(
            consents, bson("user_id", user), {.sort = bson("given_at", 1, "_id", 1), .limit = consents_max}));
    }

    void remove_consents(const UserId& user) override {
        database_.remove_many(Durability::durable, consents, bson("user_id", user));
    }

private:
    static Document own(const UserId& user, const TryonId& id, const Timestamp& now) {
        return bson("_id", id, "user_id", user, "expires_at", bson("$gt", now));
    }
    static Document held(const TryonId& id, std::int64_t fence) {
        return bson("_id", id, "status", Status::pending, "fence", fence);
    }

    storage::MongoDatabase& database_;
};

}  // namespace

std::unique_ptr<Store> open_mongo_store(storage::MongoDatabase& database) {
    return std::make_unique<MongoStore>(database);
}

storage::Collections mongo_collections(storage::MongoDatabase& database) {
    storage::BsonMapping moved = storage::bson_of<Session>(std::string(sessions));
    moved.read = [](const Document& document) {
        return reflect::encode_text(without_claim(storage::from_document<Session>(document)));
    };
    moved.ends_at = storage::bson_expiry;
    return storage::collections(
        storage::open_bson(database, std::move(moved)),
        storage::open_bson(database, storage::named_bson_of<Result>(std::string(results), "input_hash")),
        storage::open_bson(database, storage::bson_of<Consent>(std::string(consents))));
}

}  // namespace fitview::tryon
