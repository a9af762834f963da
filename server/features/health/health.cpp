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

BackEnd back_end_of(const Probe& probe) {
    BackEnd back_end{.engine = probe.engine, .status = connection_of(probe.check), .detail = {}};
    if (back_end.status == Connection::connected && probe.fault_in_writing) back_end.detail = probe.fault_in_writing();
    return back_end;
}

}  // namespace

Report report_of(const Probes& probes, const std::string& version) {
    Report report{.database = back_end_of(probes.database),
                  .cache = back_end_of(probes.cache),
                  .objects = back_end_of(probes.objects),
                  .queue = {.engine = probes.queue_engine},
                  .people = {.engine = probes.people},
                  .version = version};
    report.queue.status = connection_of([&] { report.queue.depth = probes.queue_depth(); });
    if (report.database.engine == "mongodb") report.mongodb = report.database.status;
    if (report.cache.engine == "redis") report.redis = report.cache.status;
    const auto away = [](Connection connection) { return connection == Connection::disconnected; };
    if (away(report.database.status) || away(report.objects.status) || !probes.serving)
        report.status = Overall::unhealthy;
    else if (away(report.cache.status) || away(report.queue.status) || report.database.detail || report.objects.detail)
        report.status = Overall::degraded;
    return report;
}

}  // namespace fitview::health
