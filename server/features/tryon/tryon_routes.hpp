#pragma once
// The endpoints under /tryon.
#include "base/time.hpp"

namespace fitview::http {
class Router;
}

namespace fitview::tryon {

class Service;
class EndWatch;

/// Declares the endpoints; `tryons` and `ends` must outlive the router. `wait` is how long POST /tryon waits for the
/// picture.
void add_routes(http::Router& router, Service& tryons, EndWatch& ends, Milliseconds wait);

}  // namespace fitview::tryon
