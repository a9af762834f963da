#include <boost/describe/class.hpp>

#include <cstring>

#include "base/encoding.hpp"
#include "base/id_source.hpp"
#include "storage/idempotency_row.hpp"
#include "storage/idempotency_store.hpp"
#include "storage/mongo/bson_collection.hpp"
#include "storage/mongo/mongo_database.hpp"

namespace fitview::storage {

/// What is kept under a key. `status` and what follows are there once the request was answered.
struct KeptRequest {
    UserId user_id;
    std::string key;
    Bytes fingerprint;
    Bytes entity_id;
    std::int64_t fence = 0;
    Timestamp lease_until;
    Timestamp expires_at;
    std::optional<int> status;
    std::optional<std::vector<std::vector<std::string>>> headers;  ///< name and value of each
    std::optional<Bytes> body;
};
BOOST_DESCRIBE_STRUCT(KeptRequest, (),
                      (user_id, key, fingerprint, entity_id, fence, lease_until, expires_at, status, headers, body))

namespace {

using Kind = IdempotencyState::Kind;

constexpr std::string_view keys = "idempotency_keys";
/// Each try changes what the one before met; more than a few mean that something is broken.
constexpr int tries_max = 20;

/// Random, since a freed key forgets its document and with it the fences that were used.
std::int64_t new_fence() {
    std::int64_t fence = 0;
    std::memcpy(&fence, random_bytes(sizeof fence).data(), sizeof fence);
    return fence;
}

Bytes bytes_of(const IdBytes& id) {
    return {std::string(id.begin(), id.end())};
}

IdBytes id_of(const Bytes& bytes) {
    IdBytes id{};
    if (bytes.bytes.size() == id.size()) std::copy(bytes.bytes.begin(), bytes.bytes.end(), id.begin());
    return id;
}

StoredAnswer answer_of(const KeptRequest& kept) {
    StoredAnswer answer{.status = *kept.status, .headers = {}, .body = kept.body ? kept.body->bytes : ""};
    for (const auto& header : *kept.headers) answer.headers.emplace_back(header.at(0), header.at(1));
    return answer;
}

class MongoIdempotencyStore final : public IdempotencyStore {
public:
    MongoIdempotencyStore(MongoDatabase& database, const Clock& clock) : database_(database), clock_(clock) {
        database_.ensure(keys, {{.keys = bson("user_id", 1, "key", 1), .unique = true},
                                {.keys = bson("expires_at", 1), .expires = true}});
    }

    // Each step is a compare-and-set on the fence: whoever loses it looks again.
    IdempotencyState begin(const UserId& user, std::string_view key, std::string_view fingerprint,
                           const IdBytes& entity_id, Milliseconds lease) override {
        for (int attempt = 0; attempt < tries_max; ++attempt) {
            const Timestamp now = clock_.now();
            const auto kept = from_document<KeptRequest>(database_.find_one(keys, bson("user_id", user, "key", key)));
            const std::int64_t fence = new_fence();
            if (!kept) {
                const KeptRequest fresh{.user_id = user,
                                        .key = std::string(key),
                                        .fingerprint = {std::string(fingerprint)},
                                        .entity_id = bytes_of(entity_id),
                                        .fence = fence,
                                        .lease_until = now + lease,
                                        .expires_at = now + IdempotencyStore::kept,
                                        .status = {},
                                        .headers = {},
                                        .body = {}};
                if (!database_.insert(Durability::durable, keys, to_document(fresh))) continue;
                return {.kind = Kind::fresh, .answer = {}, .entity_id = entity_id, .fence = fence};
            }
            const bool same = kept->fingerprint.bytes == fingerprint;
            const bool leased = kept->lease_until > now;
            if (kept->expires_at <= now || (!same && !kept->status && !leased)) {
                database_.remove_one(Durability::durable, keys, as_it_was(*kept));
            } else if (!same) {
                return {.kind = Kind::key_reused, .answer = {}};
            } else if (kept->status) {
                return {.kind = Kind::replay, .answer = answer_of(*kept)};
            } else if (leased) {
                return {.kind = Kind::in_progress, .answer = {}};
            } else if (take_over(*kept, fence, now + lease)) {
                return {.kind = Kind::fresh, .answer = {}, .entity_id = id_of(kept->entity_id), .fence = fence};
            }
        }
        throw Unavailable("mongodb: an idempotency key changes without end");
    }

    bool complete(const UserId& user, std::string_view key, std::int64_t fence, const StoredAnswer& answer) override {
        if (answer.body.size() > body_limit) return release(user, key, fence);
        std::vector<std::vector<std::string>> headers;
        for (const auto& [name, value] : answer.headers) headers.push_back({name, value});
        return database_
                   .update_one(
                       Durability::durable, keys, running(user, key, fence),
                       bson("$set", bson("status", answer.status, "headers", headers, "body", Bytes{answer.body})))
                   .matched == 1;
    }

