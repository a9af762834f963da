#pragma once
// GET /health, at the root and under the base.
#include <functional>
#include <string>

#include "health/health.hpp"

namespace fitview::http {
class Router;
}

namespace fitview::health {

/// `probes` gives the back ends as they are at the moment of the call.
void add_routes(http::Router& router, std::function<Probes()> probes, const std::string& version);

}  // namespace fitview::health
