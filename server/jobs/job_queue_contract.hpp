#pragma once
// What every job queue must do; see storage/cache/cache_contract.hpp for how a back end joins. A Backend also has a
// `storage::ProgressBus bus`, on which its queue publishes.
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "jobs/job_queue.hpp"
#include "storage/progress_bus.hpp"
#include "testkit/back_ends.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::jobs {

template <class Backend>
class JobQueueContract : public testing::Test {
protected:
    void SetUp() override { FITVIEW_SKIP_WHEN_ABSENT(testkit::absence_of(backend_)); }
    static constexpr Milliseconds lease = std::chrono::seconds(30);

    static JobId id(std::uint32_t number) { return testkit::id<JobId>(number); }
    static NewJob job(std::uint32_t number, std::string kind = "tryon", int priority = 0) {
        return {.id = id(number),
                .kind = std::move(kind),
                .payload = "payload " + std::to_string(number),
                .priority = priority,
                .not_before = Timestamp()};
    }
    std::optional<Job> claim() { return queue_->claim({"tryon"}, lease, JobQueue::any_priority); }
    /// The number of the job that is claimed next, 0 when there is none.
    std::uint32_t claimed_number() {
        const auto job = claim();
        return job ? static_cast<std::uint32_t>(job->id.bytes()[11]) : 0;
    }
    /// Claims and fails as often as a job is tried.
    void use_up_attempts() {
        for (int attempt = 0; attempt < JobQueue::attempt_limit; ++attempt) {
            const auto job = claim();
            ASSERT_TRUE(job && !job->given_up_because);
            EXPECT_TRUE(queue_->fail(job->id, job->fence, Milliseconds(0), "reason " + std::to_string(job->attempt)));
        }
    }
    Backend backend_;
    std::unique_ptr<JobQueue> queue_ = backend_.open_empty();
};
TYPED_TEST_SUITE_P(JobQueueContract);

TYPED_TEST_P(JobQueueContract, AJobIsDoneOnce) {
    EXPECT_TRUE(this->queue_->enqueue(this->job(1)));
    const auto job = this->claim();
    ASSERT_TRUE(job);
    EXPECT_EQ(job->id, this->id(1));
    EXPECT_EQ(job->kind, "tryon");
    EXPECT_EQ(job->payload, "payload 1");
    EXPECT_EQ(job->attempt, 1);
    EXPECT_EQ(job->given_up_because, std::nullopt);
    EXPECT_FALSE(this->claim());
    EXPECT_TRUE(this->queue_->finish(job->id, job->fence));
    EXPECT_FALSE(this->queue_->finish(job->id, job->fence));
    EXPECT_FALSE(this->claim());
}

TYPED_TEST_P(JobQueueContract, TheSameJobIsAcceptedOnceWhateverItsState) {
    EXPECT_TRUE(this->queue_->enqueue(this->job(1)));
    EXPECT_FALSE(this->queue_->enqueue(this->job(1)));
    const auto job = this->claim();
    EXPECT_FALSE(this->queue_->enqueue(this->job(1)));
    this->queue_->finish(job->id, job->fence);
    EXPECT_TRUE(this->queue_->enqueue(this->job(1)));
}

TYPED_TEST_P(JobQueueContract, HigherPriorityGoesFirstThenTheOlder) {
    this->queue_->enqueue(this->job(5));
    this->queue_->enqueue(this->job(2));
    this->queue_->enqueue(this->job(9, "tryon", 7));
    this->queue_->enqueue(this->job(1, "tryon", -1));
    EXPECT_EQ(this->claimed_number(), 9U);
    EXPECT_EQ(this->claimed_number(), 5U);
    EXPECT_EQ(this->claimed_number(), 2U);
    EXPECT_EQ(this->claimed_number(), 1U);
    EXPECT_EQ(this->claimed_number(), 0U);
}

TYPED_TEST_P(JobQueueContract, OnlyTheKindsAskedForAreClaimed) {
    this->queue_->enqueue(this->job(1, "mail"));
    EXPECT_FALSE(this->queue_->claim({"tryon", "it's"}, this->lease, JobQueue::any_priority));
    EXPECT_TRUE(this->queue_->claim({"tryon", "mail"}, this->lease, JobQueue::any_priority));
    EXPECT_FALSE(this->queue_->claim({}, this->lease, JobQueue::any_priority));
}

TYPED_TEST_P(JobQueueContract, JobsBelowTheLeastPriorityAreLeft) {
    this->queue_->enqueue(this->job(1, "tryon", batch_priority));
    EXPECT_FALSE(this->queue_->claim({"tryon"}, this->lease, interactive_priority));
    this->queue_->enqueue(this->job(2, "tryon", interactive_priority));
    const auto job = this->queue_->claim({"tryon"}, this->lease, interactive_priority);
    ASSERT_TRUE(job);
    EXPECT_EQ(job->id, this->id(2));
    EXPECT_EQ(this->claimed_number(), 1U);
}