    bool release(const UserId& user, std::string_view key, std::int64_t fence) override {
        return database_.remove_one(Durability::durable, keys, running(user, key, fence)) == 1;
    }

    int remove_all(const UserId& user) override {
        return static_cast<int>(database_.remove_many(Durability::durable, keys, bson("user_id", user)));
    }

    int remove_expired(int limit) override {
        return static_cast<int>(database_.remove_some(
            Durability::relaxed, keys, bson("expires_at", bson("$lte", clock_.now())), bson("expires_at", 1), limit));
    }

private:
    static Document running(const UserId& user, std::string_view key, std::int64_t fence) {
        return bson("user_id", user, "key", key, "fence", fence, "status", nullptr);
    }
    static Document as_it_was(const KeptRequest& kept) {
        Document same = bson("user_id", kept.user_id, "key", kept.key, "fence", kept.fence);
        put(*same.get(), "status", kept.status);
        return same;
    }
    /// A run that takes over keeps the first one's entity and end.
    bool take_over(const KeptRequest& kept, std::int64_t fence, const Timestamp& lease_until) {
        return database_
                   .update_one(Durability::durable, keys, as_it_was(kept),
                               bson("$set", bson("fence", fence, "lease_until", lease_until)))
                   .matched == 1;
    }

    MongoDatabase& database_;
    const Clock& clock_;
};

}  // namespace

std::unique_ptr<IdempotencyStore> open_mongo_idempotency_store(MongoDatabase& database, const Clock& clock) {
    return std::make_unique<MongoIdempotencyStore>(database, clock);
}

namespace {

constexpr std::size_t id_length = 2 * sizeof(IdBytes);

UserId user_in(const std::string& place) {
    return UserId(id_from_hex(place.substr(0, id_length)).value_or(IdBytes{}));
}
std::string key_in(const std::string& place) {
    return place.size() > id_length ? place.substr(id_length) : std::string();
}

IdempotencyRow row_of(const Document& document) {
    const auto kept = from_document<KeptRequest>(document);
    IdempotencyRow row{.user_id = kept.user_id,
                       .key = kept.key,
                       .fingerprint = base64(kept.fingerprint.bytes),
                       .entity_id = to_hex(id_of(kept.entity_id)),
                       .fence = kept.fence,
                       .lease_until = kept.lease_until,
                       .expires_at = kept.expires_at,
                       .status = kept.status,
                       .headers = {},
                       .body = base64(kept.body ? kept.body->bytes : "")};
    if (!kept.headers) return row;
    for (const auto& header : *kept.headers) row.headers.insert(row.headers.end(), header.begin(), header.end());
    return row;
}

Document document_of(const std::string& text) {
    const auto row = reflect::decode_own<IdempotencyRow>(text);
    KeptRequest kept{.user_id = row.user_id,
                     .key = row.key,
                     .fingerprint = {from_base64(row.fingerprint).value_or("")},
                     .entity_id = bytes_of(id_from_hex(row.entity_id).value_or(IdBytes{})),
                     .fence = row.fence,
                     .lease_until = row.lease_until,
                     .expires_at = row.expires_at,
                     .status = row.status,
                     .headers = {},
                     .body = {}};
    if (row.status) {
        kept.headers.emplace();
        for (std::size_t at = 0; at + 1 < row.headers.size(); at += 2) {
            kept.headers->push_back({row.headers[at], row.headers[at + 1]});
        }
        kept.body = Bytes{from_base64(row.body).value_or("")};
    }
    return to_document(kept);
}

/// The unique index orders them.
BsonKeys user_and_key() {
    return {.after =
                [](const std::string& place) {
                    return bson("$or", bson_array(bson("user_id", user_in(place), "key", bson("$gt", key_in(place))),
                                                  bson("user_id", bson("$gt", user_in(place)))));
                },
            .same = [](const std::string& place) { return bson("user_id", user_in(place), "key", key_in(place)); },
            .order = bson("user_id", 1, "key", 1),
            .of = [](const Document& document) { return place_of(row_of(document)); }};
}

}  // namespace

Collections mongo_idempotency_collections(MongoDatabase& database) {
    return collections(
        open_bson(database, {.name = std::string(keys),
                             .keys = user_and_key(),
                             .read = [](const Document& document) { return reflect::encode_text(row_of(document)); },
                             .write = document_of,
                             .ends_at = bson_expiry,
                             .page_limit = page_of_answers}));
}

}  // namespace fitview::storage
