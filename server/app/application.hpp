#pragma once
// The program put together: the only place where concrete parts meet (composition.cpp). Everything is built in the
// order of dependence, owned here, and destroyed in reverse.
#include <memory>
#include <string>

#include "app/config.hpp"

namespace fitview::http {
class Router;
}
namespace fitview::identity {
class Service;
}
namespace fitview::products {
class Service;
class Store;
}  // namespace fitview::products
namespace fitview::models {
class Service;
}
namespace fitview::telemetry {
class Log;
}
namespace fitview::storage {
class UnitOfWork;
}

namespace fitview::app {

/// The parts of one process. Building it opens the back ends and brings their schema up to date; nothing runs yet.
class Application {
public:
    /// `config` must have no faults. Fails: std::exception with a text for people when a back end cannot be opened.
    explicit Application(const Config& config);
    ~Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    /// Does background work: try-ons and analyses (`threads` at once, none with 0), the catalogue's follower, counters,
    /// sweeping. Until `stop_work` or the end.
    void start_work(int threads);
    /// Takes no more work and waits for what runs, within the shutdown time. Returns whether all was finished.
    bool stop_work();

    /// Serves until SIGTERM or SIGINT, then finishes what runs. Returns the exit code.
    int serve();
    /// Works without serving until SIGTERM or SIGINT. Returns the exit code.
    int work();

    /// For the command line's tools.
    const http::Router& router() const;
    identity::Service& identity();
    products::Service& products();
    products::Store& product_store();
    models::Service& models();
    storage::UnitOfWork& unit_of_work();
    telemetry::Log& log();
    /// Reads the catalogue into the index, without which lists are empty.
    void build_catalogue();
    /// Looks at every picture that waits for its analysis, on this thread; returns how many jobs were done.
    int analyse_pictures();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace fitview::app
