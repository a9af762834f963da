#include <atomic>

#include "base/failure.hpp"
#include "jobs/job_queue.hpp"
#include "storage/unit_of_work.hpp"
#include "telemetry/log.hpp"

namespace fitview::jobs {
namespace {

class QueueBesideStore final : public JobQueue {
public:
    QueueBesideStore(JobQueue& queue, storage::UnitOfWork& unit_of_work, telemetry::Log& log)
        : queue_(queue), unit_of_work_(unit_of_work), log_(log) {}

    bool enqueue(const NewJob& job) override {
        return tell(job.id, "a job was not enqueued", [&queue = queue_, job] { return queue.enqueue(job); });
    }
    bool cancel(const JobId& id) override {
        return tell(id, "a job was not cancelled", [&queue = queue_, id] { return queue.cancel(id); });
    }

    std::optional<Job> claim(const std::vector<std::string>& kinds, Milliseconds lease, int least_priority) override {
        return queue_.claim(kinds, lease, least_priority);
    }
    bool extend(const JobId& id, std::int64_t fence, Milliseconds lease) override {
        return queue_.extend(id, fence, lease);
    }
    bool finish(const JobId& id, std::int64_t fence) override { return queue_.finish(id, fence); }
    bool fail(const JobId& id, std::int64_t fence, Milliseconds retry_after, const std::string& reason) override {
        return queue_.fail(id, fence, retry_after, reason);
    }
    bool postpone(const JobId& id, std::int64_t fence, Milliseconds retry_after, const std::string& reason) override {
        return queue_.postpone(id, fence, retry_after, reason);
    }
    bool give_back(const JobId& id, std::int64_t fence) override { return queue_.give_back(id, fence); }
    bool bury(const JobId& id, std::int64_t fence) override { return queue_.bury(id, fence); }
    QueueDepth depth() override { return queue_.depth(); }
    std::optional<Timestamp> oldest_waiting() override { return queue_.oldest_waiting(); }
    std::vector<BuriedJob> buried(int limit) override { return queue_.buried(limit); }
    bool was_emptied() override {
        const bool emptied = queue_.was_emptied();  // first: while the queue is away, what was left out is remembered
        return left_out_.exchange(false) || emptied;
    }

private:
    /// Calls once the unit of work the thread is in is committed; the answer is that of `call` when that is now.
    template <class Call>
    bool tell(const JobId& id, const char* fault, Call call) {
        const auto answer = std::make_shared<bool>(true);
        unit_of_work_.after_commit([this, id, fault, call = std::move(call), answer] {
            try {
                *answer = call();
            } catch (const std::exception& failure) {
                *answer = false;
                left_out_ = true;
                log_.warning(fault, {{"job_id", id.str()}, {"reason", failure.what()}});
            }
        });
        return *answer;
    }

    JobQueue& queue_;
    storage::UnitOfWork& unit_of_work_;
    telemetry::Log& log_;
    std::atomic<bool> left_out_ = false;
};

}  // namespace

std::unique_ptr<JobQueue> open_queue_beside_store(JobQueue& queue, storage::UnitOfWork& unit_of_work,
                                                  telemetry::Log& log) {
    return std::make_unique<QueueBesideStore>(queue, unit_of_work, log);
}

}  // namespace fitview::jobs
