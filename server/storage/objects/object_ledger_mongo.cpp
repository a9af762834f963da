#include <stdexcept>

#include "storage/mongo/bson_collection.hpp"
#include "storage/mongo/mongo_database.hpp"
#include "storage/objects/ledger_row.hpp"
#include "storage/objects/object_ledger.hpp"

namespace fitview::storage {
namespace {

constexpr std::string_view objects = "object_ledger";

void check_limit(int limit) {
    if (limit < 1 || limit > ObjectLedger::list_limit) throw std::invalid_argument("object ledger: limit out of range");
}

/// The entry's key is the document's `_id`.
Document document_of(const LedgerEntry& entry) {
    Document document = bson("_id", entry.key, "condemned", false);
    const Document members = to_document(entry).without("key");
    bson_concat(document.get(), members.get());
    return document;
}

LedgerEntry entry_of(const Document& document) {
    Document entry = document;
    if (const auto key = find_member(document, "_id")) put(*entry.get(), "key", key->text());
    return from_document<LedgerEntry>(entry);
}

std::vector<LedgerEntry> entries_of(const std::vector<Document>& documents) {
    std::vector<LedgerEntry> entries;
    entries.reserve(documents.size());
    for (const Document& document : documents) entries.push_back(entry_of(document));
    return entries;
}

class MongoObjectLedger final : public ObjectLedger {
public:
    explicit MongoObjectLedger(MongoDatabase& database) : database_(database) {
        database_.ensure(objects, {{.keys = bson("owner", 1, "_id", 1)},
                                   {.keys = bson("condemned", 1, "expires_at", 1)},
                                   {.keys = bson("condemned", 1, "reference_count", 1, "expires_at", 1)},
                                   {.keys = bson("condemned", 1, "_id", 1)}});
    }

    bool add(const LedgerEntry& entry) override {
        return database_
            .update_one(Durability::durable, objects, bson("_id", entry.key),
                        bson("$setOnInsert", document_of(entry).without("_id")), Upsert::yes)
            .inserted;
    }

    std::optional<LedgerEntry> find(const ObjectKey& key) override {
        const auto found = database_.find_one(objects, bson("_id", key));
        if (!found) return std::nullopt;
        return entry_of(*found);
    }

    bool add_reference(const ObjectKey& key) override {
        return database_
                   .update_one(Durability::durable, objects, bson("_id", key, "condemned", false),
                               bson("$inc", bson("reference_count", 1)))
                   .matched == 1;
    }

    std::optional<int> release(const ObjectKey& key) override {
        const Document one_less = bson("$subtract", bson_array("$reference_count", 1));
        const Document held_by_others = bson("$gt", bson_array("$reference_count", 1));
        const Array update =
            bson_array(bson("$set", bson("reference_count", bson("$max", bson_array(one_less, 0)), "expires_at",
                                         bson("$cond", bson_array(held_by_others, "$expires_at", "$$REMOVE")))));
        const auto released =
            database_.find_and_update(Durability::durable, objects, bson("_id", key), update, Returned::after);
        if (!released) return std::nullopt;
        return static_cast<int>(find_member(*released, "reference_count")->integer());
    }

    bool set_expiry(const ObjectKey& key, const std::optional<Timestamp>& expires_at) override {
        const Document update =
            expires_at ? bson("$set", bson("expires_at", *expires_at)) : bson("$unset", bson("expires_at", 1));
        return database_.update_one(Durability::durable, objects, bson("_id", key, "condemned", false), update)
                   .matched == 1;
    }

    std::vector<LedgerEntry> condemn_due(const Timestamp& now, int limit) override {
        check_limit(limit);
        condemn(bson("condemned", false, "expires_at", bson("$lte", now)), limit);
        condemn(bson("condemned", false, "reference_count", 0, "expires_at", nullptr), limit);
        return entries_of(database_.find(objects, bson("condemned", true), {.sort = bson("_id", 1), .limit = limit}));
    }

    bool forget(const ObjectKey& key) override {
        return database_.remove_one(Durability::durable, objects, bson("_id", key)) == 1;
    }

    std::vector<LedgerEntry> of_owner(const UserId& owner, const std::optional<ObjectKey>& after, int limit) override {
        check_limit(limit);
        const std::string last = after ? after->str() : std::string();
        return entries_of(database_.find(objects, bson("owner", owner, "_id", bson("$gt", last)),
                                         {.sort = bson("_id", 1), .limit = limit}));
    }

private:
    /// Condemns up to `limit` of those that are `due`, if they still are.
    void condemn(const Document& due, int limit) {
        const auto found = database_.find(objects, due, {.sort = {}, .limit = limit, .projection = bson("_id", 1)});
        if (found.empty()) return;
        std::vector<std::string> ids;
        for (const Document& entry : found) ids.push_back(find_member(entry, "_id")->text());
        Document still_due = bson("_id", bson("$in", ids));
        bson_concat(still_due.get(), due.get());
        database_.update_many(Durability::durable, objects, still_due, bson("$set", bson("condemned", true)));
    }

    MongoDatabase& database_;
};

}  // namespace

std::unique_ptr<ObjectLedger> open_mongo_object_ledger(MongoDatabase& database) {
    return std::make_unique<MongoObjectLedger>(database);
}

Collections mongo_ledger_collections(MongoDatabase& database) {
    return collections(open_bson(database, named_bson_of<LedgerRow>(std::string(objects), "key")));
}

}  // namespace fitview::storage
