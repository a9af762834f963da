#pragma once
// Two copies of one value, so that readers never wait for a writer.
#include <array>
#include <atomic>
#include <mutex>
#include <shared_mutex>
#include <utility>

namespace fitview::products {

/// Readers use the active copy; a writer changes the other, makes that one active, waits until the last reader has left
/// the first, and changes it likewise. All methods may be called from several threads at once; writers take turns.
template <class T>
class LeftRight {
public:
    /// Calls `read(const T&)` and returns what it returns. Must not call `change` from within.
    template <class Read>
    auto read(const Read& read) const {
        for (;;) {
            const Side& side = sides_[active_.load()];
            // Fails only when the copy stopped being the active one since it was looked up.
            const std::shared_lock lock(side.mutex, std::try_to_lock);
            if (lock.owns_lock()) return read(side.value);
        }
    }

    /// Calls `change(T&)` once for each copy; it must do the same both times.
    template <class Change>
    void change(const Change& change) {
        const std::scoped_lock turn(writers_);
        change_inactive(change);
        active_ = 1 - active_;
        change_inactive(change);
    }

    /// Puts what `make()` returns in place of both copies. Other writers wait while it is made.
    template <class Make>
    void replace(const Make& make) {
        const std::scoped_lock turn(writers_);
        T value = make();
        change_inactive([&](T& copy) { copy = value; });
        active_ = 1 - active_;
        change_inactive([&](T& copy) { copy = std::move(value); });
    }

private:
    struct Side {
        mutable std::shared_mutex mutex;
        T value;
    };

    template <class Change>
    void change_inactive(const Change& change) {
        Side& side = sides_[1 - active_];
        const std::unique_lock lock(side.mutex);
        change(side.value);
    }

    std::array<Side, 2> sides_;
    std::atomic<unsigned> active_{0};
    std::mutex writers_;
};

}  // namespace fitview::products
