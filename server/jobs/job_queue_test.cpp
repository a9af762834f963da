#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

#include "jobs/job_queue_contract.hpp"
#include "storage/redis/redis_fixture.hpp"
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
constexpr int redis_database = 2;

struct InRedis : storage::RedisOfTests {
    InRedis() : RedisOfTests(redis_database) {}
    std::unique_ptr<JobQueue> open_empty() {
        return absent.empty() ? open_redis_job_queue(*client, *bus, &clock) : nullptr;
    }
    testkit::FixedClock clock;
    std::unique_ptr<storage::ProgressBus> bus = storage::open_in_process_progress_bus();
};
using Backends = testing::Types<InSqlite, InRedis>;
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
    EXPECT_FALSE(queue->claim({"tryon"}, Milliseconds(1000), JobQueue::any_priority));
    unit->run(storage::Durability::durable, [&] { queue->enqueue(job_number(1)); });
    EXPECT_EQ(published, 1);
    EXPECT_TRUE(queue->claim({"tryon"}, Milliseconds(1000), JobQueue::any_priority));
}

TEST(SqliteJobQueue, WhatADeadWorkerHeldIsClaimedAlsoWhenTheClockWasSetBack) {
    InSqlite backend;
    const auto queue = backend.open_empty();
    queue->enqueue(job_number(1));
    const auto lost = queue->claim({"tryon"}, std::chrono::seconds(10), JobQueue::any_priority);
    backend.clock.advance(-std::chrono::seconds(30));
    EXPECT_FALSE(queue->claim({"tryon"}, std::chrono::seconds(10), JobQueue::any_priority)) << "it may be alive";
    backend.clock.advance(-std::chrono::hours(2));
    const auto next = queue->claim({"tryon"}, std::chrono::seconds(10), JobQueue::any_priority);
    ASSERT_TRUE(next);
    EXPECT_GT(next->fence, lost->fence);
}

TEST(RedisJobQueue, SaysWhenTheServerCameBackEmptyAndItsFencesRiseOn) {
    InRedis backend;
    FITVIEW_SKIP_WHEN_ABSENT(backend.absent);
    const auto queue = backend.open_empty();
    EXPECT_TRUE(queue->was_emptied()) << "never used before";
    EXPECT_FALSE(queue->was_emptied());
    EXPECT_FALSE(open_redis_job_queue(*backend.client, *backend.bus, &backend.clock)->was_emptied());
    queue->enqueue(job_number(1));
    const auto before = queue->claim({"tryon"}, Milliseconds(1000), JobQueue::any_priority);
    backend.client->run({"FLUSHDB"});
    backend.clock.advance(Milliseconds(5));
    EXPECT_TRUE(queue->was_emptied());
    EXPECT_FALSE(queue->was_emptied());
    EXPECT_FALSE(queue->finish(before->id, before->fence));
    queue->enqueue(job_number(1));
    EXPECT_GT(queue->claim({"tryon"}, Milliseconds(1000), JobQueue::any_priority)->fence, before->fence);
}

TEST(RedisJobQueue, AnEmptyQueueLeavesNoJobBehind) {
    InRedis backend;
    FITVIEW_SKIP_WHEN_ABSENT(backend.absent);
    const auto queue = backend.open_empty();
    for (std::uint32_t number = 1; number <= 20; ++number) {
        queue->enqueue(job_number(number));
        const auto job = queue->claim({"tryon"}, Milliseconds(1000), JobQueue::any_priority);
        if (number % 2 == 0) queue->give_back(job->id, job->fence);
        const auto again = number % 2 == 0 ? queue->claim({"tryon"}, Milliseconds(1000), JobQueue::any_priority) : job;
        EXPECT_TRUE(queue->finish(again->id, again->fence));
    }
    EXPECT_EQ(backend.client->run({"XLEN", "{jobs}:lane:tryon:0"}).integer, 0);
    EXPECT_EQ(backend.client->run({"KEYS", "{jobs}:job:*"}).items.size(), 0U);
    const auto pending = backend.client->run({"XPENDING", "{jobs}:lane:tryon:0", "workers"});
    EXPECT_EQ(pending.items.at(0).integer, 0);
}

