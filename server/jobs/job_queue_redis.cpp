#include <mutex>
#include <stdexcept>

#include "base/id_source.hpp"
#include "jobs/job_queue.hpp"
#include "jobs/job_queue_redis_scripts.hpp"
#include "storage/progress_bus.hpp"
#include "storage/redis/redis_client.hpp"
#include "storage/redis/redis_time.hpp"

namespace fitview::jobs {
namespace {

using storage::RedisReply;
using storage::RedisScript;

/// A given-up job that cannot be settled either is buried after so many more claims, rather than tried for ever.
constexpr int settle_limit = 20;
constexpr int buried_limit = 10'000;
constexpr int list_limit = 1000;
constexpr std::size_t name_bytes = 9;
constexpr Milliseconds forget_workers_after = std::chrono::hours(1);

RedisScript script(const std::string& text) {
    return RedisScript(std::string(storage::redis_now_of) + redis_scripts::common + text);
}
RedisScript script_for_claim(const std::string& text) {
    return script(redis_scripts::for_claim + text);
}

const RedisScript enqueue_script = script(redis_scripts::enqueue);
const RedisScript claim_script = script(redis_scripts::claim);
const RedisScript extend_script = script_for_claim(redis_scripts::extend);
const RedisScript finish_script = script_for_claim(redis_scripts::finish);
const RedisScript fail_script = script_for_claim(redis_scripts::fail);
const RedisScript postpone_script = script_for_claim(std::string(redis_scripts::postpone) + redis_scripts::fail);
const RedisScript give_back_script = script_for_claim(redis_scripts::give_back);
const RedisScript bury_script = script_for_claim(redis_scripts::bury);
const RedisScript cancel_script = script(redis_scripts::cancel);
const RedisScript depth_script = script(redis_scripts::depth);
const RedisScript buried_script = script(redis_scripts::buried);
const RedisScript born_script = script(redis_scripts::born);
const RedisScript forget_workers_script = script(redis_scripts::forget_workers);

JobId id_of(const RedisReply& reply) {
    const auto id = JobId::check(reply.text);
    if (!id) throw Unavailable("redis: a job's id is none");
    return *id;
}

class RedisJobQueue final : public JobQueue {
public:
    RedisJobQueue(storage::RedisClient& redis, storage::ProgressBus& bus, const Clock* clock)
        : redis_(redis), bus_(bus), clock_(clock), worker_(random_token(name_bytes)) {
        try {
            run(forget_workers_script, {std::to_string(forget_workers_after.count())});
        } catch (const Unavailable&) {  // the names of dead workers can wait for another start
        }
    }

    bool enqueue(const NewJob& job) override {
        if (job.payload.size() > payload_limit) throw std::invalid_argument("jobs: a payload is too large");
        const bool added = run(enqueue_script, {job.id.str(), job.kind, job.payload, std::to_string(job.priority),
                                                std::to_string(job.not_before.milliseconds()), now()})
                               .integer == 1;
        if (added) bus_.publish(work_topic);
        return added;
    }

    std::optional<Job> claim(const std::vector<std::string>& kinds, Milliseconds lease, int least_priority) override {
        std::vector<std::string> arguments{now(),
                                           std::to_string(lease.count()),
                                           std::to_string(least_priority),
                                           worker_,
                                           std::to_string(loss_limit),
                                           std::to_string(attempt_limit + loss_limit + settle_limit),
                                           std::to_string(buried_limit)};
        arguments.insert(arguments.end(), kinds.begin(), kinds.end());
        const RedisReply reply = run(claim_script, arguments);
        if (reply.is_nothing()) return std::nullopt;
        const std::vector<RedisReply>& values = reply.items;
        Job job{.id = id_of(values.at(0)),
                .kind = values.at(1).text,
                .payload = values.at(2).text,
                .attempt = static_cast<int>(values.at(3).integer),
                .fence = values.at(4).integer,
                .lease_until = Timestamp::from_milliseconds(values.at(7).integer),
                .given_up_because = {}};
        if (values.at(5).text == "1") job.given_up_because = values.at(6).text;
        return job;
    }

    bool extend(const JobId& id, std::int64_t fence, Milliseconds lease) override {
        return act(extend_script, id, fence, {std::to_string(lease.count())});
    }

    bool finish(const JobId& id, std::int64_t fence) override { return act(finish_script, id, fence, {}); }

    bool fail(const JobId& id, std::int64_t fence, Milliseconds retry_after, const std::string& reason) override {
        return act(
            fail_script, id, fence,
            {std::to_string(retry_after.count()), reason.substr(0, reason_limit), std::to_string(attempt_limit)});
    }

    bool postpone(const JobId& id, std::int64_t fence, Milliseconds retry_after, const std::string& reason) override {
        return act(postpone_script, id, fence,
                   {std::to_string(retry_after.count()), reason.substr(0, reason_limit), std::to_string(attempt_limit),
                    std::to_string(away_limit.count())});
    }

    bool give_back(const JobId& id, std::int64_t fence) override { return act(give_back_script, id, fence, {}); }

    bool bury(const JobId& id, std::int64_t fence) override {
        return act(bury_script, id, fence, {std::to_string(buried_limit)});
    }

    bool cancel(const JobId& id) override { return run(cancel_script, {id.str()}).integer == 1; }

    QueueDepth depth() override {
        const RedisReply reply = run(depth_script, {now()});
        return {.waiting = reply.items.at(0).integer,
                .running = reply.items.at(1).integer,
                .buried = reply.items.at(2).integer};
    }

    std::optional<Timestamp> oldest_waiting() override {
        const std::int64_t accepted = run(depth_script, {now()}).items.at(3).integer;
        if (accepted < 0) return std::nullopt;
        return Timestamp::from_milliseconds(accepted);
    }

    std::vector<BuriedJob> buried(int limit) override {
        if (limit < 1 || limit > list_limit) throw std::invalid_argument("jobs: limit out of range");
        std::vector<BuriedJob> found;
        for (const RedisReply& job : run(buried_script, {std::to_string(limit)}).items) {
            found.push_back({.id = id_of(job.items.at(0)),
                             .kind = job.items.at(1).text,
                             .payload = job.items.at(2).text,
                             .reason = job.items.at(3).text,
                             .at = Timestamp::from_milliseconds(std::stoll(job.items.at(4).text))});
        }
        return found;
    }

    bool was_emptied() override {
        const std::string fresh = random_token(name_bytes);
        const std::string token = run(born_script, {fresh}).text;
        const std::lock_guard guard(lock_);
        const bool emptied = token == fresh || (!born_.empty() && token != born_);
        born_ = token;
        return emptied;
    }

private:
    RedisReply run(const RedisScript& script, const std::vector<std::string>& arguments) {
        return redis_.run(script, {"{jobs}"}, arguments);
    }

    bool act(const RedisScript& script, const JobId& id, std::int64_t fence, const std::vector<std::string>& more) {
        std::vector<std::string> arguments{id.str(), std::to_string(fence), now()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(script, arguments).integer == 1;
    }

    std::string now() const { return storage::redis_time_argument(clock_); }

    storage::RedisClient& redis_;
    storage::ProgressBus& bus_;
    const Clock* clock_;
    const std::string worker_;
    std::mutex lock_;
    std::string born_;  ///< the token of the database as it was seen last
};

}  // namespace

std::unique_ptr<JobQueue> open_redis_job_queue(storage::RedisClient& redis, storage::ProgressBus& bus,
                                               const Clock* clock) {
    return std::make_unique<RedisJobQueue>(redis, bus, clock);
}

}  // namespace fitview::jobs
