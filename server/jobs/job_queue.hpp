#pragma once
// Work that is not lost: accepted once, done by somebody, given up with a reason.
#include <boost/describe/class.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"

namespace fitview::storage {
class SqliteDatabase;
class ProgressBus;
}  // namespace fitview::storage

namespace fitview::jobs {

/// The topic of storage::ProgressBus under which queues say that there is work.
inline constexpr const char* work_topic = "jobs";

struct NewJob {
    JobId id;              ///< whoever asks for the same work again uses the same id
    std::string kind;      ///< picks the handler: `tryon`, `analyse_picture`
    std::string payload;   ///< ids only, no personal data; at most `JobQueue::payload_limit` bytes
    int priority = 0;      ///< higher goes first
    Timestamp not_before;  ///< 1970 for at once
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
/// again. After `attempt_limit` claims that failed or died it is given up. Handlers may see a job twice and must cope.
///
/// Thread-safe; blocks; `enqueue` and `cancel` join a unit of work. Fails: Unavailable.
class JobQueue {
public:
    static constexpr int attempt_limit = 3;
    static constexpr std::size_t payload_limit = 4096;
    static constexpr std::size_t reason_limit = 500;

    virtual ~JobQueue() = default;

    /// Accepts a job, durably. Returns false when one of that id is there, in whatever state.
    virtual bool enqueue(const NewJob& job) = 0;

    /// Takes the claimable job of one of `kinds` with the highest priority, of those the one accepted first, for
    /// `lease` from now. Nothing when there is none.
    virtual std::optional<Job> claim(const std::vector<std::string>& kinds, Milliseconds lease) = 0;

    /// Each of the following acts for the claim with `fence` and returns false, changing nothing, when that claim is
    /// over: the job went to another worker or was cancelled. A lease that is over but not taken still counts.

    /// Holds the job for `lease` from now.
    virtual bool extend(const JobId& id, std::int64_t fence, Milliseconds lease) = 0;
    /// The work is done: the job is forgotten.
    virtual bool finish(const JobId& id, std::int64_t fence) = 0;
    /// The attempt failed: claimable again after `retry_after`; after the last attempt given up because of `reason`
    /// (cut to `reason_limit` bytes, for the log).
    virtual bool fail(const JobId& id, std::int64_t fence, Milliseconds retry_after, const std::string& reason) = 0;
    /// The attempt did not happen (the worker stops): claimable again at once, and not counted.
    virtual bool give_back(const JobId& id, std::int64_t fence) = 0;
    /// A given-up job was settled: kept for the operator, never claimed again.
    virtual bool bury(const JobId& id, std::int64_t fence) = 0;

    /// Forgets the job, whatever its state; a worker learns it from `extend`. Returns whether there was one.
    virtual bool cancel(const JobId& id) = 0;

    virtual QueueDepth depth() = 0;
    /// Buried jobs, the latest first, at most `limit` (1 to 1000).
    virtual std::vector<BuriedJob> buried(int limit) = 0;
};

/// Opens the queue inside `database`; publishes `work_topic` on `bus` after each accepted job. All must outlive it.
std::unique_ptr<JobQueue> open_sqlite_job_queue(storage::SqliteDatabase& database, storage::ProgressBus& bus,
                                                const Clock& clock);

}  // namespace fitview::jobs
