#include "health/health_routes.hpp"

#include "http/router.hpp"
#include "reflect/json_write.hpp"

namespace fitview::health {

void add_routes(http::Router& router, std::function<Probes()> probes, const std::string& version) {
    router.get("/health")
        .summary("Whether the shop can serve: each back end, the queue's depth, the version; 503 when it cannot")
        .also_at_root()
        .limit(http::Limit::none)
        .handle([probes = std::move(probes), version]() -> http::OneOf<Report, http::Unready<Report>> {
            Report report = report_of(probes(), version);
            if (report.status == Overall::unhealthy) return http::Unready<Report>{std::move(report)};
            return report;
        });
}

}  // namespace fitview::health
