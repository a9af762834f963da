// How collections and indexes come to be.
#include "storage/mongo/mongo_unit.hpp"

namespace fitview::storage {
namespace {

constexpr std::uint32_t namespace_exists = 48;

/// As the server would name it: price_1_is_deleted_1.
std::string name_of(const MongoIndex& index) {
    std::string name;
    bson_iter_t at;
    if (!bson_iter_init(&at, index.keys.get())) return name;
    while (bson_iter_next(&at)) {
        const std::string order = index.text ? "text" : std::to_string(bson_iter_as_int64(&at));
        name += (name.empty() ? "" : "_") + std::string(bson_iter_key(&at)) + "_" + order;
    }
    return name;
}

Document specification(const MongoIndex& index, std::chrono::seconds grace) {
    Document keys = index.keys;
    if (index.text) {
        keys = Document();
        bson_iter_t at;
        if (bson_iter_init(&at, index.keys.get())) {
            while (bson_iter_next(&at)) put_text(*keys.get(), bson_iter_key(&at), "text");
        }
    }
    Document wanted = bson("key", keys, "name", name_of(index));
    if (index.unique) put_truth(*wanted.get(), "unique", true);
    if (index.expires) put_integer(*wanted.get(), "expireAfterSeconds", grace.count());
    return wanted;
}

}  // namespace

std::vector<std::string> MongoDatabase::ensure(std::string_view collection, const std::vector<MongoIndex>& indexes) {
    std::vector<Document> wanted;
    std::vector<std::string> missing;
    for (const MongoIndex& index : indexes) {
        if (!index.text) wanted.push_back(specification(index, expiry_grace_));
    }
    if (wanted.empty()) {
        MongoCall call(*this, collection);
        const Document create = bson("create", collection);
        if (!mongoc_client_command_simple(call.client(), name_.c_str(), create.get(), nullptr, call.reply.fill(),
                                          &call.error) &&
            call.error.code != namespace_exists) {
            call.fail();
        }
    } else {
        command(bson("createIndexes", collection, "indexes", wanted));
    }
    for (const MongoIndex& index : indexes) {
        if (!index.text) continue;
        try {
            command(bson("createIndexes", collection, "indexes", bson_array(specification(index, expiry_grace_))));
        } catch (const Unavailable& reason) {
            missing.push_back("text index of " + std::string(collection) + ": " + reason.what());
        }
    }
    return missing;
}

}  // namespace fitview::storage
