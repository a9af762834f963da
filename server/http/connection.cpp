#include "http/connection.hpp"

#include <sys/socket.h>

#include <cerrno>

namespace fitview::http {
namespace {

constexpr std::size_t head_step = 4096;
constexpr std::size_t body_step = 32UL << 10U;
constexpr std::size_t large_body = 64UL << 10U;
constexpr std::size_t slow_bytes_a_second = 32UL << 10U;
constexpr auto linger_time = std::chrono::seconds(10);
constexpr std::size_t linger_bytes_max = 64UL << 20U;

Failure too_busy() {
    return Failure(FailureCode::unavailable, "Too much is going on: try again in a moment.").retry_after(1);
}

}  // namespace

Connection::Connection(tcp::socket socket, Shared& shared, Loop& loop)
    : socket_(std::move(socket)), shared_(shared), loop_(loop), timer_(loop.context) {
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    peer_ = socket_.remote_endpoint(ignored).address().to_string();
    loop_.connections.insert(this);
    ++shared_.connections;
}

Connection::~Connection() {
    loop_.connections.erase(this);
    --shared_.connections;
}

awaitable<void> Connection::run() {
    const auto self = shared_from_this();
    try {
        co_await serve();
    } catch (const std::exception&) {
        // Memory ran out or the socket broke in an unexpected place: this connection ends, the others do not notice.
    }
    error_code ignored;
    socket_.close(ignored);
}

awaitable<void> Connection::serve() {
    while (true) {
        Turn turn(shared_);
        turn.exchange->request.peer = peer_;
        if (!co_await read_head(turn)) co_return;
        std::optional<Response> response;
        if (turn.parser.fault()) {
            response = refuse(turn, *turn.parser.fault());
        } else if (timed_out_) {
            response = refuse(turn, Failure(FailureCode::timeout, "The head of the request did not come in time."));
        } else {
            turn.keep_alive = turn.parser.keep_alive();
            response = co_await receive(turn);
        }
        if (!response) response = co_await answer(turn);
        if (turn.abandoned) co_return;
        // What is left of an unread body would be taken for the next request.
        const bool unread = !turn.parser.done();
        turn.keep_alive = turn.keep_alive && !unread && !shared_.draining;
        const bool sent = co_await write_response(turn, std::move(*response));
        if (sent && unread) co_await linger();
        if (!sent || !turn.keep_alive) co_return;
    }
}

Response Connection::refuse(Turn& turn, const Failure& failure) {
    turn.keep_alive = false;
    return shared_.pipeline.refuse(*turn.exchange, failure);
}

/// Reads until the head is there or cannot come any more. Returns false when there is nothing to answer.
awaitable<bool> Connection::read_head(Turn& turn) {
    phase_ = buffer_.empty() ? Phase::idle : Phase::reading;
    if (buffer_.empty()) {
        if (shared_.draining) co_return false;
        buffer_.shrink_to_fit();  // thousands of idle connections should not keep buffers
        set_deadline(shared_.settings.idle_timeout);
    } else {
        set_deadline(shared_.settings.header_timeout);
    }
    while (true) {
        buffer_.erase(0, turn.parser.feed(buffer_));
        if (turn.parser.fault() || turn.parser.head_done()) break;
        const std::size_t received = co_await read_some(head_step);
        if (received == 0) {
            if (timed_out_ && turn.parser.started()) break;
            co_return false;
        }
        if (phase_ == Phase::idle) {
            phase_ = Phase::reading;
            set_deadline(shared_.settings.header_timeout);
        }
    }
    clear_deadline();
    co_return true;
}

/// Appends what arrives to the buffer; 0 when the other end closed, the socket failed, or time was up.
awaitable<std::size_t> Connection::read_some(std::size_t step) {
    const std::size_t held = buffer_.size();
    if (held > shared_.settings.parser.head_max + head_step) co_return 0;
    buffer_.resize(held + step);
    error_code error;
    const std::size_t received = co_await socket_.async_read_some(asio::buffer(buffer_.data() + held, step),
                                                                  asio::redirect_error(asio::use_awaitable, error));
    buffer_.resize(held + received);
    co_return error ? 0 : received;
}

/// Everything before the answer: the checks of the head, and the body. A response ends the call.
awaitable<std::optional<Response>> Connection::receive(Turn& turn) {
    Exchange& exchange = *turn.exchange;
    const auto announced = turn.parser.content_length();
    auto refused = shared_.pipeline.open(exchange, announced);
    const bool has_body = !turn.parser.done();
    const bool expects =
        exchange.request.version == 11 && equal_ignoring_case(exchange.request.headers.get("Expect"), "100-continue");
    const bool large = has_body && (expects || !announced || *announced > large_body);
    if (refused) {
        // A small body is read and dropped, so that the connection can go on.
        if (has_body && !large && exchange.route == nullptr) {
            turn.parser.allow_body(large_body);
            co_await read_body(turn);
        }
        co_return refused;
    }
    if (!has_body) co_return std::nullopt;
    if (large) {
        // Whoever may not call should not have to send, nor we to hold, megabytes first.
        if (auto response = co_await admit(turn)) co_return response;
        const std::size_t wanted = announced ? static_cast<std::size_t>(*announced) : exchange.route->body_max;
        if (!turn.reserve(wanted)) {
            co_return refuse(
                turn, Failure(FailureCode::unavailable, "Too many uploads are going on: try again in a moment."));
        }
        constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        if (expects && buffer_.empty() && !co_await write_bytes(go_on, {})) {
            turn.abandoned = true;
            shared_.pipeline.conclude_abandoned(exchange);
            co_return Response();
        }
    }
    turn.parser.allow_body(exchange.route->body_max);
    co_return co_await read_body(turn);
}

/// The steps that need no body, on a worker. A response refuses the call.
awaitable<std::optional<Response>> Connection::admit(Turn& turn) {
    phase_ = Phase::working;
    auto judge = [&pipeline = shared_.pipeline, exchange = turn.exchange] { return pipeline.admit(*exchange); };
    auto judged = co_await run_on(shared_.pool(Pool::store), loop_.context, false, std::move(judge));
    turn.admitted = true;
    if (!judged) co_return shared_.pipeline.refuse(*turn.exchange, too_busy());
    co_return std::move(*judged);
}

awaitable<std::optional<Response>> Connection::read_body(Turn& turn) {
    phase_ = Phase::reading;
    const auto begun = std::chrono::steady_clock::now();
    while (true) {
        buffer_.erase(0, turn.parser.feed(buffer_));
        if (turn.parser.fault()) co_return refuse(turn, *turn.parser.fault());
        if (turn.parser.done()) break;
        const auto bonus = std::chrono::seconds(turn.exchange->request.body.size() / slow_bytes_a_second);
        deadline_ = begun + shared_.settings.body_timeout + bonus;
        if (co_await read_some(body_step) > 0) continue;
        if (timed_out_)
            co_return refuse(turn, Failure(FailureCode::timeout, "The body of the request did not come in time."));
        if (buffer_.size() > head_step) {
            co_return refuse(turn, Failure(FailureCode::malformed_request, "A chunk of the body is malformed."));
        }
        turn.abandoned = true;
        shared_.pipeline.conclude_abandoned(*turn.exchange);
        co_return Response();
    }
    clear_deadline();
    co_return std::nullopt;
}

/// Has the request answered: on the spot, on a worker, or when what it waits for has happened.
awaitable<Response> Connection::answer(Turn& turn) {
    phase_ = Phase::working;
    const Pipeline& pipeline = shared_.pipeline;
    if (!turn.admitted && pipeline.may_be_quick(*turn.exchange)) {
        if (auto response = pipeline.try_quick(*turn.exchange)) co_return std::move(*response);
        turn.admitted = true;
    }
    // Limits and tokens are judged by the ordinary workers, so that a queue of password hashes holds up no refusal.
    if (!turn.admitted && turn.exchange->route->pool != Pool::store) {
        if (auto refused = co_await admit(turn)) co_return std::move(*refused);
    }
    auto work = [&pipeline, exchange = turn.exchange, admitted = turn.admitted]() -> Outcome {
        if (!admitted) {
            if (auto refused = pipeline.admit(*exchange)) return std::move(*refused);
        }
        Outcome outcome = pipeline.answer(*exchange);
        if (auto* waiting = std::get_if<std::shared_ptr<Waiting>>(&outcome)) (*waiting)->begin(*waiting);
        return outcome;
    };
    auto outcome = co_await run_on(shared_.pool(turn.exchange->route->pool), loop_.context, false, std::move(work));
    if (!outcome) co_return pipeline.refuse(*turn.exchange, too_busy());
    if (auto* made = std::get_if<Response>(&*outcome)) co_return std::move(*made);
    auto response = co_await wait_for(turn, std::get<std::shared_ptr<Waiting>>(std::move(*outcome)));
    if (response) co_return std::move(*response);
    turn.abandoned = true;
    co_return Response();
}

awaitable<std::optional<Response>> Connection::wait_for(Turn& turn, std::shared_ptr<Waiting> waiting) {
    phase_ = Phase::waiting;
    waiting_ = waiting;
    waiting->when_decided(signaller());
    watch_for_departure();
    const auto due = std::chrono::steady_clock::now() + waiting->wait();
    if (shared_.draining) waiting->expire();
    while (!waiting->over() && !departed_) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(due - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            waiting->expire();
        } else {
            co_await wait_for_signal(left);
        }
    }
    waiting_ = nullptr;
    phase_ = Phase::working;
    stop_watching();
    const Pipeline& pipeline = shared_.pipeline;
    if (departed_) {
        waiting->abandon();
        pipeline.conclude_abandoned(*turn.exchange);
        // An answer under an idempotency key is made all the same: the client will ask for it again.
        if (turn.exchange->held_key) {
            shared_.pool(turn.exchange->route->pool).post([&pipeline, exchange = turn.exchange, waiting] {
                pipeline.resume(*exchange, *waiting);
            });
        }
        co_return std::nullopt;
    }
    auto work = [&pipeline, exchange = turn.exchange, waiting] { return pipeline.resume(*exchange, *waiting); };
    auto response = co_await run_on(shared_.pool(turn.exchange->route->pool), loop_.context, true, std::move(work));
    co_return std::move(*response);
}

