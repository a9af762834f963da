#pragma once
// Owners of the driver's handles. Only for the .cpp files beside this one.
#include <mongoc/mongoc.h>

#include <memory>

namespace fitview::storage {

/// Sets the driver up, once; it is never taken down, since clients may be given back until the very end of the program.
/// Its own log is not kept: it may repeat a part of a connection string.
void set_up_mongo_driver();

/// "a:27017, b:27017"; of mongodb+srv the service's name.
std::string hosts_of(const mongoc_uri_t* uri);

template <auto Destroy>
struct Destroyer {
    template <class Handle>
    void operator()(Handle* handle) const {
        Destroy(handle);
    }
};

using MongoUri = std::unique_ptr<mongoc_uri_t, Destroyer<mongoc_uri_destroy>>;
using MongoPool = std::unique_ptr<mongoc_client_pool_t, Destroyer<mongoc_client_pool_destroy>>;
using MongoCollection = std::unique_ptr<mongoc_collection_t, Destroyer<mongoc_collection_destroy>>;
using MongoCursor = std::unique_ptr<mongoc_cursor_t, Destroyer<mongoc_cursor_destroy>>;
using MongoSession = std::unique_ptr<mongoc_client_session_t, Destroyer<mongoc_client_session_destroy>>;
using MongoBulk = std::unique_ptr<mongoc_bulk_operation_t, Destroyer<mongoc_bulk_operation_destroy>>;
using MongoModify = std::unique_ptr<mongoc_find_and_modify_opts_t, Destroyer<mongoc_find_and_modify_opts_destroy>>;
using MongoWriteConcern = std::unique_ptr<mongoc_write_concern_t, Destroyer<mongoc_write_concern_destroy>>;
using MongoReadConcern = std::unique_ptr<mongoc_read_concern_t, Destroyer<mongoc_read_concern_destroy>>;
using MongoTransaction = std::unique_ptr<mongoc_transaction_opt_t, Destroyer<mongoc_transaction_opts_destroy>>;
using MongoStream = std::unique_ptr<mongoc_change_stream_t, Destroyer<mongoc_change_stream_destroy>>;
using MongoCallbacks = std::unique_ptr<mongoc_apm_callbacks_t, Destroyer<mongoc_apm_callbacks_destroy>>;

/// A client of the pool, given back at the end.
class LentClient {
public:
    explicit LentClient(mongoc_client_pool_t* pool) : pool_(pool), client_(mongoc_client_pool_pop(pool)) {}
    ~LentClient() {
        if (client_ != nullptr) mongoc_client_pool_push(pool_, client_);
    }
    LentClient(const LentClient&) = delete;
    LentClient& operator=(const LentClient&) = delete;
    /// Null when none came free in time.
    mongoc_client_t* get() const { return client_; }

private:
    mongoc_client_pool_t* pool_;
    mongoc_client_t* client_;
};

/// What a call answered, valid whether it succeeded or not.
class Reply {
public:
    Reply() { bson_init(&bson_); }
    ~Reply() { bson_destroy(&bson_); }
    Reply(const Reply&) = delete;
    Reply& operator=(const Reply&) = delete;
    /// For the driver to fill, which makes it anew.
    bson_t* fill() {
        bson_destroy(&bson_);
        bson_init(&bson_);
        return &bson_;
    }
    const bson_t* get() const { return &bson_; }

private:
    bson_t bson_{};
};

}  // namespace fitview::storage
