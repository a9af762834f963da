#include "telemetry/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <deque>
#include <limits>
#include <map>
#include <mutex>

namespace fitview::telemetry {
namespace {

prometheus::Labels named(const Labels& labels) {
    return {labels.begin(), labels.end()};
}

/// One wrapper for each metric of the library, found again by the metric's address.
template <class Wrapper, class Metric>
class Wrappers {
public:
    Wrapper& around(Metric& metric) {
        const auto found = by_metric_.find(&metric);
        if (found != by_metric_.end()) return *found->second;
        return *by_metric_.emplace(&metric, std::make_unique<Wrapper>(metric)).first->second;
    }

private:
    std::map<Metric*, std::unique_ptr<Wrapper>> by_metric_;
};

}  // namespace

struct Metrics::State {
    struct Asked {
        prometheus::Gauge& gauge;
        std::function<double()> read;
    };

    mutable std::mutex mutex;
    prometheus::Registry registry{prometheus::Registry::InsertBehavior::Merge};
    Wrappers<Counter, prometheus::Counter> counters;
    Wrappers<Gauge, prometheus::Gauge> gauges;
    Wrappers<Histogram, prometheus::Histogram> histograms;
    std::deque<Asked> asked;
};

void Counter::add(double amount) {
    counter_.Increment(amount);
}
double Counter::value() const {
    return counter_.Value();
}
void Gauge::set(double value) {
    gauge_.Set(value);
}
void Gauge::add(double amount) {
    gauge_.Increment(amount);
}
double Gauge::value() const {
    return gauge_.Value();
}
void Histogram::observe(double value) {
    histogram_.Observe(value);
}

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

Counter& Metrics::counter(const std::string& name, const std::string& help, const Labels& labels) {
    const std::lock_guard lock(state_->mutex);
    return state_->counters.around(
        prometheus::BuildCounter().Name(name).Help(help).Register(state_->registry).Add(named(labels)));
}

Gauge& Metrics::gauge(const std::string& name, const std::string& help, const Labels& labels) {
    const std::lock_guard lock(state_->mutex);
    return state_->gauges.around(
        prometheus::BuildGauge().Name(name).Help(help).Register(state_->registry).Add(named(labels)));
}

Histogram& Metrics::histogram(const std::string& name, const std::string& help, const Labels& labels,
                              const std::vector<double>& buckets) {
    const std::lock_guard lock(state_->mutex);
    return state_->histograms.around(
        prometheus::BuildHistogram().Name(name).Help(help).Register(state_->registry).Add(named(labels), buckets));
}

void Metrics::gauge_from(const std::string& name, const std::string& help, const Labels& labels,
                         std::function<double()> read) {
    const std::lock_guard lock(state_->mutex);
    auto& gauge = prometheus::BuildGauge().Name(name).Help(help).Register(state_->registry).Add(named(labels));
    state_->asked.push_back({gauge, std::move(read)});
}

std::string Metrics::text() const {
    const std::lock_guard lock(state_->mutex);
    for (const State::Asked& asked : state_->asked) {
        try {
            asked.gauge.Set(asked.read());
        } catch (const std::exception&) {  // a back end that is away must not hide all other figures
            asked.gauge.Set(std::numeric_limits<double>::quiet_NaN());
        }
    }
    return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

const std::vector<double>& Metrics::seconds_buckets() {
    static const std::vector<double> buckets{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                             0.25,   0.5,   1,      2.5,   5,    10,    30,   60};
    return buckets;
}

CacheMetrics cache_metrics(Metrics& metrics, const std::string& cache) {
    return {
        .hits = metrics.counter("fitview_cache_hits_total", "Answers found in a cache", {{"cache", cache}}),
        .misses = metrics.counter("fitview_cache_misses_total", "Answers not found in a cache", {{"cache", cache}})};
}

QueueMetrics queue_metrics(Metrics& metrics, const std::string& queue) {
    const Labels labels{{"queue", queue}};
    return {.depth = metrics.gauge("fitview_queue_depth", "Work waiting in a queue", labels),
            .added = metrics.counter("fitview_queue_added_total", "Work put into a queue", labels),
            .finished = metrics.counter("fitview_queue_finished_total", "Work done", labels),
            .failed = metrics.counter("fitview_queue_failed_total", "Work given up", labels),
            .waited = metrics.histogram("fitview_queue_wait_seconds", "From adding to claiming", labels)};
}

Histogram& engine_stage_seconds(Metrics& metrics, const std::string& stage) {
    return metrics.histogram("fitview_engine_stage_seconds", "Time of one stage of the try-on engine",
                             {{"stage", stage}});
}

}  // namespace fitview::telemetry
