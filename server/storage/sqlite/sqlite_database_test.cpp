#include "storage/sqlite/sqlite_database.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <thread>

#include "base/failure.hpp"
#include "storage/sqlite/sqlite_writer.hpp"
#include "testkit/temporary_folder.hpp"

namespace fitview::storage {
namespace {

struct InMemory {
    SqliteDatabase open() { return SqliteDatabase::in_memory(); }
};
struct InFile {
    SqliteDatabase open() { return SqliteDatabase::open(folder.path() + "/shop.db"); }
    testkit::TemporaryFolder folder;
};

template <class Place>
class Database : public testing::Test {
protected:
    Database() {
        database_.write(Durability::durable,
                        [](SqliteConnection& c) { c.run("CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT)"); });
    }
    void insert(int number, Durability durability = Durability::relaxed) {
        database_.write(durability, [number](SqliteConnection& c) { c.run("INSERT INTO t (n) VALUES (?)", number); });
    }
    int count() {
        return database_.read([](SqliteConnection& c) {
            Statement select = c.prepare("SELECT count(*) FROM t");
            select.step();
            return select.get<int>(0);
        });
    }

    Place place_;
    SqliteDatabase database_ = place_.open();
};
using Places = testing::Types<InMemory, InFile>;
TYPED_TEST_SUITE(Database, Places);

TYPED_TEST(Database, AReadSeesWhatWasAcknowledgedBefore) {
    for (const Durability durability : {Durability::durable, Durability::relaxed}) {
        const int before = this->count();
        this->insert(before, durability);
        EXPECT_EQ(this->count(), before + 1);
    }
}

TYPED_TEST(Database, ResultsAndExceptionsComeOutOfTheCall) {
    EXPECT_EQ(this->database_.write(Durability::durable, [](SqliteConnection&) { return std::string("done"); }),
              "done");
    EXPECT_THROW(this->database_.write(Durability::durable, [](SqliteConnection&) { throw std::range_error("no"); }),
                 std::range_error);
    EXPECT_THROW(this->database_.read([](SqliteConnection&) { throw std::range_error("no"); }), std::range_error);
    EXPECT_EQ(this->count(), 0);
}

TYPED_TEST(Database, AClosureThatThrowsUndoesItsOwnChangesOnly) {
    this->insert(1);
    EXPECT_THROW(this->database_.write(Durability::durable,
                                       [](SqliteConnection& c) {
                                           c.run("INSERT INTO t (n) VALUES (2)");
                                           c.run("INSERT INTO t (n) VALUES (1)");
                                       }),
                 UniqueViolation);
    this->insert(3);
    EXPECT_EQ(this->count(), 2);
}

TYPED_TEST(Database, ConcurrentWritersLoseNothingThoughSomeFail) {
    constexpr int threads = 8;
    constexpr int each = 40;
    std::atomic<int> refused = 0;
    std::vector<std::thread> writers;
    for (int thread = 0; thread < threads; ++thread) {
        writers.emplace_back([&, thread] {
            for (int round = 0; round < each; ++round) {
                // Every tenth number is taken by all threads; one of them gets it.
                const int number = round % 10 == 0 ? 1'000'000 + round : thread * each + round;
                try {
                    this->insert(number, round % 2 == 0 ? Durability::durable : Durability::relaxed);
                } catch (const UniqueViolation&) {
                    ++refused;
                }
            }
        });
    }
    for (std::thread& writer : writers) writer.join();
    EXPECT_EQ(refused, (threads - 1) * each / 10);
    EXPECT_EQ(this->count(), threads * each - refused);
}

TYPED_TEST(Database, ReadersRunWhileOthersWrite) {
    std::atomic<bool> stop = false;
    std::vector<std::thread> readers;
    std::atomic<int> torn = 0;
    for (int thread = 0; thread < 3; ++thread) {
        readers.emplace_back([&] {
            while (!stop) {
                // Two statements of one read see one state, and pairs are written together.
                const int odd = this->database_.read([](SqliteConnection& c) {
                    Statement even = c.prepare("SELECT count(*) FROM t WHERE n % 2 = 0");
                    Statement odd = c.prepare("SELECT count(*) FROM t WHERE n % 2 = 1");
                    even.step();
                    odd.step();
                    return even.get<int>(0) - odd.get<int>(0);
                });
                torn += odd == 0 ? 0 : 1;
            }
        });
    }
    for (int pair = 0; pair < 60; ++pair) {
        this->database_.write(Durability::relaxed, [pair](SqliteConnection& c) {
            c.run("INSERT INTO t (n) VALUES (?)", 2 * pair);
            c.run("INSERT INTO t (n) VALUES (?)", 2 * pair + 1);
        });
    }
    stop = true;
    for (std::thread& reader : readers) reader.join();
    EXPECT_EQ(torn, 0);
    EXPECT_EQ(this->count(), 120);
}

TYPED_TEST(Database, AReadClosureCannotWrite) {
    EXPECT_THROW(this->database_.read([](SqliteConnection& c) { c.run("INSERT INTO t (n) VALUES (1)"); }),
                 std::logic_error);
    EXPECT_THROW(this->database_.read([this](SqliteConnection&) { this->insert(1); }), std::logic_error);
    this->insert(2);
    EXPECT_EQ(this->count(), 1);
}

TYPED_TEST(Database, SeveralStoresJoinOneUnitOfWork) {
    const auto unit = open_sqlite_unit_of_work(this->database_);
    unit->run(Durability::durable, [this] {
        this->insert(1);
        this->insert(2);
        EXPECT_EQ(this->count(), 2) << "a read inside sees what was written inside";
    });
    EXPECT_THROW(unit->run(Durability::durable,
                           [this] {
                               this->insert(3);
                               throw std::range_error("no");
                           }),
                 std::range_error);
    EXPECT_EQ(this->count(), 2);
}

TYPED_TEST(Database, AnInnerWriteCanFailAloneInsideAUnit) {
    this->database_.write(Durability::durable, [this](SqliteConnection&) {
        this->insert(1);
        EXPECT_THROW(this->database_.write(Durability::durable,
                                           [](SqliteConnection& c) {
                                               c.run("INSERT INTO t (n) VALUES (2)");
                                               c.run("INSERT INTO t (n) VALUES (1)");
                                           }),
                     UniqueViolation);
    });
    EXPECT_EQ(this->count(), 1);
}

TYPED_TEST(Database, ADurableWriteDoesNotHideInARelaxedOne) {
    EXPECT_THROW(
        this->database_.write(Durability::relaxed, [this](SqliteConnection&) { this->insert(1, Durability::durable); }),
        std::logic_error);
    EXPECT_EQ(this->count(), 0);
}

TYPED_TEST(Database, WhatWaitsForTheCommitRunsOnceItIsThereAndOnlyThen) {
    int at_commit = -1;
    const auto insert_and_tell = [&](int number) {
        this->database_.write(Durability::relaxed, [&](SqliteConnection&) {
            this->insert(number);
            this->database_.after_commit([&] { at_commit = this->count(); });
            EXPECT_EQ(at_commit, -1);
            if (number < 0) throw std::range_error("no");
        });
    };
    EXPECT_THROW(insert_and_tell(-1), std::range_error);
    EXPECT_EQ(at_commit, -1);
    insert_and_tell(1);
    EXPECT_EQ(at_commit, 1);
    this->database_.after_commit([&] { at_commit = 9; });
    EXPECT_EQ(at_commit, 9);
}

TYPED_TEST(Database, AFullQueueAnswersUnavailableAtOnce) {
    std::latch started(1);
    std::latch release(1);
    std::thread blocker([&] {
        this->database_.write(Durability::relaxed, [&](SqliteConnection&) {
            started.count_down();
            release.wait();
        });
    });
    started.wait();
    std::atomic<int> unavailable = 0;
    std::atomic<int> stored = 0;
    constexpr int extra = 8;
    std::vector<std::thread> waiting;
    for (int number = 0; number < int(SqliteWriter::queue_limit) + extra; ++number) {
        waiting.emplace_back([&, number] {
            try {
                this->insert(number);
                ++stored;
            } catch (const Unavailable&) {
                if (++unavailable == extra) release.count_down();
            }
        });
    }
    for (std::thread& thread : waiting) thread.join();
    blocker.join();
    EXPECT_EQ(unavailable, extra);
    EXPECT_EQ(stored, int(SqliteWriter::queue_limit));
    EXPECT_EQ(this->count(), stored);
}

TYPED_TEST(Database, AFullDiskIsUnavailableAndTheNextSmallWriteWorks) {
    this->database_.write(Durability::durable, [](SqliteConnection& c) { c.run_script("PRAGMA max_page_count = 40"); });
    const std::string large(1 << 20, 'x');
    EXPECT_THROW(
        this->database_.write(Durability::durable,
                              [&](SqliteConnection& c) { c.run("INSERT INTO t (n, text) VALUES (1, ?)", large); }),
        Unavailable);
    EXPECT_EQ(this->count(), 0);
    this->insert(2);
    EXPECT_EQ(this->count(), 1);
}

TEST(DatabaseInFile, MoreReadersThanConnectionsWaitTheirTurn) {
    const testkit::TemporaryFolder folder;
    SqliteDatabase database = SqliteDatabase::open(folder.path() + "/shop.db");
    constexpr int threads = int(SqliteDatabase::reader_limit) + 8;
    std::latch together(threads);
    std::atomic<int> sum = 0;
    std::vector<std::thread> readers;
    for (int thread = 0; thread < threads; ++thread) {
        readers.emplace_back([&] {
            together.arrive_and_wait();
            sum += database.read([](SqliteConnection& c) {
                Statement select = c.prepare("SELECT 1");
                select.step();
                return select.get<int>(0);
            });
        });
    }
    for (std::thread& reader : readers) reader.join();
    EXPECT_EQ(sum, threads);
}

TEST(DatabaseInFile, WhatWasWrittenIsThereAfterOpeningAgain) {
    const testkit::TemporaryFolder folder;
    const std::string path = folder.path() + "/shop.db";
    {
        SqliteDatabase database = SqliteDatabase::open(path);
        database.write(Durability::durable, [](SqliteConnection& c) { c.run("CREATE TABLE t (n INTEGER)"); });
        database.write(Durability::relaxed, [](SqliteConnection& c) { c.run("INSERT INTO t VALUES (5)"); });
    }
    SqliteDatabase database = SqliteDatabase::open(path);
    EXPECT_EQ(database.read([](SqliteConnection& c) {
        Statement select = c.prepare("SELECT n FROM t");
        return select.step() ? select.get<int>(0) : 0;
    }),
              5);
}

TEST(DatabaseInFile, TwoProgramsMayWriteToOneFile) {
    const testkit::TemporaryFolder folder;
    SqliteDatabase server = SqliteDatabase::open(folder.path() + "/shop.db");
    SqliteDatabase tool = SqliteDatabase::open(folder.path() + "/shop.db");
    server.write(Durability::durable, [](SqliteConnection& c) { c.run("CREATE TABLE t (n INTEGER)"); });
    const auto insert = [](SqliteDatabase& database) {
        for (int round = 0; round < 50; ++round) {
            database.write(Durability::relaxed, [](SqliteConnection& c) { c.run("INSERT INTO t VALUES (1)"); });
        }
    };
    std::thread other([&] { insert(tool); });
    insert(server);
    other.join();
    EXPECT_EQ(server.read([](SqliteConnection& c) {
        Statement select = c.prepare("SELECT count(*) FROM t");
        select.step();
        return select.get<int>(0);
    }),
              100);
}

}  // namespace
}  // namespace fitview::storage
