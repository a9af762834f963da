#pragma once
// Answers that wait for something without holding a worker.
#include <functional>
#include <memory>
#include <utility>

#include "base/time.hpp"

namespace fitview::http {

/// The type-erased waiting answer; what is in it is the listener's business.
class Waiting;
bool offer(const std::shared_ptr<Waiting>& waiting, const std::function<void()>& make);
bool is_over(const std::shared_ptr<Waiting>& waiting);
void when_over(const std::shared_ptr<Waiting>& waiting, std::function<void()> notify);

/// Completes a Later. A cheap handle, thread-safe; may be kept after the answer is out, then it does nothing.
template <class T>
class Answerer {
public:
    Answerer(std::shared_ptr<Waiting> waiting, std::shared_ptr<std::function<T()>> slot)
        : waiting_(std::move(waiting)), slot_(std::move(slot)) {}

    /// Says how the answer is made. `make` runs on a worker, may read stores and may throw Failure; the first call
    /// wins. Returns whether it was this one. Never blocks.
    bool answer(std::function<T()> make) const {
        return offer(waiting_, [slot = slot_, make = std::move(make)] { *slot = make; });
    }
    /// Whether the answer is decided or the client has gone.
    bool over() const { return is_over(waiting_); }
    /// Calls `notify` once, on any thread, when `over` becomes true: the place to unsubscribe.
    void on_over(std::function<void()> notify) const { when_over(waiting_, std::move(notify)); }

private:
    std::shared_ptr<Waiting> waiting_;
    std::shared_ptr<std::function<T()>> slot_;
};

/// An answer of kind T that is made when something happens, at the latest after `wait`.
/// `begin` runs on a worker and subscribes to whatever it waits for; `at_deadline` runs on a worker when nothing came.
template <class T>
struct Later {
    Milliseconds wait;
    std::function<void(Answerer<T>)> begin;
    std::function<T()> at_deadline;
};

}  // namespace fitview::http
