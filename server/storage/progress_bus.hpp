#pragma once
// Wakes whoever waits for news of something.
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>

namespace fitview::storage {

class RedisClient;

/// Carries no news itself: a listener subscribes, reads the state, waits, and reads again; it also reads every few
/// seconds, since a back end may lose a message. Thread-safe.
class ProgressBus {
public:
    /// Ends the subscription: when its destructor returns, `wake` is not running and is not called again.
    class Subscription {
    public:
        virtual ~Subscription() = default;
    };
    using Wake = std::function<void()>;

    virtual ~ProgressBus() = default;

    /// Calls `wake` for each `publish` of `topic` from now on, on the publisher's thread: it must be quick, must not
    /// throw, and must neither call the bus nor end a subscription. Fails: Unavailable when there are too many
    /// subscriptions.
    virtual std::unique_ptr<Subscription> subscribe(std::string_view topic, Wake wake) = 0;

    /// Wakes the listeners of `topic`. Never waits for one to act. Does nothing when the back end is away.
    virtual void publish(std::string_view topic) = 0;
};

/// Something a thread can wait for; the `wake` of a thread. Thread-safe.
class Wakeup {
public:
    /// Ends one wait, the one that is going on or else the next.
    void notify() {
        const std::lock_guard guard(lock_);
        notified_ = true;
        changed_.notify_all();
    }
    /// Waits for a `notify` since the last wait, at most until `deadline`. Returns whether there was one.
    bool wait_until(std::chrono::steady_clock::time_point deadline) {
        std::unique_lock guard(lock_);
        const bool notified = changed_.wait_until(guard, deadline, [this] { return notified_; });
        notified_ = false;
        return notified;
    }

private:
    std::mutex lock_;
    std::condition_variable changed_;
    bool notified_ = false;
};

/// A bus within this process, for at most `subscription_limit` subscriptions. It must outlive them.
std::unique_ptr<ProgressBus> open_in_process_progress_bus(std::size_t subscription_limit = 20'000);

/// A bus over all processes that use the same database of a Redis, with that limit in each. Listeners of this process
/// are woken also while the server is away. A thread of its own hears the others. `redis` must outlive it.
std::unique_ptr<ProgressBus> open_redis_progress_bus(RedisClient& redis, std::size_t subscription_limit = 20'000);

}  // namespace fitview::storage
