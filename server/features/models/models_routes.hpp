#pragma once
// The endpoints of models.
namespace fitview::http {
class Router;
}

namespace fitview::models {

class Service;

/// Adds /models and what lies below it. `service` must outlive the router.
void add_routes(http::Router& router, Service& service);

}  // namespace fitview::models
