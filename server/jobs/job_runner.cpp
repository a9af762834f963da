#include "jobs/job_runner.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <list>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "base/failure.hpp"
#include "storage/progress_bus.hpp"
#include "telemetry/log.hpp"

namespace fitview::jobs {
namespace {

constexpr int retry_growth = 4;

struct Running final : JobControl {
    explicit Running(Job claimed) : job(std::move(claimed)) {}
    bool is_lost() const override { return lost; }
    const Job job;
    std::atomic<bool> lost = false;
};

const char* reason_of(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& exception) {
        return exception.what();
    } catch (...) {
        return "an exception of unknown type";
    }
}

bool is_of_a_back_end(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const Unavailable&) {
        return true;
    } catch (...) {
        return false;
    }
}

}  // namespace

struct JobRunner::Inside {
    Inside(JobQueue& job_queue, storage::ProgressBus& bus, telemetry::Log& runner_log,
           std::vector<JobHandler> job_handlers, RunnerSettings runner_settings)
        : queue(job_queue), log(runner_log), handlers(std::move(job_handlers)), settings(runner_settings) {
        if (handlers.empty() || settings.interactive_threads < 0 || settings.threads <= settings.interactive_threads)
            throw std::invalid_argument("jobs: a runner needs handlers and threads");
        any.least_priority = JobQueue::any_priority;
        any.threads = settings.threads - settings.interactive_threads;
        interactive.least_priority = interactive_priority;
        interactive.threads = settings.interactive_threads;
        for (const JobHandler& handler : handlers) kinds.push_back(handler.kind);
        subscription = bus.subscribe(work_topic, [this] { wake_one_of_each(); });
        for (Shift* shift : {&any, &interactive}) {
            for (int thread = 0; thread < shift->threads; ++thread)
                threads.emplace_back([this, shift] { work(*shift); });
        }
        threads.emplace_back([this] { keep_leases(); });
    }

    ~Inside() {
        subscription.reset();
        stop();
        for (std::thread& thread : threads) thread.join();
    }

    /// Threads that take the same jobs.
    struct Shift {
        int least_priority = 0;
        int threads = 0;
        int signals = 0;  ///< of work that arrived and woke nobody yet; under the lock
        std::condition_variable work_arrived;
    };

    // Of each: the bus does not say what has arrived.
    void wake_one_of_each() {
        const std::lock_guard guard(lock);
        for (Shift* shift : {&any, &interactive}) {
            shift->signals = std::min(shift->signals + 1, shift->threads);
            shift->work_arrived.notify_one();
        }
    }

    void work(Shift& shift) {
        while (!is_stopping()) {
            try {
                auto job = queue.claim(kinds, settings.lease, shift.least_priority);
                note_queue(true, "");
                // After a back end that was away, as without a job: the next one would find it away too.
                if (job && do_job(*std::move(job)) == Outcome::settled) continue;
            } catch (const std::exception& failure) {
                note_queue(false, failure.what());
            }
            std::unique_lock guard(lock);
            shift.work_arrived.wait_for(guard, settings.poll_every, [&] { return stopping || shift.signals > 0; });
            shift.signals = std::max(shift.signals - 1, 0);
        }
    }

    /// One line when the queue goes and one when it comes, however often it is asked.
    void note_queue(bool is_there, const char* reason) {
        if (queue_is_there.exchange(is_there) == is_there) return;
        if (is_there) {
            log.info("the job queue is back");
        } else {
            log.warning("the job queue is away", {{"reason", reason}});
        }
    }

    enum class Outcome { settled, postponed };

    Outcome do_job(Job claimed) {
        std::list<Running>::iterator entry;
        {
            const std::lock_guard guard(lock);
            entry = running.emplace(running.end(), std::move(claimed));
            // Claimed while `stop` began: nobody would give it back any more.
            if (stopping) entry->lost = true;
        }
        const Job& job = entry->job;
        Outcome outcome = Outcome::settled;
        if (entry->lost) {
            tell_queue([&] { queue.give_back(job.id, job.fence); });
        } else {
            outcome = handle(*entry);
        }
        const std::lock_guard guard(lock);
        running.erase(entry);
        job_ended.notify_all();
        return outcome;
    }

