#pragma once
// Threads that do the jobs of a queue.
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "jobs/job_queue.hpp"

namespace fitview::telemetry {
class Log;
}

namespace fitview::jobs {

/// What a running handler can ask. Thread-safe.
class JobControl {
public:
    virtual ~JobControl() = default;
    /// Whether the work is not wanted any more: the job was cancelled or another worker has it. Ask between stages,
    /// then return or throw anything.
    virtual bool is_lost() const = 0;
};

/// How one kind of job is done. The functions run on the runner's threads, several at once.
struct JobHandler {
    std::string kind;
    /// Does the work. Returning means done. An exception fails the attempt; its what() becomes the reason, for the log.
    /// Unavailable only postpones it (JobQueue::postpone).
    std::function<void(const Job&, const JobControl&)> run;
    /// Settles a job whose attempts all failed. An exception means: again later.
    std::function<void(const Job&)> give_up;
};

struct RunnerSettings {
    int threads = 1;              ///< jobs done at once
    int interactive_threads = 0;  ///< of them, so many take no job of a batch: whoever waits never waits for one
    Milliseconds lease{
        10'000};  ///< extended every third of it while a handler runs; what a killed process held waits so long
    Milliseconds poll_every{1'000};   ///< how often to look without being woken
    Milliseconds retry_after{2'000};  ///< after the first failure, each further one waits four times as long; and after
                                      ///< each try that found a back end away
    Milliseconds stop_within{20'000};  ///< how long `stop` waits for running handlers
};

/// Claims jobs of the handlers' kinds and does them. Starts at once.
class JobRunner {
public:
    /// The references must outlive the runner. At least one handler, and one thread that takes every job.
    JobRunner(JobQueue& queue, storage::ProgressBus& bus, telemetry::Log& log, std::vector<JobHandler> handlers,
              RunnerSettings settings);
    /// Stops, and waits for running handlers to the end.
    ~JobRunner();
    JobRunner(const JobRunner&) = delete;
    JobRunner& operator=(const JobRunner&) = delete;

    /// Claims nothing more and waits for running handlers, at most `stop_within`; then gives their jobs back to the
    /// queue, so that another process can go on with them. Returns whether all had finished. May be called again.
    bool stop();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace fitview::jobs
