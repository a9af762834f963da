#include "storage/mongo/mongo_database.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "storage/mongo/mongo_fixture.hpp"

namespace fitview::storage {
namespace {

using enum Durability;

class MongoDatabaseTest : public testing::Test {
protected:
    MongoDatabaseTest() {
        if (!IsSkipped() && !HasFailure()) database_->ensure("things", {{.keys = bson("name", 1), .unique = true}});
    }
    std::int64_t number_of(const char* name) {
        const auto found = database_->find_one("things", bson("name", name));
        return found ? find_member(*found, "number")->integer() : -1;
    }
    void add(const char* name, int number) {
        database_->insert(durable, "things", bson("name", name, "number", number));
    }

    MongoTestDatabase database_;
};

TEST_F(MongoDatabaseTest, AUniqueIndexDecidesBetweenTwo) {
    EXPECT_TRUE(database_->insert(durable, "things", bson("name", "a")));
    EXPECT_FALSE(database_->insert(durable, "things", bson("name", "a")));
    EXPECT_TRUE(
        database_
            ->update_one(durable, "things", bson("name", "b"), bson("$setOnInsert", bson("number", 1)), Upsert::yes)
            .inserted);
    EXPECT_FALSE(
        database_
            ->update_one(durable, "things", bson("name", "b"), bson("$setOnInsert", bson("number", 2)), Upsert::yes)
            .inserted);
    EXPECT_EQ(number_of("b"), 1);
}

TEST_F(MongoDatabaseTest, AUnitIsKeptTogetherOrNotAtAll) {
    EXPECT_THROW(database_->run(durable,
                                [&] {
                                    add("a", 1);
                                    EXPECT_EQ(number_of("a"), 1) << "a unit sees what it wrote";
                                    throw std::range_error("no");
                                }),
                 std::range_error);
    EXPECT_EQ(number_of("a"), -1);
    database_->run(durable, [&] {
        add("a", 1);
        database_->run(durable, [&] { add("b", 2); });
    });
    EXPECT_EQ(number_of("a"), 1);
    EXPECT_EQ(number_of("b"), 2);
}

TEST_F(MongoDatabaseTest, AFailedPartThatWasCaughtDoomsTheWhole) {
    EXPECT_THROW(database_->run(durable,
                                [&] {
                                    add("a", 1);
                                    try {
                                        database_->run(durable, [&] { throw std::range_error("no"); });
                                    } catch (const std::range_error&) {
                                    }
                                }),
                 Unavailable);
    EXPECT_EQ(number_of("a"), -1);
}

TEST_F(MongoDatabaseTest, ADurableWriteCannotJoinARelaxedUnit) {
    EXPECT_THROW(database_->run(relaxed, [&] { add("a", 1); }), std::logic_error);
    EXPECT_EQ(number_of("a"), -1);
}

TEST_F(MongoDatabaseTest, WhatFollowsACommitRunsOnceAndOnlyThen) {
    int told = 0;
    EXPECT_THROW(database_->run(durable,
                                [&] {
                                    database_->after_commit([&] { ++told; });
                                    throw std::range_error("no");
                                }),
                 std::range_error);
    EXPECT_EQ(told, 0);
    database_->run(durable, [&] {
        database_->after_commit([&] { ++told; });
        add("a", 1);
        EXPECT_EQ(told, 0);
    });
    EXPECT_EQ(told, 1);
    database_->after_commit([&] { ++told; });
    EXPECT_EQ(told, 2);
}

TEST_F(MongoDatabaseTest, UnitsThatCollideAreRunAgain) {
    add("sum", 0);
    constexpr int threads = 4;
    constexpr int each = 10;
    std::vector<std::thread> running;
    for (int number = 0; number < threads; ++number) {
        running.emplace_back([&] {
            for (int round = 0; round < each; ++round) {
                database_->run(durable, [&] {
                    database_->update_one(durable, "things", bson("name", "sum"),
                                          bson("$set", bson("number", number_of("sum") + 1)));
                });
            }
        });
    }
    for (std::thread& thread : running) thread.join();
    EXPECT_EQ(number_of("sum"), threads * each);
}

TEST_F(MongoDatabaseTest, ADuplicateInsideAUnitBeginsItAnewWithWhatIsThereNow) {
    int attempts = 0;
    bool inserted = true;
    database_->run(durable, [&] {
        if (++attempts == 1) std::thread([&] { add("a", 1); }).join();
        inserted = false;
        if (number_of("a") < 0) inserted = database_->insert(durable, "things", bson("name", "a", "number", 2));
    });
    EXPECT_FALSE(inserted);
    EXPECT_EQ(number_of("a"), 1);
}

TEST_F(MongoDatabaseTest, NothingIsReadWithoutABound) {
    EXPECT_THROW(database_->find("things", {}, {}), std::invalid_argument);
}

TEST_F(MongoDatabaseTest, IndexesAreMadeOnceAndExpireWhenAsked) {
    for (int again = 0; again < 2; ++again) {
        database_->ensure("things", {{.keys = bson("name", 1), .unique = true}});
        MongoDatabase real(mongo_test_connections(), "fitview_ttl_" + hex(random_bytes(4)));
        real.ensure("mortal", {{.keys = bson("expires_at", 1), .expires = true}});
        const std::string indexes = real.command(bson("listIndexes", "mortal")).json();
        EXPECT_NE(indexes.find("\"expireAfterSeconds\" : 0"), std::string::npos) << indexes;
        real.drop();
    }
}

TEST(MongoConnections, AChangeThatIsWaitedForHasATimeLimit) {
    if (!mongo_is_there()) return;
    int limited = 0;
    MongoConnections connections(Secret(*mongo_test_url()), {}, [&](const Document& command) {
        if (command.has("findAndModify") && command.has("maxTimeMS")) ++limited;
    });
    MongoDatabase database(connections, "fitview_limit_" + hex(random_bytes(4)));
    const auto change = [&] {
        database.find_and_update(durable, "things", bson("name", "a"), bson("$set", bson("number", 2)),
                                 Returned::after);
    };
    change();
    EXPECT_EQ(limited, 1);
    database.run(durable, change);
    EXPECT_EQ(limited, 1) << "a transaction does not wait";
    database.drop();
}

TEST(MongoConnections, ReadsEveryKindOfConnectionString) {
    EXPECT_EQ(MongoConnections(Secret("mongodb://a:1,b:2/?replicaSet=rs0")).hosts(), "a:1, b:2");
    EXPECT_EQ(
        MongoConnections(Secret("mongodb://priya:p%40ss@db.example/?tls=true&authMechanism=SCRAM-SHA-256")).hosts(),
        "db.example:27017");
    for (const char* wrong : {"", "http://a", "mongodb://", "mongodb://priya:%zzgeheim@host/", "mongodb+srv://a:1/"}) {
        try {
            const MongoConnections connections{Secret(wrong)};
            ADD_FAILURE() << wrong;
        } catch (const std::invalid_argument& reason) {
            EXPECT_EQ(std::string(reason.what()).find("geheim"), std::string::npos);
        }
    }
}

TEST(MongoConnections, AServiceIsLookedUpInDns) {
    try {
        const MongoConnections connections{Secret("mongodb+srv://priya:geheim@cluster.shop.invalid/")};
        ADD_FAILURE() << "there is no such name";
    } catch (const Unavailable& reason) {
        EXPECT_NE(std::string(reason.what()).find("cluster.shop.invalid"), std::string::npos) << reason.what();
        EXPECT_EQ(std::string(reason.what()).find("geheim"), std::string::npos);
    }
}

TEST(MongoConnections, AServerThatIsAwayIsNamedWithoutThePassword) {
    MongoConnections connections(Secret("mongodb://priya:geheim@127.0.0.1:1/?serverSelectionTimeoutMS=50"));
    MongoDatabase database(connections, "shop");
    try {
        database.ping();
        ADD_FAILURE() << "nothing listens there";
    } catch (const Unavailable& reason) {
        EXPECT_NE(std::string(reason.what()).find("127.0.0.1:1"), std::string::npos) << reason.what();
        EXPECT_NE(std::string(reason.what()).find("shop"), std::string::npos);
        EXPECT_EQ(std::string(reason.what()).find("geheim"), std::string::npos);
    }
}

}  // namespace
}  // namespace fitview::storage
