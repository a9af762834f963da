#include "storage/sqlite/sqlite_connection.hpp"

#include <gtest/gtest.h>

#include <boost/describe/enum.hpp>

#include <filesystem>
#include <fstream>
#include <limits>

#include "base/failure.hpp"
#include "base/id.hpp"
#include "base/text.hpp"
#include "storage/sqlite/sqlite_error.hpp"
#include "testkit/deterministic.hpp"
#include "testkit/temporary_folder.hpp"

namespace fitview::storage {
namespace {

enum class Shade { light, dark };
BOOST_DESCRIBE_ENUM(Shade, light, dark)

class Connection : public testing::Test {
protected:
    SqliteConnection connection_{":memory:", SqliteConnection::Mode::write};
};

TEST_F(Connection, EveryBoundValueComesBackAsItWas) {
    using ShortText = Text<1, 20>;
    const auto id = testkit::id<ProductId>(7);
    const auto time = Timestamp::from_milliseconds(1772323200123);
    const ShortText text = *ShortText::check("kurta");
    Statement select = connection_.prepare("SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?");
    select.bind_all(true, std::numeric_limits<std::int64_t>::min(), 0.25, "साड़ी", Blob{std::string("a\0b", 3)}, id,
                    time, Price::from_paise(129950), Shade::dark, text, std::nullopt);
    ASSERT_TRUE(select.step());
    EXPECT_EQ(select.get<bool>(0), true);
    EXPECT_EQ(select.get<std::int64_t>(1), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(select.get<double>(2), 0.25);
    EXPECT_EQ(select.get<std::string>(3), "साड़ी");
    EXPECT_EQ(select.get<Blob>(4).bytes, std::string("a\0b", 3));
    EXPECT_EQ(select.get<ProductId>(5), id);
    EXPECT_EQ(select.get<Timestamp>(6), time);
    EXPECT_EQ(select.get<Price>(7).paise(), 129950);
    EXPECT_EQ(select.get<Shade>(8), Shade::dark);
    EXPECT_EQ(select.get<ShortText>(9), text);
    EXPECT_EQ(select.get<std::optional<ProductId>>(10), std::nullopt);
    EXPECT_FALSE(select.step());
}

TEST_F(Connection, AnEmptyTextIsNotNull) {
    Statement select = connection_.prepare("SELECT ?, ?");
    select.bind_all(std::string_view(), Blob{});
    ASSERT_TRUE(select.step());
    EXPECT_FALSE(select.is_null(0));
    EXPECT_FALSE(select.is_null(1));
}

TEST_F(Connection, ParametersAreFoundByName) {
    Statement select = connection_.prepare("SELECT :left - :right");
    select.bind(":right", 2).bind(":left", 9);
    ASSERT_TRUE(select.step());
    EXPECT_EQ(select.get<int>(0), 7);
    EXPECT_THROW(select.bind(":middle", 1), std::logic_error);
}

TEST_F(Connection, AStoredValueItsTypeRefusesIsReported) {
    Statement select = connection_.prepare("SELECT 'not an id', 4000000000, 'grey'");
    ASSERT_TRUE(select.step());
    EXPECT_THROW(select.get<ProductId>(0), Unavailable);
    EXPECT_THROW(select.get<int>(1), Unavailable);
    EXPECT_THROW(select.get<Shade>(2), Unavailable);
}

TEST_F(Connection, RunTellsHowManyRowsChanged) {
    connection_.run_script("CREATE TABLE t (n INTEGER)");
    EXPECT_EQ(connection_.run("INSERT INTO t VALUES (1), (2), (3)"), 3);
    EXPECT_EQ(connection_.run("UPDATE t SET n = 9 WHERE n > ?", 1), 2);
    EXPECT_EQ(connection_.run("UPDATE t SET n = 9 WHERE n > ?", 50), 0);
    EXPECT_EQ(connection_.run("SELECT * FROM t"), 0);
}

TEST_F(Connection, AUsedStatementForgetsItsValues) {
    for (int round = 0; round < 2; ++round) {
        Statement select = connection_.prepare("SELECT ?");
        if (round == 0) select.bind(1, "secret");
        ASSERT_TRUE(select.step());
        EXPECT_EQ(select.is_null(0), round == 1);
    }
}

TEST_F(Connection, TheSameTextMayBeSteppedTwiceAtOnce) {
    Statement outer = connection_.prepare("SELECT value FROM json_each('[1,2]')");
    int pairs = 0;
    while (outer.step()) {
        Statement inner = connection_.prepare("SELECT value FROM json_each('[1,2]')");
        while (inner.step()) ++pairs;
    }
    EXPECT_EQ(pairs, 4);
}

TEST_F(Connection, MoreStatementsThanAreKeptStillWork) {
    const int count = static_cast<int>(SqliteConnection::statement_limit) + 20;
    for (int round = 0; round < 2; ++round) {
        for (int number = 0; number < count; ++number) {
            Statement select = connection_.prepare("SELECT " + std::to_string(number));
            ASSERT_TRUE(select.step());
            ASSERT_EQ(select.get<int>(0), number);
        }
    }
}

TEST_F(Connection, ATakenKeyIsToldFromOtherBrokenRules) {
    connection_.run_script(
        "CREATE TABLE parent (id INTEGER PRIMARY KEY, email TEXT UNIQUE, name TEXT NOT NULL);"
        "CREATE TABLE child (parent_id INTEGER REFERENCES parent (id));"
        "INSERT INTO parent VALUES (1, 'a@example.com', 'A');");
    try {
        connection_.run("INSERT INTO parent VALUES (2, 'a@example.com', 'B')");
        FAIL() << "a second row under a unique key was stored";
    } catch (const UniqueViolation& violation) {
        EXPECT_TRUE(violation.concerns("parent.email"));
        EXPECT_FALSE(violation.concerns("parent.emai"));
        EXPECT_FALSE(violation.concerns("parent.id"));
    }
    EXPECT_THROW(connection_.run("INSERT INTO parent VALUES (1, 'b@example.com', 'B')"), UniqueViolation);
    try {
        connection_.run("INSERT INTO child VALUES (99)");
        FAIL() << "foreign keys are off";
    } catch (const UniqueViolation&) {
        FAIL() << "a foreign key is no unique key";
    } catch (const ConstraintViolation&) {
    }
    EXPECT_THROW(connection_.run("INSERT INTO parent VALUES (3, 'c@example.com', NULL)"), ConstraintViolation);
}

TEST_F(Connection, AWrongStatementIsAProgrammingError) {
    EXPECT_THROW(connection_.prepare("SELEC 1"), std::logic_error);
    EXPECT_THROW(connection_.prepare("SELECT 1; SELECT 2"), std::logic_error);
    EXPECT_THROW(connection_.prepare("  "), std::logic_error);
    EXPECT_THROW(connection_.prepare("SELECT ?").bind(2, 1), std::logic_error);
}

TEST(ConnectionToFile, AMissingFolderAndAFileThatIsNoDatabaseAreUnavailableAndNotNamed) {
    const testkit::TemporaryFolder folder;
    const std::string rubbish = folder.path() + "/rubbish.db";
    std::ofstream(rubbish) << std::string(4096, 'x');
    for (const std::string& path : {folder.path() + "/missing/shop.db", rubbish}) {
        try {
            const SqliteConnection opened(path, SqliteConnection::Mode::write);
            FAIL() << "opened " << path;
        } catch (const Unavailable& unavailable) {
            EXPECT_EQ(std::string(unavailable.what()).find(folder.path()), std::string::npos);
        }
    }
}

TEST(ConnectionToFile, AReaderCannotWrite) {
    const testkit::TemporaryFolder folder;
    SqliteConnection writer(folder.path() + "/shop.db", SqliteConnection::Mode::write);
    writer.run_script("CREATE TABLE t (n INTEGER)");
    SqliteConnection reader(folder.path() + "/shop.db", SqliteConnection::Mode::read_only);
    EXPECT_THROW(reader.run("INSERT INTO t VALUES (1)"), std::logic_error);
    EXPECT_EQ(reader.run("SELECT * FROM t"), 0);
}

TEST(ConnectionToFile, ALockThatDoesNotEndIsUnavailable) {
    const testkit::TemporaryFolder folder;
    SqliteConnection holder(folder.path() + "/shop.db", SqliteConnection::Mode::write);
    SqliteConnection other(folder.path() + "/shop.db", SqliteConnection::Mode::write);
    other.run_script("PRAGMA busy_timeout = 1");
    holder.run("BEGIN IMMEDIATE");
    EXPECT_THROW(other.run("BEGIN IMMEDIATE"), Unavailable);
    holder.run("COMMIT");
    EXPECT_NO_THROW(other.run("BEGIN IMMEDIATE"));
}

TEST(ConnectionToFile, AFileThatWasDamagedIsUnavailable) {
    const testkit::TemporaryFolder folder;
    const std::string path = folder.path() + "/shop.db";
    {
        SqliteConnection writer(path, SqliteConnection::Mode::write);
        writer.run_script("CREATE TABLE t (text TEXT)");
        for (int row = 0; row < 50; ++row) writer.run("INSERT INTO t VALUES (?)", std::string(1000, 'x'));
    }
    constexpr std::streamoff page = 4096;
    std::fstream(path, std::ios::in | std::ios::out | std::ios::binary).seekp(2 * page)
        << std::string(5 * page, '\xFF');
    SqliteConnection connection(path, SqliteConnection::Mode::write);
    EXPECT_THROW(connection.run("SELECT sum(length(text)) FROM t"), Unavailable);
}

TEST(ConnectionToFile, TheLogCanBeSyncedWithoutATransaction) {
    const testkit::TemporaryFolder folder;
    SqliteConnection connection(folder.path() + "/shop.db", SqliteConnection::Mode::write);
    connection.wait_for_disk_at_commit(false);
    connection.run_script("CREATE TABLE t (n INTEGER)");
    EXPECT_NO_THROW(connection.sync_log());
}

}  // namespace
}  // namespace fitview::storage
