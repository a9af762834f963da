#pragma once
// `fitview seed`: the demo shop, or a large synthetic catalogue for load tests.
#include <ostream>
#include <string>

namespace fitview::app {

class Application;

/// Fills the shop from `folder`/shop.json and the pictures it names. Running it again changes nothing. Tells what it
/// does on `out`. Fails: std::runtime_error when the folder is not a demo shop, what the services throw.
void seed_demo_shop(Application& application, const std::string& folder, std::ostream& out);

/// Adds `count` products without pictures, the same each time (those that are there stay). Fails: Unavailable.
void seed_synthetic_catalogue(Application& application, std::size_t count, std::ostream& out);

}  // namespace fitview::app
