#include "http/server.hpp"

#include <sys/resource.h>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <stdexcept>
#include <thread>

#include "http/connection.hpp"
#include "telemetry/log.hpp"
#include "telemetry/metrics.hpp"

namespace fitview::http {
namespace {

constexpr auto deadline_check = std::chrono::milliseconds(100);
constexpr std::string_view too_many_connections =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// Every connection takes a file descriptor, and the usual soft limit is 1024.
void allow_descriptors() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);  // when it is refused the old limit holds, and accept says so
}

std::array<std::unique_ptr<WorkerPool>, pool_count> make_pools(const ServerSettings& settings) {
    return {std::make_unique<WorkerPool>(settings.store_threads, settings.store_queue_max),
            std::make_unique<WorkerPool>(settings.hash_threads, settings.hash_queue_max),
            std::make_unique<WorkerPool>(settings.heavy_threads, settings.heavy_queue_max)};
}

}  // namespace

struct Server::Inside {
    Inside(const Router& router, Ports given_ports, const ServerSettings& settings)
        : ports(std::move(given_ports)),
          pipeline(router, ports),
          pools(make_pools(settings)),
          shared{.settings = settings, .pipeline = pipeline, .pools = pools},
          acceptor(make_loops(settings.io_threads)) {
        allow_descriptors();
        bind(settings);
        add_metrics();
        asio::co_spawn(loops.front()->context, accept(), asio::detached);
        for (auto& loop : loops) {
            asio::co_spawn(loop->context, check_deadlines(*loop), asio::detached);
            threads.emplace_back([&loop] { loop->context.run(); });
        }
    }

    asio::io_context& make_loops(std::size_t count) {
        for (std::size_t at = 0; at < std::max<std::size_t>(1, count); ++at) loops.push_back(std::make_unique<Loop>());
        return loops.front()->context;
    }

    void bind(const ServerSettings& settings) {
        error_code error;
        tcp::resolver resolver(loops.front()->context);
        const auto found =
            resolver.resolve(settings.host, std::to_string(settings.port), tcp::resolver::passive, error);
        if (!error) {
            const tcp::endpoint endpoint = *found.begin();
            acceptor.open(endpoint.protocol(), error);
            if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
            if (!error) acceptor.bind(endpoint, error);
            if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
        }
        if (error) {
            throw std::runtime_error("cannot listen on " + settings.host + " port " + std::to_string(settings.port) +
                                     ": " + error.message());
        }
        port = acceptor.local_endpoint().port();
    }

    void add_metrics() {
        constexpr std::array<const char*, pool_count> names{"store", "hash", "heavy"};
        for (std::size_t at = 0; at < pool_count; ++at) {
            depths.push_back(&ports.metrics.gauge("fitview_worker_queue_depth", "Calls waiting for a worker",
                                                  {{"pool", names[at]}}));
        }
        open_connections = &ports.metrics.gauge("fitview_http_connections", "Open connections");
    }

    awaitable<void> accept() {
        std::size_t turn = 0;
        while (acceptor.is_open()) {
            Loop& loop = *loops[turn++ % loops.size()];
            error_code error;
            tcp::socket socket =
                co_await acceptor.async_accept(loop.context, asio::redirect_error(asio::use_awaitable, error));
            if (error == asio::error::operation_aborted) co_return;
            if (error) {
                // Mostly out of descriptors: going on at once would only burn a core.
                asio::steady_timer pause(loops.front()->context, deadline_check);
                co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
                continue;
            }
            if (shared.connections >= shared.settings.connections_max) {
                socket.non_blocking(true, error);
                socket.send(asio::buffer(too_many_connections), 0, error);
                continue;
            }
            asio::post(loop.context, [this, &loop, kept = std::make_shared<tcp::socket>(std::move(socket))] {
                auto connection = std::make_shared<Connection>(std::move(*kept), shared, loop);
                asio::co_spawn(
                    loop.context, [connection] { return connection->run(); }, asio::detached);
            });
        }
    }

    awaitable<void> check_deadlines(Loop& loop) {
        asio::steady_timer timer(loop.context);
        while (!ended) {
            error_code ignored;
            timer.expires_after(deadline_check);
            co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
            const auto now = std::chrono::steady_clock::now();
            for (Connection* connection : loop.connections) connection->check_deadline(now);
            if (&loop == loops.front().get()) {
                for (std::size_t at = 0; at < pool_count; ++at)
                    depths[at]->set(static_cast<double>(pools[at]->depth()));
                open_connections->set(static_cast<double>(shared.connections));
            }
        }
    }

    void on_every_connection(void (Connection::*what)()) {
        for (auto& loop : loops) {
            asio::post(loop->context, [&loop, what] {
                for (Connection* connection : loop->connections) (connection->*what)();
            });
        }
    }

    bool wait_until_empty(std::chrono::steady_clock::time_point until) const {
        constexpr auto look_again = std::chrono::milliseconds(5);
        while (shared.connections > 0 && std::chrono::steady_clock::now() < until)
            std::this_thread::sleep_for(look_again);
        return shared.connections == 0;
    }

    bool stop(std::chrono::milliseconds patience) {
        if (shared.draining.exchange(true)) return shared.connections == 0;
        asio::post(loops.front()->context, [this] {
            error_code ignored;
            acceptor.close(ignored);
        });
        on_every_connection(&Connection::drain);
        const bool finished = wait_until_empty(std::chrono::steady_clock::now() + patience);
        if (!finished) on_every_connection(&Connection::abort);
        return finished;
    }

    ~Inside() {
        stop(std::chrono::milliseconds(0));
        // Handlers that run cannot be interrupted, and what they hold must outlive them.
        wait_until_empty(std::chrono::steady_clock::time_point::max());
        ended = true;
        for (std::thread& thread : threads) thread.join();
    }

    Ports ports;
    Pipeline pipeline;
    std::array<std::unique_ptr<WorkerPool>, pool_count> pools;
    Shared shared;
    std::vector<std::unique_ptr<Loop>> loops;
    tcp::acceptor acceptor;
    std::uint16_t port = 0;
    std::atomic<bool> ended{false};
    std::vector<telemetry::Gauge*> depths;
    telemetry::Gauge* open_connections = nullptr;
    std::vector<std::thread> threads;
};

Server::Server(const Router& router, Ports ports, const ServerSettings& settings)
    : inside_(std::make_unique<Inside>(router, std::move(ports), settings)) {}

Server::~Server() = default;

std::uint16_t Server::port() const {
    return inside_->port;
}

bool Server::stop(std::chrono::milliseconds patience) {
    return inside_->stop(patience);
}

void Server::wait_for_termination() {
    asio::io_context context;
    asio::signal_set signals(context, SIGTERM, SIGINT);
    signals.async_wait([](const error_code&, int) {});
    context.run();
}

}  // namespace fitview::http
