#include "tryon/tryon_sweeper.hpp"

namespace fitview::tryon {
namespace {

constexpr int batch = 200;
constexpr Milliseconds untouched{std::chrono::minutes(1)};

}  // namespace

int Sweeper::sweep() {
    const int done = enqueue_stale() + remove_expired() + remove_condemned();
    if (done > 0) log_.info("swept", {{"count", done}});
    return done;
}

int Sweeper::enqueue_stale() {
    int enqueued = 0;
    for (const Session& session : parts_.store.stale_pending(parts_.clock.now() - untouched, batch)) {
        if (parts_.queue.enqueue({.id = JobId(session.id.bytes()), .kind = job_kind, .payload = session.id.str()}))
            ++enqueued;
    }
    return enqueued;
}

int Sweeper::remove_expired() {
    const auto sessions = parts_.store.expired(parts_.clock.now(), batch);
    for (const Session& session : sessions) {
        tryons_.remove_personal_pictures(session);
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
