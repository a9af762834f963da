#include "app/background.hpp"

#include <algorithm>

namespace fitview::app {

using SteadyTime = std::chrono::steady_clock::time_point;

Background::Background(telemetry::Log& log, std::vector<BackgroundTask> tasks)
    : log_(log), tasks_(std::move(tasks)), thread_([this] { run(); }) {}

Background::~Background() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    stop_.notify_all();
    thread_.join();
}

void Background::run() {
    std::vector<SteadyTime> due(tasks_.size(), std::chrono::steady_clock::now());
    for (;;) {
        for (std::size_t at = 0; at < tasks_.size(); ++at) {
            if (std::chrono::steady_clock::now() < due[at]) continue;
            run_task(tasks_[at]);
            due[at] = std::chrono::steady_clock::now() + tasks_[at].every;
        }
        const SteadyTime next = *std::min_element(due.begin(), due.end());
        std::unique_lock lock(mutex_);
        if (stop_.wait_until(lock, next, [this] { return stopping_; })) return;
    }
}

void Background::run_task(const BackgroundTask& task) {
    try {
        task.run();
    } catch (const std::exception& error) {
        log_.warning("a background task failed", {{"task", task.name}, {"reason", error.what()}});
    }
}

}  // namespace fitview::app
