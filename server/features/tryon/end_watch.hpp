#pragma once
// Waits for the ends of many sessions with one thread, so that a waiting POST holds none.
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "storage/progress_bus.hpp"
#include "tryon/tryon.hpp"

namespace fitview::tryon {

/// Thread-safe.
class EndWatch {
public:
    explicit EndWatch(storage::ProgressBus& bus);
    ~EndWatch();
    EndWatch(const EndWatch&) = delete;
    EndWatch& operator=(const EndWatch&) = delete;

    /// Calls `ended` once, on the watch's thread, when the session ends from now on. It must be quick: it hands the
    /// answer to somebody else. `has_ended` is asked every second besides, since another process's end wakes nobody
    /// here. Returns the watch's number, for `forget`. Fails: Unavailable when too many are watched.
    std::uint64_t watch(const TryonId& session, std::function<bool()> has_ended, std::function<void()> ended);

    static constexpr std::chrono::seconds look_every{1};

    /// The session's end is of no interest any more. Quick; may be called from anywhere, also for what is over.
    void forget(std::uint64_t number);

private:
    struct Watched {
        std::unique_ptr<storage::ProgressBus::Subscription> subscription;
        std::function<bool()> has_ended;
        std::function<void()> ended;
    };
    struct News {
        std::uint64_t number = 0;
        bool ended = false;
    };
    void tell(std::uint64_t number, bool ended);
    void run();
    void take_news(std::unique_lock<std::mutex>& lock);
    void look(std::unique_lock<std::mutex>& lock);

    storage::ProgressBus& bus_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::unordered_map<std::uint64_t, Watched> watched_;
    std::deque<News> news_;
    std::uint64_t next_ = 0;
    bool stopping_ = false;
    std::thread thread_;  ///< last: it uses everything above
};

}  // namespace fitview::tryon
