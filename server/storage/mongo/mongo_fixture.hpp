#pragma once
// A MongoDB database of one test's own. The server is the one of MONGODB_TEST_URL, which `./fit test` starts.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/encoding.hpp"
#include "base/id_source.hpp"
#include "storage/mongo/mongo_database.hpp"

namespace fitview::storage {

/// Where the tests' MongoDB is, if there is one.
inline std::optional<std::string> mongo_test_url() {
    const char* const url = std::getenv("MONGODB_TEST_URL");  // NOLINT(concurrency-mt-unsafe): nobody sets it
    if (url == nullptr || *url == '\0') return std::nullopt;
    return url;
}

/// Skips the test that runs when there is no MongoDB; fails it where back ends are required. Returns whether it may go
/// on.
inline bool mongo_is_there() {
    if (mongo_test_url()) return true;
    const char* const required = std::getenv("FITVIEW_REQUIRE_BACKENDS");  // NOLINT(concurrency-mt-unsafe): as above
    const char* const why = "no MongoDB: ./fit test starts one, or set MONGODB_TEST_URL";
    if (required != nullptr && std::string(required) == "1") {
        ADD_FAILURE() << why;
    } else {
        [&] { GTEST_SKIP() << why; }();
    }
    return false;
}

/// Every query the tests of this program make, in the form of a find that can be explained.
class QueryLog {
public:
    void note(const Document& command) {
        bson_iter_t at;
        if (!bson_iter_init(&at, command.get()) || !bson_iter_next(&at) || !BSON_ITER_HOLDS_UTF8(&at)) return;
        const std::string name = bson_iter_key(&at);
        const std::string collection = bson_iter_utf8(&at, nullptr);
        if (!bson_iter_init_find(&at, command.get(), "$db") || !BSON_ITER_HOLDS_UTF8(&at)) return;
        const std::string database = bson_iter_utf8(&at, nullptr);
        if (name == "find" || name == "findAndModify") {
            add(database, collection, command, name == "find" ? "filter" : "query");
        } else if (name == "update" || name == "delete") {
            each(command, name == "update" ? "updates" : "deletes",
                 [&](const Document& one) { add(database, collection, one, "q"); });
        } else if (name == "aggregate") {
            bool is_stream = false;  // reads the server's log, not the collection
            each(command, "pipeline", [&](const Document& stage) {
                is_stream = is_stream || stage.has("$changeStream");
                if (!is_stream) add(database, collection, stage, "$match");
            });
        }
    }

    /// The queries of `database`, forgotten with the answer.
    std::map<std::string, Document> take(const std::string& database) {
        const std::lock_guard guard(lock_);
        return std::move(queries_[database]);
    }

private:
    template <class Visit>
    static void each(const Document& command, const char* list, const Visit& visit) {
        bson_iter_t at;
        bson_iter_t item;
        if (!bson_iter_init_find(&at, command.get(), list) || !bson_iter_recurse(&at, &item)) return;
        while (bson_iter_next(&item)) {
            if (const auto document = document_at(item)) visit(*document);
        }
    }
    static std::optional<Document> document_at(const bson_iter_t& at) {
        if (!BSON_ITER_HOLDS_DOCUMENT(&at)) return std::nullopt;
        std::uint32_t length = 0;
        const std::uint8_t* data = nullptr;
        bson_iter_document(&at, &length, &data);
        bson_t inside;
        if (!bson_init_static(&inside, data, length)) return std::nullopt;
        return Document(inside);
    }
    void add(const std::string& database, const std::string& collection, const Document& holder, const char* filter) {
        bson_iter_t at;
        if (!bson_iter_init_find(&at, holder.get(), filter)) return;
        Document find = bson("find", collection);
        if (const auto wanted = document_at(at)) put(*find.get(), "filter", *wanted);
        if (bson_iter_init_find(&at, holder.get(), "sort")) {
            if (const auto order = document_at(at)) put(*find.get(), "sort", *order);
        }
        const std::lock_guard guard(lock_);
        queries_[database].emplace(find.json(), find);
    }

    std::mutex lock_;
    std::map<std::string, std::map<std::string, Document>> queries_;
};

inline QueryLog& query_log() {
    static QueryLog log;
    return log;
}

/// The program's one pool; giving one back takes the driver half a second.
inline MongoConnections& mongo_test_connections() {
    static MongoConnections connections(Secret(*mongo_test_url()), {},
                                        [](const Document& command) { query_log().note(command); });
    return connections;
}

/// A database that is dropped at the end. Its end also expects that every query was served by an index. Where there is
/// no server the test is skipped (or fails) before its body runs.
class MongoTestDatabase {
public:
    MongoTestDatabase() {
        if (mongo_is_there()) database_ = connect();
    }
    ~MongoTestDatabase() {
        if (!database_) return;
        for (const auto& [json, find] : query_log().take(name_)) {
            EXPECT_TRUE(is_served_by_index(find)) << "no index serves " << json;
        }
        database_->drop();
    }
    MongoTestDatabase(MongoTestDatabase&&) = default;
    MongoTestDatabase& operator=(MongoTestDatabase&&) = delete;

    MongoDatabase& operator*() { return *database_; }
    MongoDatabase* operator->() { return database_.get(); }

    /// What `open(MongoDatabase&)` makes, or null where there is no server.
    template <class Open>
    auto opened(const Open& open) {
        using Opened = decltype(open(*database_));
        return database_ ? open(*database_) : Opened();
    }

    /// The same database as another process sees it. Test documents are dated in 1970: the server must not remove what
    /// the tests' own clock keeps.
    std::unique_ptr<MongoDatabase> connect() const {
        return std::make_unique<MongoDatabase>(mongo_test_connections(), name_, std::chrono::seconds(2'000'000'000));
    }

private:
    bool walks_index(const Document& find) {
        const std::string plan = database_->command(bson("explain", find, "verbosity", "queryPlanner")).json();
        return plan.substr(0, plan.find("rejectedPlans")).find("COLLSCAN") == std::string::npos;
    }
    /// SecantusDB's planner takes an index only when it covers the whole condition; there it is asked whether one whose
    /// first key the condition names would do, which is how mongod chooses.
    bool is_served_by_index(const Document& find) {
        if (walks_index(find)) return true;
        const Document hello = database_->command(bson("hello", 1));
        const auto set = find_member(hello, "setName");
        if (!set || set->text() != "secantus") return false;
        const auto filter = find_member(find, "filter");
        const auto collection = find_member(find, "find");
        const Document indexes = database_->command(bson("listIndexes", collection->text()));
        bool served = false;
        find_member(indexes, "cursor")->member("firstBatch")->for_each([&](std::string_view, const BsonValue& index) {
            std::string first;
            Document keys;
            index.member("key")->for_each([&](std::string_view name, const BsonValue& order) {
                if (first.empty()) first = name;
                put(*keys.get(), name, order.integer());
            });
            if (served || !filter || !filter->member(first)) return;
            Document hinted = find;
            put(*hinted.get(), "hint", keys);
            served = walks_index(hinted);
        });
        return served;
    }

    std::string name_ = "fitview_test_" + hex(random_bytes(8));
    std::unique_ptr<MongoDatabase> database_;
};

}  // namespace fitview::storage
