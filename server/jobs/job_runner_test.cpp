#include "jobs/job_runner.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <mutex>

#include "base/failure.hpp"
#include "jobs/run_waiting.hpp"
#include "storage/progress_bus.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "telemetry/log.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::jobs {
namespace {

NewJob job_number(std::uint32_t number) {
    return {.id = testkit::id<JobId>(number),
            .kind = "tryon",
            .payload = std::to_string(number),
            .priority = 0,
            .not_before = Timestamp()};
}

class Runner : public testing::Test {
protected:
    using Run = std::function<void(const Job&, const JobControl&)>;

    /// A runner that does `run`; what it gives up ends in `given_up_`.
    std::unique_ptr<JobRunner> start(Run run, RunnerSettings settings) {
        JobHandler handler{.kind = "tryon", .run = std::move(run), .give_up = [this](const Job& job) {
                               const std::lock_guard guard(lock_);
                               given_up_.push_back(*job.given_up_because);
                           }};
        return std::make_unique<JobRunner>(*queue_, *bus_, telemetry::no_log(), std::vector{std::move(handler)},
                                           settings);
    }
    static RunnerSettings settings() {
        RunnerSettings settings;
        settings.threads = 2;
        settings.poll_every = Milliseconds(5);
        settings.retry_after = Milliseconds(0);
        return settings;
    }
    /// Waits until the only job is leased until `end`; false when it does not come to that.
    bool lease_comes_to(const Timestamp& end) {
        for (int look = 0; look < 2000; ++look) {
            const Timestamp now = database_.read([](storage::SqliteConnection& connection) {
                storage::Statement select = connection.prepare("SELECT available_at FROM jobs");
                select.step();
                return select.get<Timestamp>(0);
            });
            if (now == end) return true;
            std::this_thread::sleep_for(Milliseconds(5));
        }
        return false;
    }
    /// Waits until the queue looks like `wanted`; false when it does not come to that.
    bool comes_to(const QueueDepth& wanted) {
        for (int look = 0; look < 2000; ++look) {
            if (queue_->depth() == wanted) return true;
            std::this_thread::sleep_for(Milliseconds(5));
        }
        return false;
    }

