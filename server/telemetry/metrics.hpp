#pragma once
// Counters, gauges and histograms in Prometheus' text format.
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace fitview::telemetry {

using Labels = std::vector<std::pair<std::string, std::string>>;

/// Something that only grows. Thread-safe, cheap.
class Counter {
public:
    explicit Counter(prometheus::Counter& counter) : counter_(counter) {}
    void add(double amount = 1);
    double value() const;

private:
    prometheus::Counter& counter_;
};

/// Something that goes up and down. Thread-safe, cheap.
class Gauge {
public:
    explicit Gauge(prometheus::Gauge& gauge) : gauge_(gauge) {}
    void set(double value);
    void add(double amount);
    double value() const;

private:
    prometheus::Gauge& gauge_;
};

/// A distribution, usually of seconds. Thread-safe.
class Histogram {
public:
    explicit Histogram(prometheus::Histogram& histogram) : histogram_(histogram) {}
    void observe(double value);

private:
    prometheus::Histogram& histogram_;
};

/// All metrics of the process. Thread-safe. What it hands out lives as long as it does; asking again with the same name
/// and labels gives the same one. Look them up once and keep the reference: a look-up takes a lock. Labels must come
/// from small closed sets (route templates, codes), never from input.
class Metrics {
public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    Counter& counter(const std::string& name, const std::string& help, const Labels& labels = {});
    Gauge& gauge(const std::string& name, const std::string& help, const Labels& labels = {});
    /// Buckets are upper bounds in rising order; the first caller of a name decides.
    Histogram& histogram(const std::string& name, const std::string& help, const Labels& labels = {},
                         const std::vector<double>& buckets = seconds_buckets());

    /// A gauge whose value is asked for at each `text()`. `read` must be thread-safe and callable as long as this
    /// lives; when it throws, the value is NaN.
    void gauge_from(const std::string& name, const std::string& help, const Labels& labels,
                    std::function<double()> read);

    /// Everything in Prometheus' text format, version 0.0.4.
    std::string text() const;

    /// From half a millisecond to a minute.
    static const std::vector<double>& seconds_buckets();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The metrics every cache has, so that dashboards find them under one name.
struct CacheMetrics {
    Counter& hits;
    Counter& misses;
};
CacheMetrics cache_metrics(Metrics& metrics, const std::string& cache);

/// The metrics every queue has.
struct QueueMetrics {
    Gauge& depth;
    Counter& added;
    Counter& finished;
    Counter& failed;
    Histogram& waited;  ///< seconds from adding to claiming
};
QueueMetrics queue_metrics(Metrics& metrics, const std::string& queue);

/// How long one stage of the try-on engine took, in seconds.
Histogram& engine_stage_seconds(Metrics& metrics, const std::string& stage);

}  // namespace fitview::telemetry
