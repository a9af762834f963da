#pragma once
// The server: sockets, threads and the way of a request between them. Names no networking library.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "http/ports.hpp"
#include "http/request_parser.hpp"

namespace fitview::http {

class Router;

struct ServerSettings {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8000;  ///< 0 takes a free one
    std::size_t io_threads = 2;
    std::size_t store_threads = 8;
    std::size_t hash_threads = 2;
    std::size_t heavy_threads = 2;
    std::size_t store_queue_max = 1024;  ///< calls waiting for a thread of the pool; beyond it 503
    std::size_t hash_queue_max = 64;     ///< at 0.2 s each, more could not be served in time
    std::size_t heavy_queue_max = 64;
    std::size_t connections_max = 4096;
    std::size_t large_bodies_max = 512UL << 20U;  ///< bytes of bodies beyond 64 KiB held at once; beyond it 503
    ParserLimits parser;
    std::chrono::milliseconds idle_timeout{75'000};    ///< between requests of a connection
    std::chrono::milliseconds header_timeout{10'000};  ///< from the first byte of a request to the end of its head
    std::chrono::milliseconds body_timeout{30'000};    ///< for a body, and one second more for each 32 KiB received
    std::chrono::milliseconds write_timeout{30'000};   ///< for an answer, and one second more for each 32 KiB
    std::chrono::milliseconds heartbeat{15'000};       ///< of silent event streams
};

/// Serves the routes of `router`. `router` and what `ports` refers to must outlive it.
class Server {
public:
    /// Binds and starts. Fails: std::runtime_error when the address cannot be bound; its text is for people.
    Server(const Router& router, Ports ports, const ServerSettings& settings);
    /// Cuts what is open and waits for the handlers that run.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// The port that was bound.
    std::uint16_t port() const;

    /// Takes no more connections, closes idle ones, ends event streams and waiting answers early, and waits until every
    /// call is answered, at most `patience`. Returns whether all were; if not, connections are cut, but handlers that
    /// still run cannot be: the destructor waits for them, and a program in a hurry ends with std::_Exit instead.
    /// To be called once, from one thread.
    bool stop(std::chrono::milliseconds patience);

    /// Blocks until SIGTERM or SIGINT comes. The signals must not be handled elsewhere.
    static void wait_for_termination();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace fitview::http
