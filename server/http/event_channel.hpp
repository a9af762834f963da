#pragma once
// The state behind an event stream, between senders on any thread and the connection that writes.
#include <cstddef>
#include <functional>
#include <mutex>
#include <vector>

#include "http/event_stream.hpp"

namespace fitview::http {

/// Encoded events waiting to be written. Thread-safe.
class EventChannel {
public:
    static constexpr std::size_t waiting_bytes_max = 1UL << 20U;

    EventChannel(std::function<void(const EventSender&)> poll, Milliseconds interval)
        : poll_(std::move(poll)), interval_(interval) {}

    bool send(const ServerEvent& event);
    void finish();
    /// The client has gone, or does not read: called by the connection, or by `send` when too much waits.
    void cut();
    bool closed() const;
    void on_closed(std::function<void()> notify);

    /// Calls `wake` on whatever thread sends or finishes, whenever there is something to take.
    void attach(std::function<void()> wake);
    struct Taken {
        std::string bytes;
        bool last = false;  ///< nothing will follow
    };
    Taken take();

    const std::function<void(const EventSender&)>& poll() const { return poll_; }
    Milliseconds interval() const { return interval_; }

private:
    void close(bool cut);

    const std::function<void(const EventSender&)> poll_;
    const Milliseconds interval_;
    mutable std::mutex mutex_;
    std::string waiting_;
    bool finished_ = false;
    bool cut_ = false;
    std::function<void()> wake_;
    std::vector<std::function<void()>> notifies_;
};

}  // namespace fitview::http
