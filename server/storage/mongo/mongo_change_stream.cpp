// Change streams: what a collection tells those who follow it.
#include "storage/mongo/mongo_unit.hpp"

namespace fitview::storage {
namespace {

constexpr std::int64_t await_milliseconds = 1;  ///< followers ask several times a second

// What servers say that have none: an old engine, a mongod without a replica set, an unknown stage or command.
bool means_unsupported(const bson_error_t& error) {
    constexpr std::uint32_t needs_replica_set = 40573;
    constexpr std::uint32_t unrecognized_stage = 40324;
    constexpr std::uint32_t command_not_found = 59;
    constexpr std::uint32_t command_not_supported = 115;
    constexpr std::uint32_t not_implemented = 238;
    constexpr std::uint32_t feature_not_supported = 303;
    switch (error.code) {
        case needs_replica_set:
        case unrecognized_stage:
        case command_not_found:
        case command_not_supported:
        case not_implemented:
        case feature_not_supported:
            return true;
        default:
            return false;
    }
}

bool means_lost(const bson_error_t& error) {
    constexpr std::uint32_t capped_position_lost = 136;
    constexpr std::uint32_t stream_fatal = 280;
    constexpr std::uint32_t history_lost = 286;
    return error.code == capped_position_lost || error.code == stream_fatal || error.code == history_lost;
}

/// Counters that change beside the document do not set `changed_at` and are not told.
Array pipeline() {
    const Document made = bson("operationType", bson("$in", bson_array("insert", "replace")));
    const Document touched = bson("updateDescription.updatedFields.changed_at", bson("$exists", true));
    return bson_array(bson("$match", bson("$or", bson_array(made, touched))),
                      bson("$project", bson("_id", 1, "documentKey", 1)));
}

class Stream final : public MongoChangeStream {
public:
    Stream(mongoc_client_pool_t* pool, std::string database, std::string collection)
        : pool_(pool), database_(std::move(database)), collection_(std::move(collection)) {}

    /// Returns false when the server has no change streams.
    bool open() {
        bson_error_t error{};
        const bool fine = start(error);
        if (!fine && means_unsupported(error)) return false;
        if (!fine) throw_unavailable("watch " + collection_, error);
        return true;
    }

    Outcome next(std::vector<std::string>& ids, int limit) override {
        bson_error_t error{};
        if (!stream_ && !start(error)) return failed(error);
        const bson_t* event = nullptr;
        while (limit > 0 && mongoc_change_stream_next(stream_.get(), &event)) {
            note_id(*event, ids);
            --limit;
        }
        const bson_t* answer = nullptr;
        if (mongoc_change_stream_error_document(stream_.get(), &error, &answer)) return failed(error);
        remember_place();
        return Outcome::fine;
    }

private:
    bool start(bson_error_t& error) {
        client_ = std::make_unique<LentClient>(pool_);
        if (client_->get() == nullptr) throw Unavailable("mongodb: every connection is busy");
        const MongoCollection collection(
            mongoc_client_get_collection(client_->get(), database_.c_str(), collection_.c_str()));
        Document options = bson("maxAwaitTimeMS", await_milliseconds);
        if (place_) put(*options.get(), "resumeAfter", *place_);
        const Document stages = bson("pipeline", pipeline());
        stream_.reset(mongoc_collection_watch(collection.get(), stages.get(), options.get()));
        const bson_t* answer = nullptr;
        if (!mongoc_change_stream_error_document(stream_.get(), &error, &answer)) {
            remember_place();
            return true;
        }
        stop();
        return false;
    }

    void stop() {
        stream_.reset();
        client_.reset();
    }

    /// The stream is begun anew from where it was, or is lost when there is no such place any more.
    Outcome failed(const bson_error_t& error) {
        stop();
        if (!means_lost(error) && place_) throw_unavailable("watch " + collection_, error);
        place_.reset();
        return Outcome::lost;
    }

    void remember_place() {
        if (const bson_t* const token = mongoc_change_stream_get_resume_token(stream_.get())) place_.emplace(*token);
    }

    static void note_id(const bson_t& event, std::vector<std::string>& ids) {
        bson_iter_t at;
        bson_iter_t id;
        if (!bson_iter_init(&at, &event) || !bson_iter_find_descendant(&at, "documentKey._id", &id)) return;
        if (BSON_ITER_HOLDS_OID(&id)) ids.push_back(to_hex(BsonValue(id).id()));
    }

    mongoc_client_pool_t* pool_;
    const std::string database_;
    const std::string collection_;
    std::optional<Document> place_;
    std::unique_ptr<LentClient> client_;
    MongoStream stream_;
};

}  // namespace

std::unique_ptr<MongoChangeStream> MongoDatabase::watch(std::string_view collection) {
    auto stream = std::make_unique<Stream>(connections_.inside_->pool.get(), name_, std::string(collection));
    if (!stream->open()) return nullptr;
    return stream;
}

}  // namespace fitview::storage
