#include "storage/mongo/bson_collection.hpp"

namespace fitview::storage {
namespace {

class BsonCollection final : public Collection {
public:
    BsonCollection(MongoDatabase& database, BsonMapping mapping) : database_(database), mapping_(std::move(mapping)) {}

    const std::string& name() const override { return mapping_.name; }
    int page_limit() const override { return mapping_.page_limit; }
    std::int64_t count() override { return database_.count(mapping_.name, bson()); }

    std::vector<StoredDocument> read(const std::string& after) override {
        std::vector<StoredDocument> documents;
        for (const Document& found :
             database_.find(mapping_.name, mapping_.keys.after(after),
                            {.sort = mapping_.keys.order, .limit = mapping_.page_limit, .projection = {}})) {
            documents.push_back({.key = mapping_.keys.of(found),
                                 .text = mapping_.read(found),
                                 .ends_at = mapping_.ends_at ? mapping_.ends_at(found) : std::nullopt});
        }
        return documents;
    }

    void insert(const std::vector<StoredDocument>& documents) override {
        std::vector<Document> written;
        written.reserve(documents.size());
        for (const StoredDocument& document : documents) written.push_back(mapping_.write(document.text));
        database_.insert_all(Durability::durable, mapping_.name, written);
    }

    void remove(const std::vector<std::string>& keys) override {
        for (const std::string& key : keys) {
            database_.remove_one(Durability::durable, mapping_.name, mapping_.keys.same(key));
        }
    }

private:
    MongoDatabase& database_;
    const BsonMapping mapping_;
};

/// The value of `_id`, or what makes a document that nobody here wrote say so.
BsonValue id_of(const Document& document) {
    const auto id = find_member(document, "_id");
    if (!id) throw Unavailable("mongodb: a document has no _id");
    return *id;
}

template <class Read>
std::string key_in(const Document& document, const Read& read) {
    try {
        return read(id_of(document));
    } catch (const std::runtime_error& fault) {
        throw Unavailable(std::string("mongodb: a document's _id cannot be read: ") + fault.what());
    }
}

UserId as_id(const std::string& key) {
    return UserId(id_from_hex(key).value_or(IdBytes{}));  // any kind of id: all are ObjectIds
}

}  // namespace

BsonKeys object_id_keys() {
    return {.after = [](const std::string& key) { return bson("_id", bson("$gt", as_id(key))); },
            .same = [](const std::string& key) { return bson("_id", as_id(key)); },
            .order = bson("_id", 1),
            .of =
                [](const Document& document) {
                    return key_in(document, [](const BsonValue& id) { return to_hex(id.id()); });
                }};
}

BsonKeys text_keys() {
    return {
        .after = [](const std::string& key) { return bson("_id", bson("$gt", key)); },
        .same = [](const std::string& key) { return bson("_id", key); },
        .order = bson("_id", 1),
        .of = [](const Document& document) { return key_in(document, [](const BsonValue& id) { return id.text(); }); }};
}

std::unique_ptr<Collection> open_bson(MongoDatabase& database, BsonMapping mapping) {
    return std::make_unique<BsonCollection>(database, std::move(mapping));
}

std::optional<Timestamp> bson_expiry(const Document& document) {
    const auto date = find_member(document, "expires_at");
    if (!date || date->is_null()) return std::nullopt;
    return Timestamp::from_milliseconds(date->date());
}

}  // namespace fitview::storage
