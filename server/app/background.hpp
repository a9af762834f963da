#pragma once
// Small things that are done again and again beside the requests.
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "telemetry/log.hpp"

namespace fitview::app {

struct BackgroundTask {
    std::string name;
    std::chrono::milliseconds every{1000};
    std::function<void()> run;  ///< what it throws is logged; it is called again after the next interval
};

/// One thread that runs the tasks, each at its interval, until the end of the object's life.
class Background {
public:
    /// `log` must outlive it.
    Background(telemetry::Log& log, std::vector<BackgroundTask> tasks);
    ~Background();
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;

private:
    void run();
    void run_task(const BackgroundTask& task);

    telemetry::Log& log_;
    const std::vector<BackgroundTask> tasks_;
    std::mutex mutex_;
    std::condition_variable stop_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace fitview::app
