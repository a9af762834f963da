#include "health/health.hpp"

namespace fitview::health {
namespace {

template <class Check>
Connection connection_of(const Check& check) {
    try {
        check();
        return Connection::connected;
    } catch (const std::exception&) {  // whatever it is, it cannot serve; the reason is in the log of whoever threw
        return Connection::disconnected;
    }
}

}  // namespace

Report report_of(const Probes& probes, const std::string& version) {
    Report report{.database = {.engine = probes.database.engine, .status = connection_of(probes.database.check)},
                  .cache = {.engine = probes.cache.engine, .status = connection_of(probes.cache.check)},
                  .objects = {.engine = probes.objects.engine, .status = connection_of(probes.objects.check)},
                  .queue = {.engine = probes.queue_engine},
                  .people = {.engine = probes.people},
                  .version = version};
    report.queue.status = connection_of([&] { report.queue.depth = probes.queue_depth(); });
    if (report.database.engine == "mongodb") report.mongodb = report.database.status;
    if (report.cache.engine == "redis") report.redis = report.cache.status;
    const auto away = [](Connection connection) { return connection == Connection::disconnected; };
    if (away(report.database.status) || away(report.objects.status) || !probes.serving)
        report.status = Overall::unhealthy;
    else if (away(report.cache.status) || away(report.queue.status))
        report.status = Overall::degraded;
    return report;
}

}  // namespace fitview::health
