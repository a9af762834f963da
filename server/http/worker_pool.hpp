#pragma once
// A bounded queue in front of some threads.
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace fitview::http {

/// Runs tasks in the order they came, on threads of its own. Thread-safe. Tasks must not throw.
/// The destructor runs what is queued and joins.
class WorkerPool {
public:
    WorkerPool(std::size_t threads, std::size_t queue_max);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Queues a task, or returns false when the queue is full.
    bool try_post(std::function<void()> task);
    /// Queues a task that belongs to a call already taken in: it is never refused, so the number of calls bounds it.
    void post(std::function<void()> task);
    /// How many tasks wait.
    std::size_t depth() const;

private:
    void work();

    const std::size_t queue_max_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> tasks_;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace fitview::http
