#include "jobs/run_waiting.hpp"

#include <chrono>
#include <future>
#include <thread>

namespace fitview::jobs {

int run_waiting(JobQueue& queue, const JobHandler& handler) {
    class Undisturbed final : public JobControl {
        bool is_lost() const override { return false; }
    };
    const auto work = [&] {
        const Undisturbed control;
        int done = 0;
        while (const auto job = queue.claim({handler.kind}, std::chrono::minutes(1), JobQueue::any_priority)) {
            handler.run(*job, control);
            queue.finish(job->id, job->fence);
            ++done;
        }
        return done;
    };
    std::vector<std::future<int>> others;
    for (unsigned at = 1; at < std::thread::hardware_concurrency(); ++at)
        others.push_back(std::async(std::launch::async, work));
    int done = work();
    for (auto& other : others) done += other.get();
    return done;
}

}  // namespace fitview::jobs
