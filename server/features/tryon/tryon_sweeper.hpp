#pragma once
// Keeps the promises that depend on time: nothing accepted is lost, nothing is kept longer than said.
#include <mutex>

#include "telemetry/log.hpp"
#include "tryon/tryon_service.hpp"

namespace fitview::tryon {

/// One round of sweeping; called every few seconds by whoever holds the sweeper's lease. Thread-safe.
class Sweeper {
public:
    /// The references must outlive the sweeper.
    Sweeper(Parts parts, Service& tryons, telemetry::Log& log) : parts_(parts), tryons_(tryons), log_(log) {}

    /// Enqueues again what is pending and untouched for a minute (enqueueing the same job twice changes nothing), a
    /// page each round from where the last one stopped, so that a long queue hides nothing behind it; deletes sessions
    /// whose time has come, their own pictures first, and objects nobody holds. Returns how much it did. Throws
    /// Unavailable when a back end is away; the next round goes on where this one stopped.
    int sweep();

    /// Enqueues every pending session that is not in the queue, after the queue came back empty. Returns how many.
    /// Fails: Unavailable.
    int enqueue_pending();

private:
    int enqueue_stale();
    /// Enqueues a page of what is pending, after `last`, which it moves on; back to the start at the end.
    struct Enqueued {
        int looked_at = 0;
        int enqueued = 0;
    };
    Enqueued enqueue_page(const Timestamp& before, PendingPlace& last);
    int remove_expired();
    int remove_condemned();

    Parts parts_;
    Service& tryons_;
    telemetry::Log& log_;
    std::mutex stale_lock_;
    PendingPlace stale_;  ///< how far the rounds have come
};

}  // namespace fitview::tryon
