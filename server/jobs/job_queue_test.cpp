#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

#include "jobs/job_queue_contract.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "testkit/temporary_folder.hpp"

namespace fitview::jobs {
namespace {

struct InSqlite {
    std::unique_ptr<JobQueue> open_empty() { return open_sqlite_job_queue(database, *bus, clock); }
    testkit::FixedClock clock;
    std::unique_ptr<storage::ProgressBus> bus = storage::open_in_process_progress_bus();
    storage::SqliteDatabase database = storage::SqliteDatabase::in_memory();
};
using Backends = testing::Types<InSqlite>;
INSTANTIATE_TYPED_TEST_SUITE_P(JobQueue, JobQueueContract, Backends);

NewJob job_number(std::uint32_t number) {
    return {.id = testkit::id<JobId>(number), .kind = "tryon", .payload = "", .priority = 0, .not_before = Timestamp()};
}

TEST(SqliteJobQueue, AJobIsAcceptedOnlyWithTheUnitOfWorkItBelongsTo) {
    InSqlite backend;
    const auto queue = backend.open_empty();
    int published = 0;
    const auto subscription = backend.bus->subscribe(work_topic, [&] { ++published; });
    const auto unit = storage::open_sqlite_unit_of_work(backend.database);
    EXPECT_THROW(unit->run(storage::Durability::durable,
                           [&] {
                               queue->enqueue(job_number(1));
                               throw std::range_error("the session could not be stored");
                           }),
                 std::range_error);
    EXPECT_EQ(published, 0);
    EXPECT_FALSE(queue->claim({"tryon"}, Milliseconds(1000)));
    unit->run(storage::Durability::durable, [&] { queue->enqueue(job_number(1)); });
    EXPECT_EQ(published, 1);
    EXPECT_TRUE(queue->claim({"tryon"}, Milliseconds(1000)));
}

/// Accepts jobs and claims half of them until killed; tells each accepted number once it is accepted.
[[noreturn]] void work_until_killed(const std::string& path, int accepted) {
    const testkit::FixedClock clock;
    const auto bus = storage::open_in_process_progress_bus();
    storage::SqliteDatabase database = storage::SqliteDatabase::open(path);
    const auto queue = open_sqlite_job_queue(database, *bus, clock);
    for (std::uint32_t number = 1;; ++number) {
        queue->enqueue(job_number(number));
        if (number % 2 == 0) queue->claim({"tryon"}, std::chrono::seconds(30));
        if (write(accepted, &number, sizeof number) != sizeof number) _exit(1);
    }
}

TEST(SqliteJobQueue, SurvivesKillInTheMiddle) {
    const testkit::TemporaryFolder folder;
    const std::string path = folder.path() + "/shop.db";
    std::array<int, 2> pipe_ends{};
    ASSERT_EQ(pipe(pipe_ends.data()), 0);
    const pid_t child = fork();
    ASSERT_NE(child, -1);
    if (child == 0) work_until_killed(path, pipe_ends[1]);
    close(pipe_ends[1]);
    std::set<JobId> accepted;
    std::uint32_t number = 0;
    while (read(pipe_ends[0], &number, sizeof number) == sizeof number) {
        accepted.insert(testkit::id<JobId>(number));
        if (accepted.size() == 60) kill(child, SIGKILL);
    }
    close(pipe_ends[0]);
    waitpid(child, nullptr, 0);

    testkit::FixedClock clock;
    clock.advance(std::chrono::seconds(30));  // the dead worker's leases are over
    const auto bus = storage::open_in_process_progress_bus();
    storage::SqliteDatabase database = storage::SqliteDatabase::open(path);
    const auto queue = open_sqlite_job_queue(database, *bus, clock);
    while (const auto job = queue->claim({"tryon"}, std::chrono::seconds(30))) accepted.erase(job->id);
    EXPECT_TRUE(accepted.empty()) << accepted.size() << " accepted jobs are lost";
}

}  // namespace
}  // namespace fitview::jobs
