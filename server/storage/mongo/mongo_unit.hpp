#pragma once
// The transaction the calling thread is in, and one call to the server inside or outside of it. Only for the .cpp files
// beside this one.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/mongo/mongo_database.hpp"
#include "storage/mongo/mongo_handles.hpp"

namespace fitview::storage {

struct MongoConnections::Inside {
    Observer observe;
    MongoUri uri;
    MongoCallbacks callbacks;
    MongoPool pool;
};

/// A running transaction; a chain, since those of two databases may nest.
struct MongoUnit {
    const void* database = nullptr;
    mongoc_client_t* client = nullptr;
    mongoc_client_session_t* session = nullptr;
    Durability durability = Durability::durable;
    bool transient = false;  ///< the server asks to begin anew
    bool broken = false;     ///< a part failed; what is left must not be kept
    std::vector<std::function<void()>> after_commit;
    MongoUnit* outer = nullptr;
};

/// The unit of `database` the thread is in, or null.
MongoUnit* mongo_unit_of(const void* database);

/// Makes `unit` the thread's innermost one for its lifetime.
class EnteredMongoUnit {
public:
    explicit EnteredMongoUnit(MongoUnit& unit);
    ~EnteredMongoUnit();
    EnteredMongoUnit(const EnteredMongoUnit&) = delete;
    EnteredMongoUnit& operator=(const EnteredMongoUnit&) = delete;
};

/// Throws Unavailable for what the driver says of `call`.
[[noreturn]] void throw_unavailable(std::string_view call, const bson_error_t& error);

/// One call: its client, its collection and its options.
class MongoCall {
public:
    /// Fails: Unavailable when no client comes free in time.
    MongoCall(const MongoDatabase& database, std::string_view collection);

    mongoc_client_t* client() const { return client_; }
    mongoc_collection_t* collection() const { return collection_.get(); }
    /// The call's options so far: the session of its transaction.
    bson_t* options() { return options_.get(); }
    /// Adds how far a write must have come; within a transaction that is said at its end.
    bson_t* options_for(Durability durability);
    MongoUnit* unit() const { return unit_; }

    Reply reply;
    bson_error_t error{};

    bool is_duplicate() const;
    /// Throws Unavailable, and marks the transaction the call belongs to.
    [[noreturn]] void fail(const bson_t* answer = nullptr);

private:
    std::string name_;
    MongoUnit* unit_;
    std::unique_ptr<LentClient> lent_;
    mongoc_client_t* client_ = nullptr;
    MongoCollection collection_;
    Document options_;
};

}  // namespace fitview::storage
