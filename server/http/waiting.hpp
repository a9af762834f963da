#pragma once
// The state behind a Later, between the handler that waits and the connection that wants to answer.
#include <exception>
#include <functional>
#include <mutex>
#include <vector>

#include "http/later.hpp"
#include "http/message.hpp"

namespace fitview::http {

/// Decided once: by an offer, by its deadline, or by the client's going away. Thread-safe.
class Waiting {
public:
    Waiting(Milliseconds wait, std::function<void(const std::shared_ptr<Waiting>&)> begin,
            std::function<Response()> make)
        : wait_(wait), begin_(std::move(begin)), make_(std::move(make)) {}

    Milliseconds wait() const { return wait_; }
    /// Runs the handler's `begin`. What it throws becomes the answer.
    void begin(const std::shared_ptr<Waiting>& self);
    /// Makes the answer, whatever decided it; once, after the decision. May throw what a handler may.
    Response make() const;

    /// Calls `decided` once on whatever thread decides, or at once when it is decided already.
    void when_decided(std::function<void()> decided);
    /// Fills in the answer, unless it is decided.
    bool offer(const std::function<void()>& fill);
    /// The deadline has passed: the answer is what `at_deadline` makes.
    void expire();
    /// The client has gone: nothing is to be answered, `when_decided` is not called any more.
    void abandon();

    bool over() const;
    void on_over(std::function<void()> notify);

private:
    bool decide(const std::function<void()>& fill, bool wanted);

    const Milliseconds wait_;
    const std::function<void(const std::shared_ptr<Waiting>&)> begin_;
    const std::function<Response()> make_;
    mutable std::mutex mutex_;
    bool over_ = false;
    std::exception_ptr fault_;
    std::function<void()> decided_;
    std::vector<std::function<void()>> notifies_;
};

}  // namespace fitview::http
