#pragma once
// Server-sent events: an answer that goes on while things happen, without holding a thread.
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace fitview::http {

class EventChannel;

/// One event. `data` may hold line breaks; `name` and `id` may not.
struct ServerEvent {
    std::string name;
    std::string data;
    std::string id;
};

/// The sending end of an event stream; a cheap handle that may be copied and kept by whoever has something to say.
/// Thread-safe. Sending never blocks: a client that does not read for so long that 1 MiB waits for it is cut off.
class EventSender {
public:
    explicit EventSender(std::shared_ptr<EventChannel> channel) : channel_(std::move(channel)) {}

    /// Returns whether the client may still get it.
    bool send(const ServerEvent& event) const;
    /// Ends the stream after what was sent. Further events are dropped.
    void finish() const;
    /// Whether the client has gone or the stream was finished.
    bool closed() const;
    /// Calls `notify` once, on any thread, when the stream has ended for whatever reason; at once when it already has.
    void on_closed(std::function<void()> notify) const;

private:
    std::shared_ptr<EventChannel> channel_;
};

/// The answer: 200 `text/event-stream`. `begin` is called once, on a worker, and may return at once, keeping the
/// sender, or stay until everything is sent (then give its route a pool of its own). A heartbeat goes out every 15 s by
/// itself.
struct EventStream {
    std::function<void(EventSender)> begin;
    /// When set, called again and again on a worker, `interval` after the last call ended, until the stream is closed.
    std::function<void(const EventSender&)> poll = {};
    Milliseconds interval{2000};
};

}  // namespace fitview::http
