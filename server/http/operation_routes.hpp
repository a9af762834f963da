#pragma once
// The endpoints for whoever runs the server: /livez, /metrics, /openapi.json and /docs.
#include <string>

namespace fitview::telemetry {
class Metrics;
}

namespace fitview::http {

class Router;

/// What these endpoints need to know.
struct OperationSettings {
    std::string version = "1.0.0";
    std::string metrics_token;  ///< empty: /metrics answers loopback and private addresses only
};

/// Adds the endpoints. `router` and `metrics` must outlive the server. The documents are made at the first call, when
/// all routes are there.
void add_operation_routes(Router& router, const telemetry::Metrics& metrics, const OperationSettings& settings);

}  // namespace fitview::http
