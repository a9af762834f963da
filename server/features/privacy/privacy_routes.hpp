#pragma once
// The endpoints of privacy: /auth/me/export, DELETE /auth/me, /privacy/retention.
namespace fitview::http {
class Router;
}

namespace fitview::privacy {

class Service;

/// `privacy` must outlive the router.
void add_routes(http::Router& router, Service& privacy);

}  // namespace fitview::privacy
