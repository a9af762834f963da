#pragma once
// The endpoints of style variations.

namespace fitview::http {
class Router;
}

namespace fitview::style {

class Service;

/// `service` must outlive the router.
void add_routes(http::Router& router, Service& service);

}  // namespace fitview::style