/// Notices that the client closes while nothing is read or written. Bytes that arrive are a further request: then only
/// a failing write tells.
void Connection::watch_for_departure() {
    if (watching_ || !buffer_.empty()) return;
    watching_ = true;
    socket_.async_wait(tcp::socket::wait_read, [this, self = shared_from_this()](const error_code& error) {
        watching_ = false;
        if (error) return;
        char byte = 0;
        const ssize_t seen = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        if (seen > 0) return;
        if (seen < 0 && (errno == EAGAIN || errno == EINTR)) return watch_for_departure();
        departed_ = true;
        signal();
    });
}

void Connection::stop_watching() {
    error_code ignored;
    if (watching_) socket_.cancel(ignored);
}

awaitable<void> Connection::wait_for_signal(std::chrono::milliseconds longest) {
    if (!std::exchange(signalled_, false)) {
        error_code ignored;
        timer_.expires_after(longest);
        co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        signalled_ = false;
    }
}

void Connection::signal() {
    signalled_ = true;
    timer_.cancel();
}

std::function<void()> Connection::signaller() {
    return [weak = weak_from_this(), &context = loop_.context] {
        asio::post(context, [weak] {
            if (const auto self = weak.lock()) self->signal();
        });
    };
}

/// After a refusal: the client may still be sending, and closing now would reset the connection before it has read the
/// answer. So what it sends is thrown away until it has seen our end of the connection close.
awaitable<void> Connection::linger() {
    error_code error;
    socket_.shutdown(tcp::socket::shutdown_send, error);
    set_deadline(linger_time);
    std::size_t dropped = buffer_.size();
    std::string sink(body_step, '\0');
    while (!error && dropped < linger_bytes_max) {
        dropped +=
            co_await socket_.async_read_some(asio::buffer(sink), asio::redirect_error(asio::use_awaitable, error));
    }
    clear_deadline();
}

void Connection::check_deadline(SteadyTime now) {
    if (now < deadline_) return;
    timed_out_ = true;
    clear_deadline();
    error_code ignored;
    socket_.cancel(ignored);
}

void Connection::drain() {
    error_code ignored;
    if (phase_ == Phase::idle) socket_.cancel(ignored);
    if (waiting_) waiting_->expire();
    if (events_) events_->finish();
}

void Connection::abort() {
    error_code ignored;
    departed_ = true;
    socket_.close(ignored);
    signal();
}

}  // namespace fitview::http
