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
    const std::lock_guard lock(stale_lock_);
    return enqueue_page(parts_.clock.now() - untouched, stale_).enqueued;
}

int Sweeper::enqueue_pending() {
    const Timestamp before = parts_.clock.now() + Milliseconds(1);
    PendingPlace last;
    int enqueued = 0;
    for (int looked_at = 0; looked_at < lost_at_once;) {
        const Enqueued page = enqueue_page(before, last);
        enqueued += page.enqueued;
        looked_at += page.looked_at;
        if (page.looked_at < batch) break;
    }
    return enqueued;
}

Sweeper::Enqueued Sweeper::enqueue_page(const Timestamp& before, PendingPlace& last) {
    parts_.queue.depth();  // a queue that is away ends this here, not session by session
    const auto page = parts_.store.stale_pending(before, last, batch);
    Enqueued result{.looked_at = static_cast<int>(page.size())};
    for (const Session& session : page) {
        if (parts_.queue.enqueue(job_of(session))) ++result.enqueued;
    }
    last = result.looked_at < batch ? PendingPlace()
                                    : PendingPlace{.updated_at = page.back().updated_at, .id = page.back().id};
    return result;
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
