#include "storage/sqlite/migrations.hpp"

#include <gtest/gtest.h>

#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::storage {
namespace {

const Migration first("create shirts",
                      "CREATE TABLE shirts (id INTEGER PRIMARY KEY); CREATE INDEX by_id ON shirts (id);");
const Migration second("add colour", "ALTER TABLE shirts ADD COLUMN colour TEXT NOT NULL DEFAULT 'white'",
                       [](SqliteConnection& connection) {
                           connection.run("INSERT INTO shirts (colour) VALUES ('blue')");
                       });

class Migrations : public testing::Test {
protected:
    int shirts() {
        return database_.read([](SqliteConnection& connection) {
            Statement select = connection.prepare("SELECT count(*) FROM shirts WHERE colour = 'blue'");
            select.step();
            return select.get<int>(0);
        });
    }
    SqliteDatabase database_ = SqliteDatabase::in_memory();
};

TEST_F(Migrations, EachStepIsDoneOnceAndLaterOnesAreAdded) {
    migrate(database_, "shirts", {first});
    migrate(database_, "shirts", {first, second});
    migrate(database_, "shirts", {first, second});
    EXPECT_EQ(shirts(), 1);
}

TEST_F(Migrations, FeaturesCountTheirStepsApart) {
    migrate(database_, "shirts", {first, second});
    migrate(database_, "shoes", {Migration("create shoes", "CREATE TABLE shoes (id INTEGER)")});
    EXPECT_EQ(shirts(), 1);
}

TEST_F(Migrations, ANewerDatabaseIsRefused) {
    migrate(database_, "shirts", {first, second});
    EXPECT_THROW(migrate(database_, "shirts", {first}), ForeignSchema);
}

TEST_F(Migrations, ADatabaseWithOtherStepsIsRefused) {
    migrate(database_, "shirts", {first});
    EXPECT_THROW(migrate(database_, "shirts", {Migration("create shirts otherwise", ""), second}), ForeignSchema);
}

TEST_F(Migrations, AStepThatFailsLeavesNothingOfAnyStep) {
    EXPECT_THROW(migrate(database_, "shirts", {first, Migration("break", "ALTER TABLE nothing ADD COLUMN a")}),
                 std::logic_error);
    migrate(database_, "shirts", {first, second});
    EXPECT_EQ(shirts(), 1);
}

}  // namespace
}  // namespace fitview::storage