TYPED_TEST_P(JobQueueContract, AShopperGoesBeforeFiveThousandOfABatch) {
    for (std::uint32_t number = 1; number <= 5000; ++number)
        this->queue_->enqueue(this->job(number, "tryon", batch_priority));
    ASSERT_TRUE(this->claim());
    this->queue_->enqueue(this->job(9999));
    const auto job = this->claim();
    ASSERT_TRUE(job);
    EXPECT_EQ(job->id, this->id(9999));
    EXPECT_EQ(this->queue_->depth(), (QueueDepth{.waiting = 4999, .running = 2, .buried = 0}));
}

TYPED_TEST_P(JobQueueContract, OfSeveralKindsTheOlderJobGoesFirst) {
    this->queue_->enqueue(this->job(1, "tryon"));
    this->queue_->enqueue(this->job(2, "mail"));
    this->queue_->enqueue(this->job(3, "tryon"));
    for (std::uint32_t number = 1; number <= 3; ++number) {
        const auto job = this->queue_->claim({"mail", "tryon"}, this->lease, JobQueue::any_priority);
        ASSERT_TRUE(job);
        EXPECT_EQ(job->id, this->id(number));
    }
}

TYPED_TEST_P(JobQueueContract, AJobWaitsForItsTime) {
    NewJob later = this->job(1);
    later.not_before = this->backend_.clock.now() + Milliseconds(1000);
    this->queue_->enqueue(later);
    EXPECT_FALSE(this->claim());
    this->backend_.clock.advance(Milliseconds(1000));
    EXPECT_TRUE(this->claim());
}

TYPED_TEST_P(JobQueueContract, ALostWorkersJobGoesToAnotherWithAHigherFence) {
    this->queue_->enqueue(this->job(1));
    const auto lost = this->claim();
    this->backend_.clock.advance(this->lease - Milliseconds(1));
    EXPECT_FALSE(this->claim());
    this->backend_.clock.advance(Milliseconds(1));
    const auto next = this->claim();
    ASSERT_TRUE(next);
    EXPECT_EQ(next->attempt, 2);
    EXPECT_GT(next->fence, lost->fence);
    EXPECT_FALSE(this->queue_->extend(lost->id, lost->fence, this->lease));
    EXPECT_FALSE(this->queue_->finish(lost->id, lost->fence));
    EXPECT_FALSE(this->queue_->fail(lost->id, lost->fence, Milliseconds(0), "late"));
    EXPECT_FALSE(this->queue_->give_back(lost->id, lost->fence));
    EXPECT_FALSE(this->queue_->bury(lost->id, lost->fence));
    EXPECT_TRUE(this->queue_->finish(next->id, next->fence));
}

TYPED_TEST_P(JobQueueContract, AnExtendedLeaseHolds) {
    this->queue_->enqueue(this->job(1));
    const auto job = this->claim();
    for (int time = 0; time < 3; ++time) {
        this->backend_.clock.advance(this->lease - Milliseconds(1));
        EXPECT_TRUE(this->queue_->extend(job->id, job->fence, this->lease));
    }
    EXPECT_FALSE(this->claim());
    this->backend_.clock.advance(this->lease);
    EXPECT_TRUE(this->queue_->finish(job->id, job->fence)) << "a lease that is over but not taken still counts";
}

TYPED_TEST_P(JobQueueContract, AFailedJobIsTriedAgainAfterAWhile) {
    this->queue_->enqueue(this->job(1));
    const auto job = this->claim();
    EXPECT_TRUE(this->queue_->fail(job->id, job->fence, Milliseconds(500), "no provider"));
    EXPECT_FALSE(this->queue_->finish(job->id, job->fence));
    EXPECT_FALSE(this->claim());
    this->backend_.clock.advance(Milliseconds(500));
    EXPECT_EQ(this->claim()->attempt, 2);
}

TYPED_TEST_P(JobQueueContract, AfterItsAttemptsAJobIsGivenUpSettledAndBuried) {
    this->queue_->enqueue(this->job(1));
    this->use_up_attempts();
    const auto given_up = this->claim();
    ASSERT_TRUE(given_up);
    EXPECT_EQ(given_up->given_up_because, "reason 3");
    EXPECT_FALSE(this->claim());
    EXPECT_TRUE(this->queue_->bury(given_up->id, given_up->fence));
    EXPECT_FALSE(this->claim());
    EXPECT_FALSE(this->queue_->enqueue(this->job(1)));
    const BuriedJob expected{.id = this->id(1),
                             .kind = "tryon",
                             .payload = "payload 1",
                             .reason = "reason 3",
                             .at = this->backend_.clock.now()};
    EXPECT_EQ(this->queue_->buried(10), std::vector{expected});
}

