#include "storage/mongo/mongo_migrations.hpp"

#include <gtest/gtest.h>

#include "storage/mongo/mongo_fixture.hpp"
#include "storage/sqlite/migrations.hpp"

namespace fitview::storage {
namespace {

class MongoMigrations : public testing::Test {
protected:
    std::vector<MongoMigration> steps(std::size_t count) {
        std::vector<MongoMigration> all{{"give things a size",
                                         [this](MongoDatabase& database) {
                                             ++runs_;
                                             database.update_many(Durability::durable, "things",
                                                                  bson("kind", "shoe", "size", nullptr),
                                                                  bson("$set", bson("size", 38)));
                                         }},
                                        {"rename size to width", [this](MongoDatabase& database) {
                                             ++runs_;
                                             database.update_many(Durability::durable, "things", bson("kind", "shoe"),
                                                                  bson("$rename", bson("size", "width")));
                                         }}};
        all.resize(count);
        return all;
    }
    int runs_ = 0;
    MongoTestDatabase database_;
};

TEST_F(MongoMigrations, BringDataOfThePreviousReleaseForward) {
    database_->ensure("things", {{.keys = bson("kind", 1)}});
    database_->insert(Durability::durable, "things", bson("kind", "shoe"));
    migrate(*database_, "things", steps(1));
    const auto sized = database_->find_one("things", bson("kind", "shoe"));
    EXPECT_EQ(find_member(*sized, "size")->integer(), 38);
    migrate(*database_, "things", steps(2));
    migrate(*database_, "things", steps(2));
    EXPECT_EQ(runs_, 2);
    const auto found = database_->find_one("things", bson("kind", "shoe"));
    EXPECT_EQ(find_member(*found, "width")->integer(), 38);
}

TEST_F(MongoMigrations, ADatabaseOfALaterVersionIsLeftAlone) {
    database_->ensure("things", {{.keys = bson("kind", 1)}});
    migrate(*database_, "things", steps(2));
    EXPECT_THROW(migrate(*database_, "things", steps(1)), ForeignSchema);
    migrate(*database_, "others", {});
}

}  // namespace
}  // namespace fitview::storage
