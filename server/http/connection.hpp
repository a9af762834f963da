#pragma once
// One connection: reads requests, has them answered, writes the answers in order. Internal to the server.
#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>

#include "http/asio.hpp"
#include "http/event_channel.hpp"
#include "http/pipeline/pipeline.hpp"
#include "http/server.hpp"
#include "http/worker_pool.hpp"

namespace fitview::http {

class Connection;

/// What all connections share.
struct Shared {
    const ServerSettings settings;
    const Pipeline& pipeline;
    std::array<std::unique_ptr<WorkerPool>, pool_count>& pools;
    std::atomic<std::size_t> connections{0};
    std::atomic<std::size_t> large_body_bytes{0};
    std::atomic<bool> draining{false};

    WorkerPool& pool(Pool which) const { return *pools[static_cast<std::size_t>(which)]; }
};

/// One I/O thread's loop with its connections. Everything but `context` is touched on that thread only.
struct Loop {
    asio::io_context context{1};
    std::unordered_set<Connection*> connections;
};

/// Lives on one loop; every member runs on that loop's thread. Kept alive by its coroutine.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(tcp::socket socket, Shared& shared, Loop& loop);
    ~Connection();

    /// Serves requests until either side ends the connection.
    awaitable<void> run();
    /// Called now and then: cuts what has taken too long.
    void check_deadline(SteadyTime now);
    /// The server stops: an idle connection closes, a waiting one answers early, a busy one closes after its answer.
    void drain();
    /// Ends the connection whatever it is doing.
    void abort();

private:
    enum class Phase { idle, reading, working, waiting, writing };

    /// What belongs to one request.
    struct Turn {
        explicit Turn(Shared& all)
            : shared(all), exchange(std::make_shared<Exchange>()), parser(exchange->request, all.settings.parser) {}
        ~Turn() { shared.large_body_bytes -= reserved; }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;

        /// Takes a share of the memory for large bodies until the request is over. Returns whether there was enough.
        bool reserve(std::size_t bytes) {
            reserved = bytes;
            return (shared.large_body_bytes += bytes) <= shared.settings.large_bodies_max;
        }

        Shared& shared;
        std::shared_ptr<Exchange> exchange;
        RequestParser parser;
        bool keep_alive = false;
        bool admitted = false;
        bool abandoned = false;  ///< the client has gone: nothing is to be written
        std::size_t reserved = 0;
    };

    awaitable<void> serve();
    awaitable<bool> read_head(Turn& turn);
    awaitable<std::optional<Response>> read_body(Turn& turn);
    awaitable<std::optional<Response>> receive(Turn& turn);
    awaitable<std::optional<Response>> admit(Turn& turn);
    awaitable<Response> answer(Turn& turn);
    awaitable<std::optional<Response>> wait_for(Turn& turn, std::shared_ptr<Waiting> waiting);
    awaitable<std::size_t> read_some(std::size_t step);
    Response refuse(Turn& turn, const Failure& failure);
    void watch_for_departure();
    void stop_watching();

    awaitable<bool> write_response(Turn& turn, Response response);
    awaitable<bool> write_file(const FileBody& file);
    awaitable<bool> write_stream(Turn& turn, const StreamedBody& stream, bool chunked);
    awaitable<bool> write_events(Turn& turn, const EventsBody& events, bool chunked);
    awaitable<bool> write_bytes(std::string_view first, std::string_view second);
    awaitable<void> linger();

    void set_deadline(std::chrono::milliseconds span) { deadline_ = std::chrono::steady_clock::now() + span; }
    void clear_deadline() { deadline_ = SteadyTime::max(); }
    awaitable<void> wait_for_signal(std::chrono::milliseconds longest);
    void signal();
    /// A function that calls `signal` from any thread, as long as the connection lives.
    std::function<void()> signaller();

    tcp::socket socket_;
    Shared& shared_;
    Loop& loop_;
    asio::steady_timer timer_;
    bool signalled_ = false;
    std::string buffer_;
    std::string peer_;
    SteadyTime deadline_ = SteadyTime::max();
    Phase phase_ = Phase::idle;
    bool timed_out_ = false;
    bool departed_ = false;
    bool watching_ = false;
    std::shared_ptr<Waiting> waiting_;
    std::shared_ptr<EventChannel> events_;
};

/// The head of an answer as bytes. Line breaks in values, which nothing of ours puts there, are left out.
std::string encode_head(const Response& response, int version, bool keep_alive, bool chunked, bool with_length);

/// Runs `function` on the pool and comes back to the loop with its result; nothing when the pool is full and `must` is
/// false. `function` must not throw.
template <class Function>
awaitable<std::optional<std::invoke_result_t<Function&>>> run_on(WorkerPool& pool, asio::io_context& context, bool must,
                                                                 Function function) {
    using Result = std::optional<std::invoke_result_t<Function&>>;
    auto start = [&pool, &context, must, &function](auto handler) {
        auto kept = std::make_shared<decltype(handler)>(std::move(handler));
        auto resume = [kept, &context](std::shared_ptr<Result> result) {
            asio::post(context, [kept, result] { (*kept)(std::move(*result)); });
        };
        auto task = [resume, function = std::make_shared<Function>(std::move(function))]() mutable {
            auto result = std::make_shared<Result>((*function)());
            function.reset();  // what it refers to is used by one thread at a time
            resume(std::move(result));
        };
        if (must) {
            pool.post(std::move(task));
        } else if (!pool.try_post(std::move(task))) {
            resume(std::make_shared<Result>());
        }
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Result)>(std::move(start),
                                                                                         asio::use_awaitable);
}

}  // namespace fitview::http