TYPED_TEST_P(JobQueueContract, AJobThatKillsItsWorkersIsGivenUpToo) {
    this->queue_->enqueue(this->job(1));
    for (int loss = 1; loss <= JobQueue::loss_limit; ++loss) {
        EXPECT_EQ(this->claim()->given_up_because, std::nullopt);
        this->backend_.clock.advance(this->lease);
    }
    const auto given_up = this->claim();
    ASSERT_TRUE(given_up && given_up->given_up_because);
    EXPECT_FALSE(given_up->given_up_because->empty());
}

TYPED_TEST_P(JobQueueContract, ALostWorkerIsNoFailedAttempt) {
    this->queue_->enqueue(this->job(1));
    for (int loss = 1; loss < JobQueue::loss_limit; ++loss) {
        EXPECT_TRUE(this->claim());
        this->backend_.clock.advance(this->lease);
    }
    this->use_up_attempts();
    EXPECT_EQ(this->claim()->given_up_because, "reason " + std::to_string(2 + JobQueue::loss_limit));
}

TYPED_TEST_P(JobQueueContract, AGivenUpJobIsSettledAgainWhenThatFailsButNotForEver) {
    this->queue_->enqueue(this->job(1));
    this->use_up_attempts();
    int settled = 0;
    for (; settled < 100; ++settled) {
        const auto job = this->claim();
        if (!job) break;
        EXPECT_EQ(job->given_up_because, "reason 3");
        this->queue_->fail(job->id, job->fence, Milliseconds(0), "the store is away");
    }
    EXPECT_GT(settled, 3);
    EXPECT_LT(settled, 100);
    EXPECT_EQ(this->queue_->buried(10).size(), 1U);
}

TYPED_TEST_P(JobQueueContract, GivingBackIsNoAttempt) {
    this->queue_->enqueue(this->job(1));
    for (int time = 0; time < 5; ++time) {
        const auto job = this->claim();
        ASSERT_TRUE(job);
        EXPECT_EQ(job->attempt, 1);
        EXPECT_TRUE(this->queue_->give_back(job->id, job->fence));
    }
}

TYPED_TEST_P(JobQueueContract, AJobWaitsForABackEndThatIsAwayWithoutCountingAttempts) {
    this->queue_->enqueue(this->job(1));
    for (int time = 0; time < 3 * JobQueue::attempt_limit; ++time) {
        const auto job = this->claim();
        ASSERT_TRUE(job) << time;
        EXPECT_EQ(job->attempt, 1);
        EXPECT_EQ(job->given_up_because, std::nullopt);
        EXPECT_TRUE(this->queue_->postpone(job->id, job->fence, Milliseconds(500), "the store is away"));
        EXPECT_FALSE(this->queue_->postpone(job->id, job->fence, Milliseconds(500), "the store is away"));
        EXPECT_FALSE(this->claim()) << "it waits for half a second";
        this->backend_.clock.advance(Milliseconds(500));
    }
    this->use_up_attempts();
    EXPECT_EQ(this->claim()->given_up_because, "reason 3") << "what fails for other reasons is counted";
}

TYPED_TEST_P(JobQueueContract, AJobDoesNotWaitForABackEndForEver) {
    this->queue_->enqueue(this->job(1));
    auto job = this->claim();
    this->queue_->postpone(job->id, job->fence, Milliseconds(0), "the store is away");
    this->backend_.clock.advance(JobQueue::away_limit);
    for (int attempt = 1; attempt <= JobQueue::attempt_limit; ++attempt) {
        job = this->claim();
        ASSERT_TRUE(job && !job->given_up_because) << attempt;
        EXPECT_EQ(job->attempt, attempt);
        EXPECT_TRUE(this->queue_->postpone(job->id, job->fence, Milliseconds(0), "the store is away"));
    }
    job = this->claim();
    EXPECT_EQ(job->given_up_because, "the store is away");
    EXPECT_TRUE(this->queue_->postpone(job->id, job->fence, Milliseconds(0), "again")) << "it could not be settled";
    EXPECT_EQ(this->claim()->given_up_because, "the store is away");
}

TYPED_TEST_P(JobQueueContract, ACancelledJobIsGoneAndItsWorkerLearnsIt) {
    this->queue_->enqueue(this->job(1));
    const auto job = this->claim();
    EXPECT_TRUE(this->queue_->cancel(job->id));
    EXPECT_FALSE(this->queue_->cancel(job->id));
    EXPECT_FALSE(this->queue_->extend(job->id, job->fence, this->lease));
    this->queue_->enqueue(this->job(1));
    const auto anew = this->claim();
    EXPECT_GT(anew->fence, job->fence);
    EXPECT_FALSE(this->queue_->finish(job->id, job->fence));
}

