#pragma once
// What happens to every request, in one order, whatever carries it: the listener's connections and the test driver.
#include <memory>
#include <optional>
#include <vector>

#include "http/exchange.hpp"
#include "http/router.hpp"
#include "http/waiting.hpp"

namespace fitview::telemetry {
class Counter;
class Gauge;
class Histogram;
}  // namespace fitview::telemetry

namespace fitview::http {

/// Thread-safe; the functions of one exchange are called one after the other. None of them throws: whatever goes wrong
/// becomes a response. `router` and `ports` must outlive it and must not change any more.
class Pipeline {
public:
    Pipeline(const Router& router, const Ports& ports);
    ~Pipeline();

    /// Steps that need only the head and never block. A response ends the call; `announced` is the Content-Length.
    std::optional<Response> open(Exchange& exchange, std::optional<std::uint64_t> announced) const;

    /// Whether `try_quick` may be called instead of `admit` and `answer`.
    bool may_be_quick(const Exchange& exchange) const;
    /// Answers on the spot what is at hand; never blocks. Nothing means that `answer` is to follow, without `admit`.
    std::optional<Response> try_quick(Exchange& exchange) const;

    /// Steps that need no body: limits, token, role. Blocks. A response ends the call.
    std::optional<Response> admit(Exchange& exchange) const;
    /// The rest: inputs, idempotency, handler. Blocks.
    Outcome answer(Exchange& exchange) const;
    /// Makes the answer of a waiting outcome that has been decided. Blocks.
    Response resume(Exchange& exchange, const Waiting& waiting) const;

    /// The answer to a request that cannot go through the steps: unreadable, not sent in time, no worker free.
    Response refuse(Exchange& exchange, const Failure& failure) const;

    /// Headers, log line and metrics of an answer that is about to be sent. Never blocks.
    void conclude(Exchange& exchange, Response& response) const;
    /// The log line of a call whose client went away while its answer waited.
    void conclude_abandoned(Exchange& exchange) const;

    const Ports& ports() const { return ports_; }

private:
    template <class Steps>
    std::optional<Response> guarded(Exchange& exchange, const Steps& steps) const;
    void write_log(const Exchange& exchange, int status) const;

    struct RouteMetrics;
    const Router& router_;
    const Ports& ports_;
    std::vector<std::unique_ptr<RouteMetrics>> route_metrics_;
    std::unique_ptr<RouteMetrics> other_metrics_;
    telemetry::Gauge& in_flight_;
};

}  // namespace fitview::http
