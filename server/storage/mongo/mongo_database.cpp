#include "storage/mongo/mongo_database.hpp"

#include <algorithm>
#include <stdexcept>

#include "storage/mongo/mongo_address.hpp"
#include "storage/mongo/mongo_unit.hpp"

namespace fitview::storage {
namespace {

constexpr std::int64_t batch_max = 1000;
constexpr std::uint32_t change_milliseconds_max = 5000;

void set_unless_given(mongoc_uri_t* uri, const char* option, std::chrono::milliseconds time) {
    if (mongoc_uri_has_option(uri, option)) return;
    mongoc_uri_set_option_as_int32(uri, option, static_cast<std::int32_t>(time.count()));
}

// The driver's own limits (30 s to find a server, no end to waiting for a free client) are longer than any caller
// waits.
MongoUri read_uri(const Secret& url, const MongoPatience& patience) {
    bson_error_t error{};
    MongoUri uri(mongoc_uri_new_with_error(url.reveal().c_str(), &error));
    if (!uri) throw std::invalid_argument(mongo_url_fault(url));
    set_unless_given(uri.get(), MONGOC_URI_SERVERSELECTIONTIMEOUTMS, patience.server);
    set_unless_given(uri.get(), MONGOC_URI_CONNECTTIMEOUTMS, patience.server);
    set_unless_given(uri.get(), MONGOC_URI_SOCKETTIMEOUTMS, patience.socket);
    set_unless_given(uri.get(), MONGOC_URI_WAITQUEUETIMEOUTMS, patience.server);
    if (!mongoc_uri_has_option(uri.get(), MONGOC_URI_APPNAME)) mongoc_uri_set_appname(uri.get(), "fitview");
    return uri;
}

void tell_observer(const mongoc_apm_command_started_t* event) {
    const auto* observe = static_cast<const MongoConnections::Observer*>(mongoc_apm_command_started_get_context(event));
    (*observe)(Document(*mongoc_apm_command_started_get_command(event)));
}

/// `limit` and friends, into the options of a find.
void put_find_options(bson_t* options, const FindOptions& wanted) {
    if (!wanted.sort.empty()) put_document(*options, "sort", wanted.sort);
    if (!wanted.projection.empty()) put_document(*options, "projection", wanted.projection);
    if (wanted.skip > 0) put_integer(*options, "skip", wanted.skip);
    put_integer(*options, "limit", wanted.limit);
    put_integer(*options, "batchSize", std::min(wanted.limit, batch_max));
}

std::int64_t count_in(const Reply& reply, const char* name) {
    bson_iter_t at;
    return bson_iter_init_find(&at, reply.get(), name) ? bson_iter_as_int64(&at) : 0;
}

}  // namespace

void set_up_mongo_driver() {
    static const bool done = [] {
        mongoc_init();
        mongoc_log_set_handler([](mongoc_log_level_t, const char*, const char*, void*) {}, nullptr);
        return true;
    }();
    static_cast<void>(done);
}

MongoConnections::MongoConnections(const Secret& url, MongoPatience patience, Observer observe) {
    set_up_mongo_driver();
    MongoUri uri = read_uri(url, patience);
    bson_error_t error{};
    MongoPool pool(mongoc_client_pool_new_with_error(uri.get(), &error));
    if (!pool && mongoc_uri_get_srv_hostname(uri.get()) != nullptr) {
        throw Unavailable("MongoDB at " + std::string(mongoc_uri_get_srv_hostname(uri.get())) +
                          " cannot be found in DNS: " + error.message);
    }
    if (!pool) throw std::invalid_argument(std::string("MONGODB_URL cannot be used: ") + error.message);
    mongoc_client_pool_set_error_api(pool.get(), MONGOC_ERROR_API_VERSION_2);
    MongoCallbacks callbacks(mongoc_apm_callbacks_new());
    inside_ =
        std::make_unique<Inside>(Inside{std::move(observe), std::move(uri), std::move(callbacks), std::move(pool)});
    if (inside_->observe) {
        mongoc_apm_set_command_started_cb(inside_->callbacks.get(), tell_observer);
        mongoc_client_pool_set_apm_callbacks(inside_->pool.get(), inside_->callbacks.get(), &inside_->observe);
    }
}

MongoConnections::~MongoConnections() = default;

std::string hosts_of(const mongoc_uri_t* uri) {
    if (const char* const service = mongoc_uri_get_srv_hostname(uri)) return service;
    std::string names;
    for (const mongoc_host_list_t* host = mongoc_uri_get_hosts(uri); host != nullptr; host = host->next) {
        names += (names.empty() ? "" : ", ") + std::string(host->host_and_port);
    }
    return names;
}

std::string MongoConnections::hosts() const {
    return hosts_of(inside_->uri.get());
}

MongoDatabase::MongoDatabase(MongoConnections& connections, std::string name, std::chrono::seconds expiry_grace)
    : connections_(connections), name_(std::move(name)), expiry_grace_(expiry_grace) {}

Document MongoDatabase::command(const Document& command) {
    MongoCall call(*this, "$cmd");
    if (!mongoc_client_command_simple(call.client(), name_.c_str(), command.get(), nullptr, call.reply.fill(),
                                      &call.error)) {
        call.fail();
    }
    return Document(*call.reply.get());
}

void MongoDatabase::ping() {
    try {
        command(bson("ping", 1));
    } catch (const Unavailable& reason) {
        throw Unavailable("MongoDB at " + connections_.hosts() + ", database " + name_ +
                          ", does not answer: " + reason.what());
    }
}

Timestamp MongoDatabase::server_time() {
    const Document answer = command(bson("hello", 1));
    const auto time = find_member(answer, "localTime");
    if (!time) throw Unavailable("mongodb: the server does not tell its time");
    return Timestamp::from_milliseconds(time->date());
}

std::optional<Document> MongoDatabase::find_one(std::string_view collection, const Document& filter,
                                                const Document& projection) {
    auto found = find(collection, filter, {.sort = {}, .limit = 1, .projection = projection});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<Document> MongoDatabase::find(std::string_view collection, const Document& filter,
                                          const FindOptions& options) {
    if (options.limit < 1) throw std::invalid_argument("mongodb: a find needs a limit");
    MongoCall call(*this, collection);
    put_find_options(call.options(), options);
    const MongoCursor cursor(
        mongoc_collection_find_with_opts(call.collection(), filter.get(), call.options(), nullptr));
    std::vector<Document> found;
    const bson_t* document = nullptr;
    while (mongoc_cursor_next(cursor.get(), &document)) found.emplace_back(*document);
    const bson_t* answer = nullptr;
    if (mongoc_cursor_error_document(cursor.get(), &call.error, &answer)) call.fail(answer);
    return found;
}

std::int64_t MongoDatabase::count(std::string_view collection, const Document& filter) {
    MongoCall call(*this, collection);
    const std::int64_t count = mongoc_collection_count_documents(call.collection(), filter.get(), call.options(),
                                                                 nullptr, call.reply.fill(), &call.error);
    if (count < 0) call.fail();
    return count;
}

bool MongoDatabase::insert(Durability durability, std::string_view collection, const Document& document) {
    MongoCall call(*this, collection);
    const bool kept = mongoc_collection_insert_one(call.collection(), document.get(), call.options_for(durability),
                                                   call.reply.fill(), &call.error);
    if (kept) return true;
    if (call.is_duplicate() && call.unit() == nullptr) return false;
    call.fail();
}

void MongoDatabase::insert_all(Durability durability, std::string_view collection,
                               const std::vector<Document>& documents) {
    if (documents.empty()) return;
    MongoCall call(*this, collection);
    bson_t* const options = call.options_for(durability);
    put_truth(*options, "ordered", false);
    const MongoBulk bulk(mongoc_collection_create_bulk_operation_with_opts(call.collection(), options));
    for (const Document& document : documents) {
        if (!mongoc_bulk_operation_insert_with_opts(bulk.get(), document.get(), nullptr, &call.error)) call.fail();
    }
    if (mongoc_bulk_operation_execute(bulk.get(), call.reply.fill(), &call.error) == 0) call.fail();
}

Updated MongoDatabase::update_one(Durability durability, std::string_view collection, const Document& filter,
                                  const Document& update, Upsert upsert) {
    MongoCall call(*this, collection);
    bson_t* const options = call.options_for(durability);
    if (upsert == Upsert::yes) put_truth(*options, "upsert", true);
    const bool done = mongoc_collection_update_one(call.collection(), filter.get(), update.get(), options,
                                                   call.reply.fill(), &call.error);
    if (!done && call.is_duplicate() && call.unit() == nullptr) return {};
    if (!done) call.fail();
    return {.matched = count_in(call.reply, "matchedCount"), .inserted = count_in(call.reply, "upsertedCount") > 0};
}

std::int64_t MongoDatabase::update_many(Durability durability, std::string_view collection, const Document& filter,
                                        const Document& update) {
    MongoCall call(*this, collection);
    if (!mongoc_collection_update_many(call.collection(), filter.get(), update.get(), call.options_for(durability),
                                       call.reply.fill(), &call.error)) {
        call.fail();
    }
    return count_in(call.reply, "matchedCount");
}

void MongoDatabase::update_each(Durability durability, std::string_view collection,
                                const std::vector<DocumentUpdate>& updates) {
    if (updates.empty()) return;
    MongoCall call(*this, collection);
    bson_t* const options = call.options_for(durability);
    put_truth(*options, "ordered", false);
    const MongoBulk bulk(mongoc_collection_create_bulk_operation_with_opts(call.collection(), options));
    for (const DocumentUpdate& update : updates) {
        if (!mongoc_bulk_operation_update_one_with_opts(bulk.get(), update.filter.get(), update.update.get(), nullptr,
                                                        &call.error)) {
            call.fail();
        }
    }
    if (mongoc_bulk_operation_execute(bulk.get(), call.reply.fill(), &call.error) == 0) call.fail();
}

std::optional<Document> MongoDatabase::find_and_update(Durability durability, std::string_view collection,
                                                       const Document& filter, const Document& update,
                                                       Returned returned, Upsert upsert) {
    MongoCall call(*this, collection);
    const MongoModify modify(mongoc_find_and_modify_opts_new());
    mongoc_find_and_modify_opts_set_update(modify.get(), update.get());
    int flags = returned == Returned::after ? MONGOC_FIND_AND_MODIFY_RETURN_NEW : MONGOC_FIND_AND_MODIFY_NONE;
    if (upsert == Upsert::yes) flags |= MONGOC_FIND_AND_MODIFY_UPSERT;
    mongoc_find_and_modify_opts_set_flags(modify.get(), static_cast<mongoc_find_and_modify_flags_t>(flags));
    mongoc_find_and_modify_opts_append(modify.get(), call.options_for(durability));
    // What another's transaction holds is not waited for until the server ends that, a minute after its process died.
    if (call.unit() == nullptr) mongoc_find_and_modify_opts_set_max_time_ms(modify.get(), change_milliseconds_max);
    const bool done = mongoc_collection_find_and_modify_with_opts(call.collection(), filter.get(), modify.get(),
                                                                  call.reply.fill(), &call.error);
    if (!done && call.is_duplicate() && call.unit() == nullptr) return std::nullopt;
    if (!done) call.fail();
    bson_iter_t at;
    if (!bson_iter_init_find(&at, call.reply.get(), "value") || !BSON_ITER_HOLDS_DOCUMENT(&at)) return std::nullopt;
    std::uint32_t length = 0;
    const std::uint8_t* data = nullptr;
    bson_iter_document(&at, &length, &data);
    bson_t value;
    if (!bson_init_static(&value, data, length)) throw Unavailable("mongodb: an answer cannot be read");
    return Document(value);
}

std::int64_t MongoDatabase::remove_one(Durability durability, std::string_view collection, const Document& filter) {
    MongoCall call(*this, collection);
    if (!mongoc_collection_delete_one(call.collection(), filter.get(), call.options_for(durability), call.reply.fill(),
                                      &call.error)) {
        call.fail();
    }
    return count_in(call.reply, "deletedCount");
}

std::int64_t MongoDatabase::remove_many(Durability durability, std::string_view collection, const Document& filter) {
    MongoCall call(*this, collection);
    if (!mongoc_collection_delete_many(call.collection(), filter.get(), call.options_for(durability), call.reply.fill(),
                                       &call.error)) {
        call.fail();
    }
    return count_in(call.reply, "deletedCount");
}

std::int64_t MongoDatabase::remove_some(Durability durability, std::string_view collection, const Document& filter,
                                        const Document& sort, std::int64_t limit) {
    const auto found = find(collection, filter, {.sort = sort, .limit = limit, .projection = bson("_id", 1)});
    if (found.empty()) return 0;
    Array ids;
    for (std::size_t at = 0; at < found.size(); ++at) {
        const std::string place = std::to_string(at);
        bson_iter_t id;
        if (bson_iter_init_find(&id, found[at].get(), "_id")) {
            bson_append_iter(ids.get(), place.c_str(), static_cast<int>(place.size()), &id);
        }
    }
    return remove_many(durability, collection, bson("_id", bson("$in", ids)));
}

void MongoDatabase::drop() {
    command(bson("dropDatabase", 1));
}

}  // namespace fitview::storage
