#pragma once
// The endpoints under /auth.
namespace fitview::http {
class Router;
}

namespace fitview::identity {

class Service;

/// Declares the endpoints; `identity` must outlive the router.
void add_routes(http::Router& router, Service& identity);

}  // namespace fitview::identity