    Outcome handle(Running& entry) {
        const Job& job = entry.job;
        const auto handler = std::find_if(handlers.begin(), handlers.end(),
                                          [&job](const JobHandler& candidate) { return candidate.kind == job.kind; });
        try {
            if (job.given_up_because) {
                log.error("job given up",
                          {{"job_id", job.id.str()}, {"kind", job.kind}, {"reason", *job.given_up_because}});
                handler->give_up(job);
                tell_queue([&] { queue.bury(job.id, job.fence); });
            } else {
                handler->run(job, entry);
                tell_queue([&] { queue.finish(job.id, job.fence); });
            }
        } catch (...) {
            if (!entry.lost) return fail(job, std::current_exception());
        }
        return Outcome::settled;
    }

    Outcome fail(const Job& job, const std::exception_ptr& failure) {
        const std::string reason = reason_of(failure);
        const bool is_away = is_of_a_back_end(failure);
        log.warning(is_away ? "job postponed" : "job failed",
                    {{"job_id", job.id.str()}, {"kind", job.kind}, {"attempt", job.attempt}, {"reason", reason}});
        Milliseconds pause = settings.retry_after;
        if (is_away) {
            tell_queue([&] { queue.postpone(job.id, job.fence, pause, reason); });
            return Outcome::postponed;
        }
        for (int attempt = 1; attempt < std::min(job.attempt, JobQueue::attempt_limit); ++attempt)
            pause *= retry_growth;
        tell_queue([&] { queue.fail(job.id, job.fence, pause, reason); });
        return Outcome::settled;
    }

    /// A queue that is away now learns the outcome from the end of the lease.
    template <class Call>
    void tell_queue(const Call& call) {
        try {
            call();
        } catch (const std::exception& failure) {
            log.warning("the job queue is away", {{"reason", failure.what()}});
        }
    }

    void keep_leases() {
        std::unique_lock guard(lock);
        while (!(stopping && running.empty())) {
            job_ended.wait_for(guard, settings.lease / 3, [this] { return stopping && running.empty(); });
            std::vector<Job> held;
            for (const Running& entry : running) {
                if (!entry.lost) held.push_back(entry.job);
            }
            guard.unlock();  // whoever accepts a job must not wait for the store here
            std::vector<std::int64_t> lost;
            for (const Job& job : held) {
                tell_queue([&] {
                    if (!queue.extend(job.id, job.fence, settings.lease)) lost.push_back(job.fence);
                });
            }
            guard.lock();
            for (Running& entry : running) {
                if (std::find(lost.begin(), lost.end(), entry.job.fence) != lost.end()) entry.lost = true;
            }
        }
    }

    bool is_stopping() {
        const std::lock_guard guard(lock);
        return stopping;
    }

    bool stop() {
        std::unique_lock guard(lock);
        stopping = true;
        any.work_arrived.notify_all();
        interactive.work_arrived.notify_all();
        job_ended.notify_all();
        if (job_ended.wait_for(guard, settings.stop_within, [this] { return running.empty(); })) return true;
        for (Running& entry : running) {
            if (entry.lost.exchange(true)) continue;
            tell_queue([&] { queue.give_back(entry.job.id, entry.job.fence); });
        }
        return false;
    }

    JobQueue& queue;
    telemetry::Log& log;
    const std::vector<JobHandler> handlers;
    const RunnerSettings settings;
    std::vector<std::string> kinds;

    std::atomic<bool> queue_is_there = true;

    std::mutex lock;  ///< of what follows
    Shift any;
    Shift interactive;
    std::condition_variable job_ended;
    bool stopping = false;
    std::list<Running> running;

    std::unique_ptr<storage::ProgressBus::Subscription> subscription;
    std::vector<std::thread> threads;
};

JobRunner::JobRunner(JobQueue& queue, storage::ProgressBus& bus, telemetry::Log& log, std::vector<JobHandler> handlers,
                     RunnerSettings settings)
    : inside_(std::make_unique<Inside>(queue, bus, log, std::move(handlers), settings)) {}
JobRunner::~JobRunner() = default;
bool JobRunner::stop() {
    return inside_->stop();
}

}  // namespace fitview::jobs