    testkit::FixedClock clock_;
    std::unique_ptr<storage::ProgressBus> bus_ = storage::open_in_process_progress_bus();
    storage::SqliteDatabase database_ = storage::SqliteDatabase::in_memory();
    std::unique_ptr<JobQueue> queue_ = open_sqlite_job_queue(database_, *bus_, clock_);
    std::mutex lock_;
    std::vector<std::string> given_up_;
};

TEST_F(Runner, DoesEveryJob) {
    std::atomic<int> sum = 0;
    queue_->enqueue(job_number(1));
    const auto runner = start([&](const Job& job, const JobControl&) { sum += std::stoi(job.payload); }, settings());
    for (std::uint32_t number = 2; number <= 20; ++number) queue_->enqueue(job_number(number));
    EXPECT_TRUE(comes_to({}));
    EXPECT_EQ(sum, 210);
}

TEST_F(Runner, AnAcceptedJobWakesItWithoutPolling) {
    RunnerSettings lazy = settings();
    lazy.poll_every = std::chrono::minutes(10);
    std::promise<void> done;
    const auto runner = start([&](const Job&, const JobControl&) { done.set_value(); }, lazy);
    queue_->enqueue(job_number(1));
    EXPECT_EQ(done.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
}

TEST_F(Runner, WhoeverWaitsDoesNotWaitForABatch) {
    RunnerSettings reserved = settings();
    reserved.threads = 2;
    reserved.interactive_threads = 1;
    std::latch release(1);
    std::promise<void> served;
    const auto runner =
        start([&](const Job& job, const JobControl&) { job.payload == "1000" ? served.set_value() : release.wait(); },
              reserved);
    for (std::uint32_t number = 1; number <= 20; ++number) {
        NewJob job = job_number(number);
        job.priority = batch_priority;
        queue_->enqueue(job);
    }
    EXPECT_TRUE(comes_to({.waiting = 19, .running = 1, .buried = 0})) << "one thread is kept free";
    queue_->enqueue(job_number(1000));
    EXPECT_EQ(served.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
    release.count_down();
    EXPECT_TRUE(comes_to({}));
}

TEST_F(Runner, AJobThatFailsIsTriedAgain) {
    std::atomic<int> attempts = 0;
    const auto runner = start(
        [&](const Job& job, const JobControl&) {
            attempts = job.attempt;
            if (job.attempt < 3) throw std::runtime_error("no provider");
        },
        settings());
    queue_->enqueue(job_number(1));
    EXPECT_TRUE(comes_to({}));
    EXPECT_EQ(attempts, 3);
    EXPECT_TRUE(given_up_.empty());
}

TEST_F(Runner, AJobWaitsForABackEndThatIsAwayAndIsDoneWhenItReturns) {
    std::atomic<int> tries = 0;
    std::atomic<int> counted = 0;
    const auto runner = start(
        [&](const Job& job, const JobControl&) {
            counted = job.attempt;
            if (++tries < 3 * JobQueue::attempt_limit) throw Unavailable("mongodb: no server answers");
        },
        settings());
    queue_->enqueue(job_number(1));
    EXPECT_TRUE(comes_to({}));
    EXPECT_EQ(tries, 3 * JobQueue::attempt_limit);
    EXPECT_EQ(counted, 1);
    EXPECT_TRUE(given_up_.empty());
}

TEST_F(Runner, TakesNoOtherJobAtOnceWhileABackEndIsAway) {
    RunnerSettings lazy = settings();
    lazy.threads = 1;
    lazy.poll_every = std::chrono::minutes(10);
    for (std::uint32_t number = 1; number <= 5; ++number) queue_->enqueue(job_number(number));
    std::atomic<int> tries = 0;
    std::promise<void> tried;
    const auto runner = start(
        [&](const Job&, const JobControl&) {
            if (++tries == 1) tried.set_value();
            throw Unavailable("mongodb: no server answers");
        },
        lazy);
    EXPECT_EQ(tried.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
    EXPECT_TRUE(comes_to({.waiting = 5, .running = 0, .buried = 0}));
    EXPECT_TRUE(runner->stop());
    EXPECT_EQ(tries, 1);
}

TEST_F(Runner, AJobThatNeverWorksIsGivenUpWithItsReason) {
    const auto runner =
        start([](const Job&, const JobControl&) { throw std::runtime_error("no person in the picture"); }, settings());
    queue_->enqueue(job_number(1));
    EXPECT_TRUE(comes_to({.waiting = 0, .running = 0, .buried = 1}));
    EXPECT_EQ(given_up_, std::vector<std::string>{"no person in the picture"});
    EXPECT_EQ(queue_->buried(10).at(0).reason, "no person in the picture");
}

TEST_F(Runner, ALongJobKeepsItsLeaseAndLearnsOfItsCancellation) {
    RunnerSettings quick = settings();
    quick.lease = Milliseconds(30);
    std::latch started(1);
    std::promise<void> noticed;
    const auto runner = start(
        [&](const Job&, const JobControl& control) {
            started.count_down();
            while (!control.is_lost()) std::this_thread::sleep_for(Milliseconds(1));
            noticed.set_value();
        },
        quick);
    queue_->enqueue(job_number(1));
    started.wait();
    clock_.advance(Milliseconds(20));
    EXPECT_TRUE(lease_comes_to(clock_.now() + quick.lease));
    queue_->cancel(testkit::id<JobId>(1));
    EXPECT_EQ(noticed.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
}

TEST_F(Runner, StopsOnceRunningJobsAreDoneAndClaimsNoMore) {
    std::latch started(1);
    std::latch release(1);
    std::atomic<int> done = 0;
    RunnerSettings single = settings();
    single.threads = 1;
    const auto runner = start(
        [&](const Job&, const JobControl&) {
            started.count_down();
            release.wait();
            ++done;
        },
        single);
    queue_->enqueue(job_number(1));
    started.wait();
    queue_->enqueue(job_number(2));
    auto stopped = std::async(std::launch::async, [&] { return runner->stop(); });
    release.count_down();
    EXPECT_TRUE(stopped.get());
    EXPECT_EQ(queue_->depth().waiting, 2 - done);
    EXPECT_LE(done, 2);  // the second may have been claimed before `stop` was called
}

TEST_F(Runner, WhatWaitsIsDoneHereAndNow) {
    for (std::uint32_t number = 1; number <= 20; ++number) queue_->enqueue(job_number(number));
    std::atomic<int> sum = 0;
    const JobHandler handler{.kind = "tryon",
                             .run = [&](const Job& job, const JobControl&) { sum += std::stoi(job.payload); },
                             .give_up = {}};
    EXPECT_EQ(run_waiting(*queue_, handler), 20);
    EXPECT_EQ(sum, 210);
    EXPECT_EQ(queue_->depth(), QueueDepth{});
    EXPECT_EQ(run_waiting(*queue_, handler), 0);
}

TEST_F(Runner, AJobThatDoesNotEndInTimeIsGivenBack) {
    std::latch started(1);
    std::latch release(1);
    RunnerSettings impatient = settings();
    impatient.stop_within = Milliseconds(10);
    const auto runner = start(
        [&](const Job&, const JobControl& control) {
            started.count_down();
            release.wait();
            EXPECT_TRUE(control.is_lost());
        },
        impatient);
    queue_->enqueue(job_number(1));
    started.wait();
    EXPECT_FALSE(runner->stop());
    const auto job = queue_->claim({"tryon"}, Milliseconds(1000), JobQueue::any_priority);
    ASSERT_TRUE(job);
    EXPECT_EQ(job->attempt, 1);
    release.count_down();
}

}  // namespace
}  // namespace fitview::jobs
