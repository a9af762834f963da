#pragma once
// A MongoDB collection as a row of whole documents. For the .cpp files of MongoDB adapters.
#include <functional>
#include <memory>
#include <string>

#include "reflect/json.hpp"
#include "storage/collection.hpp"
#include "storage/mongo/mongo_database.hpp"

namespace fitview::storage {

/// What orders the documents, and how it is written as a text.
struct BsonKeys {
    std::function<Document(const std::string& key)> after;
    std::function<Document(const std::string& key)> same;
    Document order;
    std::function<std::string(const Document&)> of;
};

/// `_id` is an ObjectId; its text is hex.
BsonKeys object_id_keys();
/// `_id` is a text.
BsonKeys text_keys();

struct BsonMapping {
    std::string name;
    BsonKeys keys;
    std::function<std::string(const Document&)> read;  ///< the document's JSON
    std::function<Document(const std::string& text)> write;
    std::function<std::optional<Timestamp>(const Document&)> ends_at;  ///< may be empty
    int page_limit = page_of_documents;
};

/// `database` must outlive it.
std::unique_ptr<Collection> open_bson(MongoDatabase& database, BsonMapping mapping);

/// What the collection holds, each document a T.
template <reflect::DescribedStruct T>
BsonMapping bson_of(const std::string& name, const BsonKeys& keys = object_id_keys()) {
    return {.name = name,
            .keys = keys,
            .read = [](const Document& document) { return reflect::encode_text(from_document<T>(document)); },
            .write = [](const std::string& text) { return to_document(reflect::decode_own<T>(text)); },
            .ends_at = {}};
}

/// As bson_of, where `_id` is what T's member `key`, a text, says.
template <reflect::DescribedStruct T>
BsonMapping named_bson_of(const std::string& name, const char* key) {
    BsonMapping mapping = bson_of<T>(name, text_keys());
    mapping.read = [key](const Document& document) {
        Document whole = document;
        if (const auto id = find_member(document, "_id")) put(*whole.get(), key, id->text());
        return reflect::encode_text(from_document<T>(whole));
    };
    mapping.write = [key](const std::string& text) {
        const Document whole = to_document(reflect::decode_own<T>(text));
        Document document = bson("_id", find_member(whole, key)->text());
        const Document rest = whole.without(key);
        bson_concat(document.get(), rest.get());
        return document;
    };
    return mapping;
}

/// The date in the member `expires_at`.
std::optional<Timestamp> bson_expiry(const Document& document);

}  // namespace fitview::storage
