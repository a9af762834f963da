#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <set>
#include <thread>

#include "storage/sqlite/sqlite_database.hpp"
#include "testkit/temporary_folder.hpp"

namespace fitview::storage {
namespace {

/// Writes numbers from several threads until killed, and tells each through `acknowledged` once it is stored.
[[noreturn]] void write_until_killed(const std::string& path, int acknowledged) {
    SqliteDatabase database = SqliteDatabase::open(path);
    std::vector<std::thread> writers;
    for (int thread = 0; thread < 4; ++thread) {
        writers.emplace_back([&, thread] {
            for (int round = 0;; ++round) {
                const int number = round * 4 + thread;
                database.write(thread == 0 ? Durability::relaxed : Durability::durable,
                               [number](SqliteConnection& c) { c.run("INSERT INTO t VALUES (?)", number); });
                if (write(acknowledged, &number, sizeof number) != sizeof number) _exit(1);
            }
        });
    }
    for (std::thread& writer : writers) writer.join();
    _exit(0);
}

TEST(DatabaseAfterKill, HoldsEveryAcknowledgedWrite) {
    const testkit::TemporaryFolder folder;
    const std::string path = folder.path() + "/shop.db";
    {
        SqliteDatabase database = SqliteDatabase::open(path);
        database.write(Durability::durable,
                       [](SqliteConnection& c) { c.run("CREATE TABLE t (n INTEGER PRIMARY KEY)"); });
    }
    std::array<int, 2> pipe_ends{};
    ASSERT_EQ(pipe(pipe_ends.data()), 0);
    const pid_t child = fork();
    ASSERT_NE(child, -1);
    if (child == 0) write_until_killed(path, pipe_ends[1]);
    close(pipe_ends[1]);

    std::set<int> acknowledged;
    int number = 0;
    while (read(pipe_ends[0], &number, sizeof number) == sizeof number) {
        acknowledged.insert(number);
        if (acknowledged.size() == 300) kill(child, SIGKILL);  // what the pipe still holds is read to its end
    }
    close(pipe_ends[0]);
    waitpid(child, nullptr, 0);
    ASSERT_GE(acknowledged.size(), 300U);

    SqliteDatabase database = SqliteDatabase::open(path);
    database.read([&](SqliteConnection& connection) {
        Statement check = connection.prepare("PRAGMA integrity_check");
        ASSERT_TRUE(check.step());
        EXPECT_EQ(check.text(0), "ok");
        Statement find = connection.prepare("SELECT 1 FROM t WHERE n = ?");
        for (const int wanted : acknowledged) {
            find.bind(1, wanted);
            EXPECT_TRUE(find.step()) << wanted << " was acknowledged and is gone";
            find.rewind();
        }
    });
}

}  // namespace
}  // namespace fitview::storage
