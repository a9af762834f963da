#include <gtest/gtest.h>

#include <stdexcept>

#include "storage/change_feed_contract.hpp"
#include "storage/mongo/mongo_fixture.hpp"
#include "storage/sqlite/change_log.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "testkit/temporary_folder.hpp"

namespace fitview::storage {
namespace {

struct InSqlite {
    std::unique_ptr<ChangeFeed> open_empty() { return open_sqlite_change_feed(database); }
    std::unique_ptr<ChangeFeed> open_again() { return open_sqlite_change_feed(second_process); }
    void change(std::uint32_t number) { log.append("products", testkit::id<ProductId>(number).str(), 1); }
    void change_other() { log.append("models", testkit::id<ModelId>(1).str(), 1); }
    testkit::TemporaryFolder folder;
    SqliteDatabase database = SqliteDatabase::open(folder.path() + "/shop.db");
    SqliteDatabase second_process = SqliteDatabase::open(folder.path() + "/shop.db");
    ChangeLog log{database};
};

struct InMongo {
    std::unique_ptr<ChangeFeed> open_empty() {
        return database.opened([](MongoDatabase& opened) {
            opened.ensure("products", {{.keys = bson("changed_at", 1)}});
            opened.ensure("models", {});
            return open_mongo_change_feed(opened);
        });
    }
    std::unique_ptr<ChangeFeed> open_again() {
        second_process = database.connect();
        return open_mongo_change_feed(*second_process);
    }
    void change(std::uint32_t number) { touch("products", number); }
    void change_other() {
        touch("models", 1);
        touch("products", 99, bson("$inc", bson("popularity", 1)));  // counters are no change
    }
    void touch(const char* collection, std::uint32_t number,
               const Document& update = bson("$currentDate", bson("changed_at", true))) {
        const Document which = bson("_id", testkit::id<ProductId>(number));
        const Upsert upsert = update.has("$currentDate") ? Upsert::yes : Upsert::no;
        database->update_one(Durability::durable, collection, which, update, upsert);
    }
    MongoTestDatabase database;
    std::unique_ptr<MongoDatabase> second_process;
};

/// As on a server without change streams.
struct InMongoByTime : InMongo {
    struct Feed final : ChangeFeed {
        explicit Feed(MongoDatabase& followed) : database(followed) {}
        std::unique_ptr<ChangeCursor> follow(std::string_view collection) override {
            return open_mongo_watermark(database, collection);
        }
        std::int64_t trim(std::int64_t) override { return 0; }
        MongoDatabase& database;
    };
    std::unique_ptr<ChangeFeed> open_empty() {
        if (!InMongo::open_empty()) return nullptr;
        return std::make_unique<Feed>(*database);
    }
    std::unique_ptr<ChangeFeed> open_again() {
        second_process = database.connect();
        return std::make_unique<Feed>(*second_process);
    }
    /// Two changes of one millisecond have no order there.
    void change(std::uint32_t number) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        InMongo::change(number);
    }
};

using Backends = testing::Types<InSqlite, InMongo, InMongoByTime>;
INSTANTIATE_TYPED_TEST_SUITE_P(ChangeFeed, ChangeFeedContract, Backends);

TEST(SqliteChangeFeed, ForgetsSoManyAtATimeThatNobodyWaits) {
    SqliteDatabase database = SqliteDatabase::in_memory();
    const auto feed = open_sqlite_change_feed(database);
    ChangeLog log(database);
    database.write(Durability::relaxed, [&](SqliteConnection&) {
        for (std::int64_t number = 0; number < ChangeFeed::trim_limit + 7; ++number) log.append("products", "a", 1);
    });
    EXPECT_EQ(feed->trim(2), ChangeFeed::trim_limit);
    EXPECT_EQ(feed->trim(2), 5);
    EXPECT_EQ(feed->trim(2), 0);
}

TEST(SqliteChangeFeed, AChangeIsToldOnlyWithItsDocument) {
    SqliteDatabase database = SqliteDatabase::in_memory();
    const auto feed = open_sqlite_change_feed(database);
    ChangeLog log(database);
    const auto cursor = feed->follow("products");
    EXPECT_THROW(database.write(Durability::durable,
                                [&](SqliteConnection&) {
                                    log.append("products", "65f0", 1);
                                    throw std::range_error("the document could not be stored");
                                }),
                 std::range_error);
    EXPECT_TRUE(cursor->next(10).ids.empty());
    database.write(Durability::durable, [&](SqliteConnection&) { log.append("products", "65f1", 2); });
    EXPECT_EQ(cursor->next(10).ids, std::vector<std::string>{"65f1"});
}

TEST(SqliteChangeFeed, ATrimmedFeedSaysThatChangesAreMissing) {
    InSqlite backend;
    const auto feed = backend.open_empty();
    const auto late = feed->follow("products");
    const auto early = feed->follow("products");
    for (std::uint32_t number = 1; number <= 5; ++number) backend.change(number);
    EXPECT_EQ(early->next(3).ids.size(), 3U);
    EXPECT_EQ(feed->trim(2), 3);
    EXPECT_FALSE(late->next(10).complete);
    EXPECT_TRUE(late->next(10).complete) << "from then on it is up to date";
    EXPECT_EQ(early->next(10).ids.size(), 2U);
    EXPECT_EQ(feed->trim(0), 2);
    EXPECT_TRUE(early->next(10).complete);
}

TEST(MongoChangeFeed, AChangeIsToldOnlyWithItsTransaction) {
    InMongo backend;
    const auto feed = backend.open_empty();
    if (!feed) return;
    const auto cursor = feed->follow("products");
    EXPECT_THROW(backend.database->run(Durability::durable,
                                       [&] {
                                           backend.change(1);
                                           throw std::range_error("no");
                                       }),
                 std::range_error);
    backend.database->run(Durability::durable, [&] { backend.change(2); });
    EXPECT_EQ(cursor->next(10).ids, std::vector{testkit::id<ProductId>(2).str()});
}

}  // namespace
}  // namespace fitview::storage