TEST(RedisJobQueue, WorksByTheServersTimeWithoutAClock) {
    InRedis backend;
    FITVIEW_SKIP_WHEN_ABSENT(backend.absent);
    const auto queue = open_redis_job_queue(*backend.client, *backend.bus);
    queue->enqueue(job_number(1));
    const auto job = queue->claim({"tryon"}, std::chrono::seconds(30), JobQueue::any_priority);
    ASSERT_TRUE(job);
    const Milliseconds difference = job->lease_until - system_clock().now();
    EXPECT_GT(difference, Milliseconds(25'000));
    EXPECT_LE(difference, Milliseconds(30'000));
    EXPECT_FALSE(queue->claim({"tryon"}, std::chrono::seconds(30), JobQueue::any_priority));
}

TEST(QueueBesideStore, AJobFollowsTheUnitOfWorkItBelongsTo) {
    InSqlite backend;
    const auto queue = backend.open_empty();
    storage::SqliteDatabase store = storage::SqliteDatabase::in_memory();
    const auto unit = storage::open_sqlite_unit_of_work(store);
    const auto beside = open_queue_beside_store(*queue, *unit, telemetry::no_log());
    EXPECT_THROW(unit->run(storage::Durability::durable,
                           [&] {
                               beside->enqueue(job_number(1));
                               throw std::range_error("the session could not be stored");
                           }),
                 std::range_error);
    EXPECT_EQ(queue->depth().waiting, 0);
    unit->run(storage::Durability::durable, [&] {
        EXPECT_TRUE(beside->enqueue(job_number(1)));
        EXPECT_EQ(queue->depth().waiting, 0) << "nobody may start before the session is there";
    });
    EXPECT_EQ(queue->depth().waiting, 1);
    EXPECT_FALSE(beside->enqueue(job_number(1))) << "outside of a unit it tells";
}

TEST(QueueBesideStore, WhatIsAcceptedWhileTheQueueIsAwayIsNoFault) {
    FITVIEW_SKIP_WHEN_ABSENT(testkit::RedisServer::absence());
    storage::RedisClient nobody(
        *storage::check_redis_address("redis://127.0.0.1:" + std::to_string(testkit::free_port())),
        telemetry::no_log());
    const auto bus = storage::open_in_process_progress_bus();
    const auto queue = open_redis_job_queue(nobody, *bus);
    storage::SqliteDatabase store = storage::SqliteDatabase::in_memory();
    const auto unit = storage::open_sqlite_unit_of_work(store);
    const auto beside = open_queue_beside_store(*queue, *unit, telemetry::no_log());
    EXPECT_NO_THROW(unit->run(storage::Durability::durable, [&] { beside->enqueue(job_number(1)); }));
    EXPECT_NO_THROW(beside->cancel(testkit::id<JobId>(1)));
    EXPECT_THROW(beside->depth(), Unavailable);
}

TEST(QueueBesideStore, SaysOnceThatSomethingWasLeftOut) {
    InSqlite backend;
    const auto queue = backend.open_empty();
    storage::SqliteDatabase store = storage::SqliteDatabase::in_memory();
    const auto unit = storage::open_sqlite_unit_of_work(store);
    const auto beside = open_queue_beside_store(*queue, *unit, telemetry::no_log());
    EXPECT_TRUE(beside->enqueue(job_number(1)));
    EXPECT_FALSE(beside->was_emptied());
    NewJob refused = job_number(2);
    refused.payload.assign(JobQueue::payload_limit + 1, 'x');
    EXPECT_FALSE(beside->enqueue(refused));
    EXPECT_TRUE(beside->was_emptied());
    EXPECT_FALSE(beside->was_emptied());
}

/// Accepts jobs and claims half of them until killed; tells each accepted number once it is accepted.
[[noreturn]] void work_until_killed(const std::string& path, int accepted) {
    const testkit::FixedClock clock;
    const auto bus = storage::open_in_process_progress_bus();
    storage::SqliteDatabase database = storage::SqliteDatabase::open(path);
    const auto queue = open_sqlite_job_queue(database, *bus, clock);
    for (std::uint32_t number = 1;; ++number) {
        queue->enqueue(job_number(number));
        if (number % 2 == 0) queue->claim({"tryon"}, std::chrono::seconds(30), JobQueue::any_priority);
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
    while (const auto job = queue->claim({"tryon"}, std::chrono::seconds(30), JobQueue::any_priority))
        accepted.erase(job->id);
    EXPECT_TRUE(accepted.empty()) << accepted.size() << " accepted jobs are lost";
}

}  // namespace
}  // namespace fitview::jobs
