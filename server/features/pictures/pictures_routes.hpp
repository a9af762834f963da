#pragma once
// Where stored pictures open: /media/{key}.
namespace fitview::http {
class Router;
}
namespace fitview::storage {
class Objects;
}

namespace fitview::pictures {

class Addresses;

/// Adds /media at the root. Both must outlive the router.
void add_routes(http::Router& router, storage::Objects& objects, const Addresses& addresses);

}  // namespace fitview::pictures
