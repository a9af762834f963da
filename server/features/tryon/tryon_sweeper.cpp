#include "tryon/tryon_sweeper.hpp"

namespace fitview::tryon {
namespace {

constexpr int batch = 200;
/// What a queue that came back empty gets at once; what is beyond follows batch by batch.
constexpr int lost_at_once = 10'000;
constexpr Milliseconds untouched{std::chrono::minutes(1)};

}  // namespace

int Sweeper::sweep() {
    const int done = remove_expired() + remove_condemned() + enqueue_stale();
    if (done > 0) log_.info("swept", {{"count", done}});
    return done;
}

int Sweeper::enqueue_stale() {
    return enqueue_pending_before(parts_.clock.now() - untouched, batch);
}

int Sweeper::enqueue_pending() {
    return enqueue_pending_before(parts_.clock.now() + Milliseconds(1), lost_at_once);
}

int Sweeper::enqueue_pending_before(const Timestamp& before, int limit) {
    parts_.queue.depth();  // a queue that is away ends this here, not session by session
    int enqueued = 0;
    for (const Session& session : parts_.store.stale_pending(before, limit)) {
        if (parts_.queue.enqueue(job_of(session))) ++enqueued;
    }
    return enqueued;
}

int Sweeper::remove_expired() {
    const auto sessions = parts_.store.expired(parts_.clock.now(), batch);
    for (const Session& session : sessions) {
        tryons_.remove_belongings(session);
        parts_.store.remove(session.id);
    }
    return static_cast<int>(sessions.size());
}

int Sweeper::remove_condemned() {
    const auto condemned = parts_.ledger.condemn_due(parts_.clock.now(), batch);
    for (const storage::LedgerEntry& entry : condemned) {
        // The result's row goes first: nobody may be given the address of a picture that is going.
        parts_.store.remove_result(entry.key.str());
        parts_.objects.remove(entry.key);
        parts_.ledger.forget(entry.key);
    }
    return static_cast<int>(condemned.size());
}

}  // namespace fitview::tryon
