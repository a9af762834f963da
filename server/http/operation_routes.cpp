#include "http/operation_routes.hpp"

#include <mutex>

#include "base/encoding.hpp"
#include "http/client_address.hpp"
#include "http/openapi.hpp"
#include "http/router.hpp"
#include "telemetry/metrics.hpp"

namespace fitview::http {
namespace {

struct Alive {
    std::string status;
};
BOOST_DESCRIBE_STRUCT(Alive, (), (status))

/// A document made once, at the first call.
class Document {
public:
    Bytes get(const std::function<std::string()>& make, std::string_view content_type) {
        std::call_once(made_, [&] { content_ = std::make_shared<const std::string>(make()); });
        return {.content = content_,
                .content_type = std::string(content_type),
                .cache_control = {},
                .etag = {},
                .download_name = {}};
    }

private:
    std::once_flag made_;
    SharedBytes content_;
};

bool may_see_metrics(const Call& call, const std::string& token) {
    if (is_private(call.address())) return true;
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view header = call.header("Authorization");
    return !token.empty() && header.starts_with(scheme) && equal_in_constant_time(header.substr(scheme.size()), token);
}

}  // namespace

void add_operation_routes(Router& router, const telemetry::Metrics& metrics, const OperationSettings& settings) {
    router.get("/livez").at_root().summary("Whether the process runs").limit(Limit::none).inline_always().handle([] {
        return Alive{"alive"};
    });

    router.get("/metrics")
        .at_root()
        .summary("Metrics in Prometheus' text format")
        .description("Answers loopback and private addresses, others only with METRICS_TOKEN as bearer.")
        .limit(Limit::none)
        .fails({FailureCode::forbidden})
        .produces({"text/plain"})
        .handle([&metrics, token = settings.metrics_token](const Call& call) {
            if (!may_see_metrics(call, token)) throw Failure(FailureCode::forbidden, "The metrics are not public.");
            return bytes(metrics.text(), "text/plain; version=0.0.4; charset=utf-8");
        });

    router.get("/openapi.json")
        .at_root()
        .summary("This document")
        .produces({"application/json"})
        .handle([&router, version = settings.version, document = std::make_shared<Document>()] {
            return document->get([&] { return openapi_document(router, version); }, "application/json");
        });

    router.get("/docs")
        .at_root()
        .summary("This document for people")
        .produces({"text/html"})
        .handle([&router, version = settings.version, document = std::make_shared<Document>()] {
            return document->get([&] { return documentation_page(router, version); }, "text/html; charset=utf-8");
        });
}

}  // namespace fitview::http
