#pragma once
// The endpoints of products.
namespace fitview::http {
class Router;
}

namespace fitview::products {

class Service;

/// Adds /products and what lies below it. `service` must outlive the router. `answers_inline` when the cache behind the
/// service is in this process: then pages that are at hand are answered without a worker.
void add_routes(http::Router& router, Service& service, bool answers_inline);

}  // namespace fitview::products
