#pragma once
// Work that is not lost: accepted once, done by somebody, given up with a reason.
#include <boost/describe/class.hpp>

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"

namespace fitview::storage {
class SqliteDatabase;
class RedisClient;
class ProgressBus;
class UnitOfWork;
}  // namespace fitview::storage

namespace fitview::telemetry {
class Log;
}

namespace fitview::jobs {

/// The topic of storage::ProgressBus under which queues say that there is work.
inline constexpr const char* work_topic = "jobs";

/// Priorities: whoever waits for the answer goes before what may take its time.
inline constexpr int interactive_priority = 0;
inline constexpr int batch_priority = -1;

struct NewJob {
    JobId id;                             ///< whoever asks for the same work again uses the same id
    std::string kind;                     ///< picks the handler: `tryon`, `analyse_picture`
    std::string payload;                  ///< ids only, no personal data; at most `JobQueue::payload_limit` bytes
    int priority = interactive_priority;  ///< higher goes first
    Timestamp not_before;                 ///< 1970 for at once
};

/// A job in the hands of a worker.
struct Job {
    JobId id;
    std::string kind;
    std::string payload;
    int attempt = 0;         ///< 1 the first time
    std::int64_t fence = 0;  ///< proof of this claim; higher than that of every earlier claim of the job
    Timestamp lease_until;
    /// Set when all attempts failed: the worker does not try again but settles the matter (marks the session failed)
    /// and calls `bury`.
    std::optional<std::string> given_up_because;
};

/// A job nobody tries again.
struct BuriedJob {
    JobId id;
    std::string kind;
    std::string payload;
    std::string reason;
    Timestamp at;
    bool operator==(const BuriedJob&) const = default;
};
BOOST_DESCRIBE_STRUCT(BuriedJob, (), (id, kind, payload, reason, at))

struct QueueDepth {
    std::int64_t waiting = 0;  ///< claimable now or later
    std::int64_t running = 0;  ///< under a lease that is not over
    std::int64_t buried = 0;
    bool operator==(const QueueDepth&) const = default;
};

/// A durable queue. A job is done when `finish` says so; a worker that dies loses its lease and the job is claimable
/// again. After `attempt_limit` claims that failed, or `loss_limit` whose worker died, it is given up; while a back end
/// it needs is away it waits. Handlers may see a job twice and must cope.
///
/// Thread-safe; blocks. A queue inside a store's database joins its units of work; `open_queue_beside_store` makes one
/// that is elsewhere safe to call within them. Fails: Unavailable.
class JobQueue {
public:
    static constexpr int attempt_limit = 3;
    static constexpr int loss_limit = 8;  ///< workers that may die over one job: mostly it is not the job's fault
    static constexpr Milliseconds away_limit = std::chrono::minutes(10);
    static constexpr std::size_t payload_limit = 4096;
    static constexpr std::size_t reason_limit = 500;
    static constexpr int any_priority = std::numeric_limits<int>::min();

    virtual ~JobQueue() = default;

    /// Accepts a job, as durably as the back end keeps anything. Returns false when one of that id is there, in
    /// whatever state.
    virtual bool enqueue(const NewJob& job) = 0;

    /// Takes the claimable job of one of `kinds` with the highest priority, `least_priority` or above, of those the one
    /// accepted first, for `lease` from now. (One that was tried before may stand behind those accepted meanwhile.)
    /// Nothing when there is none.
    virtual std::optional<Job> claim(const std::vector<std::string>& kinds, Milliseconds lease, int least_priority) = 0;

    /// Each of the following acts for the claim with `fence` and returns false, changing nothing, when that claim is
    /// over: the job went to another worker or was cancelled. A lease that is over but not taken still counts.

    /// Holds the job for `lease` from now.
    virtual bool extend(const JobId& id, std::int64_t fence, Milliseconds lease) = 0;
    /// The work is done: the job is forgotten.
    virtual bool finish(const JobId& id, std::int64_t fence) = 0;
    /// The attempt failed: claimable again after `retry_after`; after the last attempt given up because of `reason`
    /// (cut to `reason_limit` bytes, for the log).
    virtual bool fail(const JobId& id, std::int64_t fence, Milliseconds retry_after, const std::string& reason) = 0;
    /// The attempt could not happen, since a back end was away: claimable again after `retry_after` and not counted.
    /// For `away_limit` from the first time on; then as `fail`, so that no job waits for ever.
    virtual bool postpone(const JobId& id, std::int64_t fence, Milliseconds retry_after, const std::string& reason) = 0;
    /// The attempt did not happen (the worker stops): claimable again at once, and not counted.
    virtual bool give_back(const JobId& id, std::int64_t fence) = 0;
    /// A given-up job was settled: kept for the operator, never claimed again.
    virtual bool bury(const JobId& id, std::int64_t fence) = 0;

    /// Forgets the job, whatever its state; a worker learns it from `extend`. Returns whether there was one.
    virtual bool cancel(const JobId& id) = 0;

    virtual QueueDepth depth() = 0;
    /// When the job that waits longest was accepted; nothing when none waits.
    virtual std::optional<Timestamp> oldest_waiting() = 0;
    /// Buried jobs, the latest first, at most `limit` (1 to 1000).
    virtual std::vector<BuriedJob> buried(int limit) = 0;

    /// Whether the back end came back empty since this was asked last, so that accepted jobs may be missing: whoever
    /// keeps what they are about enqueues it again. The first call says so of a queue that was never used.
    virtual bool was_emptied() = 0;
};

/// Opens the queue inside `database`; publishes `work_topic` on `bus` after each accepted job. All must outlive it.
std::unique_ptr<JobQueue> open_sqlite_job_queue(storage::SqliteDatabase& database, storage::ProgressBus& bus,
                                                const Clock& clock);

/// Opens the queue inside a Redis (streams with a consumer group), shared by all nodes that use the same database of
/// it. Leases run by the server's time; a `clock`, for tests, takes its place. What Redis keeps may be lost with it:
/// `was_emptied` says so. Publishes like the other. All must outlive it.
std::unique_ptr<JobQueue> open_redis_job_queue(storage::RedisClient& redis, storage::ProgressBus& bus,
                                               const Clock* clock = nullptr);

/// `queue`, which is not inside the store's database, for callers that are: within a unit of work `enqueue` and
/// `cancel` happen after it is committed, and count as done. While the queue is away they are left out (a line in the
/// log says so) and nothing is thrown: the store knows what is to be done, and `was_emptied` says once that something
/// is missing, as soon as the queue is back. Everything else goes to `queue` as it is. All must outlive it.
std::unique_ptr<JobQueue> open_queue_beside_store(JobQueue& queue, storage::UnitOfWork& unit_of_work,
                                                  telemetry::Log& log);

}  // namespace fitview::jobs
