#pragma once
// A MongoDB database as the stores use it.
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "storage/durability.hpp"
#include "storage/mongo/bson.hpp"
#include "storage/unit_of_work.hpp"

namespace fitview::storage {

/// How long calls wait, where the connection string does not say: for a server to be found and a client to come free,
/// and for an answer.
struct MongoPatience {
    std::chrono::milliseconds server{5000};
    std::chrono::milliseconds socket{20000};
};

/// The pool of connections to one MongoDB deployment. Thread-safe; shared by every database of the process.
class MongoConnections {
public:
    using Observer = std::function<void(const Document& command)>;

    /// Reads the connection string (mongodb:// or mongodb+srv://, with whatever options the driver knows); nothing is
    /// sent before the first call but DNS questions for mongodb+srv. `observe` sees every command that is sent, for
    /// tests. Fails: std::invalid_argument when the string, which the text does not repeat, cannot be read; Unavailable
    /// when DNS does not know the service.
    explicit MongoConnections(const Secret& url, MongoPatience patience = {}, Observer observe = {});
    ~MongoConnections();
    MongoConnections(const MongoConnections&) = delete;
    MongoConnections& operator=(const MongoConnections&) = delete;

    /// The hosts of the connection string, "a:27017, b:27017"; of mongodb+srv the service's name.
    std::string hosts() const;

private:
    friend class MongoDatabase;
    friend class MongoCall;
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// An index: its keys in order (1 or -1 each) and what is special about it.
struct MongoIndex {
    Document keys;
    bool unique = false;
    bool expires = false;  ///< the server removes a document once the date in the (only) key has come
    bool text = false;     ///< left out, with a warning to whoever asks, where the server has none
};

struct FindOptions {
    Document sort;
    std::int64_t limit = 0;  ///< required: nothing is read without a bound
    std::int64_t skip = 0;
    Document projection;
};

struct Updated {
    std::int64_t matched = 0;
    bool inserted = false;  ///< by an upsert
};

/// One change of several documents, for `update_each`.
struct DocumentUpdate {
    Document filter;
    Document update;
};

enum class Upsert { no, yes };
enum class Returned { before, after };

/// Changes of one collection, from the moment it was made. One thread at a time; blocks.
class MongoChangeStream {
public:
    virtual ~MongoChangeStream() = default;

    struct Event {
        IdBytes id{};
    };
    enum class Outcome { fine, lost };
    /// Adds the changes that are there to `ids`, at most `limit`, oldest first. `lost`: what came between is not kept
    /// by the server any more. Fails: Unavailable; asking again goes on where it stopped.
    virtual Outcome next(std::vector<std::string>& ids, int limit) = 0;
};

/// One database of a MongoDB deployment, shared by every store of the process. Thread-safe; blocks. Every call fails
/// with Unavailable when the server cannot be reached or refuses; the text is for the log and holds no secret.
///
/// Within `run` all calls of its thread belong to one transaction. Durable writes are acknowledged by a majority of the
/// replica set, relaxed ones by its primary.
class MongoDatabase {
public:
    /// `connections` must outlive it. `expiry_grace` is added to the lifetime of documents that the server removes by
    /// itself: for tests, whose clock stands in 1970.
    MongoDatabase(MongoConnections& connections, std::string name, std::chrono::seconds expiry_grace = {});
    MongoDatabase(const MongoDatabase&) = delete;
    MongoDatabase& operator=(const MongoDatabase&) = delete;

    /// Asks the server. Fails: Unavailable, which names the hosts that were tried.
    void ping();
    /// The server's own time.
    Timestamp server_time();

    std::optional<Document> find_one(std::string_view collection, const Document& filter,
                                     const Document& projection = {});
    std::vector<Document> find(std::string_view collection, const Document& filter, const FindOptions& options);
    std::int64_t count(std::string_view collection, const Document& filter);

    /// Returns false when a unique index has it already. Inside of a unit of work that begins the unit anew, since a
    /// refused insert ends the transaction: there `update_one` with an upsert is the way to insert what may be there.
    bool insert(Durability durability, std::string_view collection, const Document& document);
    /// Adds several in one message, in any order. Fails: Unavailable too when one is refused; others may be kept then.
    void insert_all(Durability durability, std::string_view collection, const std::vector<Document>& documents);
    /// `update` is a document of operators or a pipeline (an Array). An upsert that a unique index refuses matches
    /// nothing.
    Updated update_one(Durability durability, std::string_view collection, const Document& filter,
                       const Document& update, Upsert upsert = Upsert::no);
    std::int64_t update_many(Durability durability, std::string_view collection, const Document& filter,
                             const Document& update);
    /// Several updates of one document each, in one message, in any order.
    void update_each(Durability durability, std::string_view collection, const std::vector<DocumentUpdate>& updates);
    /// As update_one, and returns the document; nothing when none matched.
    std::optional<Document> find_and_update(Durability durability, std::string_view collection, const Document& filter,
                                            const Document& update, Returned returned, Upsert upsert = Upsert::no);
    /// Returns how many there were.
    std::int64_t remove_one(Durability durability, std::string_view collection, const Document& filter);
    std::int64_t remove_many(Durability durability, std::string_view collection, const Document& filter);
    /// Removes up to `limit` documents that match, the first in `sort`. Returns how many.
    std::int64_t remove_some(Durability durability, std::string_view collection, const Document& filter,
                             const Document& sort, std::int64_t limit);

    /// Makes the collection and those of `indexes` that are missing. Returns what the server does not offer.
    std::vector<std::string> ensure(std::string_view collection, const std::vector<MongoIndex>& indexes);

    /// Runs `work` in a transaction, as UnitOfWork::run says.
    void run(Durability durability, const std::function<void()>& work);
    /// As UnitOfWork::after_commit.
    void after_commit(std::function<void()> action);

    /// Inserts of `collection`, and updates that set `changed_at`. Nothing when the server has no change streams.
    std::unique_ptr<MongoChangeStream> watch(std::string_view collection);

    /// Removes the whole database. For tests.
    void drop();
    /// Any command, for tests and reports.
    Document command(const Document& command);

private:
    friend class MongoCall;
    MongoConnections& connections_;
    const std::string name_;
    const std::chrono::seconds expiry_grace_;
};

/// Lets services bundle calls to stores inside `database`, which must outlive it.
std::unique_ptr<UnitOfWork> open_mongo_unit_of_work(MongoDatabase& database);

}  // namespace fitview::storage
