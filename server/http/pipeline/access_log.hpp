#pragma once
// The last thing that happens to a request: its log line and its numbers.
#include <array>
#include <atomic>
#include <string>

#include "http/exchange.hpp"
#include "telemetry/metrics.hpp"

namespace fitview::http {

/// The metrics of one route, looked up once. Thread-safe.
class RouteNumbers {
public:
    /// `route` is a template, never a path as sent.
    RouteNumbers(telemetry::Metrics& metrics, std::string method, std::string route);
    void count(int status, double seconds);

private:
    static constexpr std::size_t status_max = 600;
    telemetry::Metrics& metrics_;
    const std::string method_;
    const std::string route_;
    telemetry::Histogram& seconds_;
    std::array<std::atomic<telemetry::Counter*>, status_max> by_status_{};
};

/// Writes the access log line (the guide's section 13).
void write_access_log(const Exchange& exchange, int status, double milliseconds);

}  // namespace fitview::http