TYPED_TEST_P(JobQueueContract, DepthCountsByState) {
    for (std::uint32_t number = 1; number <= 4; ++number) this->queue_->enqueue(this->job(number));
    NewJob later = this->job(5);
    later.not_before = this->backend_.clock.now() + Milliseconds(60'000);
    this->queue_->enqueue(later);
    const auto first = this->claim();
    this->queue_->bury(first->id, first->fence);
    this->claim();
    EXPECT_EQ(this->queue_->depth(), (QueueDepth{.waiting = 3, .running = 1, .buried = 1}));
    this->backend_.clock.advance(this->lease);
    EXPECT_EQ(this->queue_->depth(), (QueueDepth{.waiting = 4, .running = 0, .buried = 1}));
}

TYPED_TEST_P(JobQueueContract, TellsSinceWhenTheOldestJobWaits) {
    EXPECT_EQ(this->queue_->oldest_waiting(), std::nullopt);
    const Timestamp first = this->backend_.clock.now();
    this->queue_->enqueue(this->job(1));
    this->backend_.clock.advance(Milliseconds(7000));
    this->queue_->enqueue(this->job(2));
    EXPECT_EQ(this->queue_->oldest_waiting(), first);
    const auto job = this->claim();
    EXPECT_EQ(this->queue_->oldest_waiting(), first + Milliseconds(7000));
    this->queue_->give_back(job->id, job->fence);
    EXPECT_EQ(this->queue_->oldest_waiting(), first);
}

TYPED_TEST_P(JobQueueContract, LongReasonsAreCutAndLargePayloadsRefused) {
    NewJob large = this->job(1);
    large.payload.assign(JobQueue::payload_limit + 1, 'x');
    EXPECT_THROW(this->queue_->enqueue(large), std::invalid_argument);
    this->queue_->enqueue(this->job(1));
    for (int attempt = 0; attempt < JobQueue::attempt_limit; ++attempt) {
        const auto job = this->claim();
        this->queue_->fail(job->id, job->fence, Milliseconds(0), std::string(5000, 'r'));
    }
    EXPECT_EQ(this->claim()->given_up_because, std::string(JobQueue::reason_limit, 'r'));
}

TYPED_TEST_P(JobQueueContract, AcceptingAJobIsPublished) {
    int published = 0;
    const auto subscription = this->backend_.bus->subscribe(work_topic, [&] { ++published; });
    this->queue_->enqueue(this->job(1));
    EXPECT_EQ(published, 1);
}

TYPED_TEST_P(JobQueueContract, OfManyWorkersEachJobGoesToOne) {
    constexpr std::uint32_t jobs = 60;
    for (std::uint32_t number = 1; number <= jobs; ++number) this->queue_->enqueue(this->job(number));
    std::mutex lock;
    std::multiset<JobId> claimed;
    std::vector<std::thread> workers;
    for (int worker = 0; worker < 4; ++worker) {
        workers.emplace_back([&] {
            while (const auto job = this->claim()) {
                const std::lock_guard guard(lock);
                claimed.insert(job->id);
            }
        });
    }
    for (std::thread& worker : workers) worker.join();
    EXPECT_EQ(claimed.size(), jobs);
    EXPECT_EQ(std::set<JobId>(claimed.begin(), claimed.end()).size(), jobs);
}

REGISTER_TYPED_TEST_SUITE_P(JobQueueContract, AJobIsDoneOnce, TheSameJobIsAcceptedOnceWhateverItsState,
                            HigherPriorityGoesFirstThenTheOlder, OnlyTheKindsAskedForAreClaimed,
                            JobsBelowTheLeastPriorityAreLeft, AShopperGoesBeforeFiveThousandOfABatch,
                            OfSeveralKindsTheOlderJobGoesFirst, AJobWaitsForItsTime,
                            ALostWorkersJobGoesToAnotherWithAHigherFence, AnExtendedLeaseHolds,
                            AFailedJobIsTriedAgainAfterAWhile, AfterItsAttemptsAJobIsGivenUpSettledAndBuried,
                            AJobThatKillsItsWorkersIsGivenUpToo, ALostWorkerIsNoFailedAttempt,
                            AGivenUpJobIsSettledAgainWhenThatFailsButNotForEver, GivingBackIsNoAttempt,
                            AJobWaitsForABackEndThatIsAwayWithoutCountingAttempts, AJobDoesNotWaitForABackEndForEver,
                            ACancelledJobIsGoneAndItsWorkerLearnsIt, DepthCountsByState,
                            TellsSinceWhenTheOldestJobWaits, LongReasonsAreCutAndLargePayloadsRefused,
                            AcceptingAJobIsPublished, OfManyWorkersEachJobGoesToOne);

}  // namespace fitview::jobs
