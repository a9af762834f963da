#include <fcntl.h>
#include <unistd.h>

#include <ctime>

#include "http/connection.hpp"

namespace fitview::http {
namespace {

constexpr std::size_t piece_size = 128UL << 10U;
constexpr std::size_t slow_bytes_a_second = 32UL << 10U;

/// The Date header, made anew once a second.
const std::string& date_line() {
    thread_local std::time_t made_at = 0;
    thread_local std::string line;
    const std::time_t now = std::time(nullptr);
    if (now != made_at) {
        made_at = now;
        std::tm parts{};
        gmtime_r(&now, &parts);
        std::array<char, 64> text{};
        const std::size_t size = std::strftime(text.data(), text.size(), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
        line.assign(text.data(), size);
    }
    return line;
}

void append_clean(std::string& out, std::string_view text) {
    if (text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos) {
        out += text;
        return;
    }
    for (const char letter : text) {
        if (letter != '\r' && letter != '\n' && letter != '\0') out += letter;
    }
}

std::string chunk_head(std::size_t size) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (; size > 0; size /= 16) text.insert(text.begin(), digits[size % 16]);
    return text + "\r\n";
}

bool may_have_body(int status) {
    return status != 204 && status != 304;
}

}  // namespace

std::string encode_head(const Response& response, int version, bool keep_alive, bool chunked, bool with_length) {
    std::string head;
    constexpr std::size_t usual_size = 1024;
    head.reserve(usual_size);
    head += "HTTP/1.1 ";
    head += std::to_string(response.status);
    head += ' ';
    head += reason_of(response.status);
    head += "\r\n";
    head += date_line();
    for (const auto& [name, value] : response.headers) {
        append_clean(head, name);
        head += ": ";
        append_clean(head, value);
        head += "\r\n";
    }
    if (with_length) head += "Content-Length: " + std::to_string(response.size().value_or(0)) + "\r\n";
    if (chunked) head += "Transfer-Encoding: chunked\r\n";
    if (!keep_alive) {
        head += "Connection: close\r\n";
    } else if (version == 10) {
        head += "Connection: keep-alive\r\n";
    }
    head += "\r\n";
    return head;
}

awaitable<bool> Connection::write_response(Turn& turn, Response response) {
    Exchange& exchange = *turn.exchange;
    shared_.pipeline.conclude(exchange, response);
    phase_ = Phase::writing;
    const int version = exchange.request.version;
    const bool head_only = exchange.request.method == Method::head || !may_have_body(response.status);
    const bool sized = response.size().has_value();
    const bool chunked = !sized && version == 11 && may_have_body(response.status);
    // An old client learns the end of an answer without a length from the end of the connection.
    if (!sized && !chunked) turn.keep_alive = false;
    const std::string head =
        encode_head(response, version, turn.keep_alive, chunked, sized && may_have_body(response.status));
    if (head_only) {
        if (auto* events = std::get_if<EventsBody>(&response.body)) events->channel->cut();
        co_return co_await write_bytes(head, {});
    }
    if (sized && !std::holds_alternative<FileBody>(response.body))
        co_return co_await write_bytes(head, response.bytes());
    if (!co_await write_bytes(head, {})) {
        if (auto* events = std::get_if<EventsBody>(&response.body)) events->channel->cut();
        co_return false;
    }
    if (const auto* file = std::get_if<FileBody>(&response.body)) co_return co_await write_file(*file);
    if (const auto* stream = std::get_if<StreamedBody>(&response.body))
        co_return co_await write_stream(turn, *stream, chunked);
    co_return co_await write_events(turn, std::get<EventsBody>(response.body), chunked);
}

awaitable<bool> Connection::write_bytes(std::string_view first, std::string_view second) {
    const auto bonus = std::chrono::seconds((first.size() + second.size()) / slow_bytes_a_second);
    set_deadline(shared_.settings.write_timeout + bonus);
    const std::array<asio::const_buffer, 2> buffers{asio::const_buffer(first.data(), first.size()),
                                                    asio::const_buffer(second.data(), second.size())};
    error_code error;
    co_await asio::async_write(socket_, buffers, asio::redirect_error(asio::use_awaitable, error));
    clear_deadline();
    co_return !error;
}

/// Pieces are read on this thread: pictures were just looked up and mostly lie in the page cache.
awaitable<bool> Connection::write_file(const FileBody& file) {
    const int descriptor = ::open(file.path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) co_return false;
    std::string piece(std::min<std::uint64_t>(piece_size, file.size), '\0');
    bool good = true;
    for (std::uint64_t at = 0; at < file.size && good;) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), file.size - at));
        const ssize_t got = ::pread(descriptor, piece.data(), wanted, static_cast<off_t>(at));
        good = got > 0 && co_await write_bytes({piece.data(), static_cast<std::size_t>(got)}, {});
        if (good) at += static_cast<std::uint64_t>(got);
    }
    ::close(descriptor);
    co_return good;
}

awaitable<bool> Connection::write_stream(Turn& turn, const StreamedBody& stream, bool chunked) {
    struct Piece {
        std::string bytes;
        bool more = false;
        bool broken = false;
    };
    const Pool pool = turn.exchange->route ? turn.exchange->route->pool : Pool::store;
    while (true) {
        auto make = [next = stream.next]() {
            Piece piece;
            try {
                while (piece.bytes.size() < piece_size) {
                    piece.more = next(piece.bytes);
                    if (!piece.more) break;
                }
            } catch (const std::exception&) {
                piece.broken = true;
            }
            return piece;
        };
        auto made = co_await run_on(shared_.pool(pool), loop_.context, true, std::move(make));
        // The status is long sent: breaking off without the last chunk is how the client learns.
        if (made->broken) co_return false;
        if (!made->bytes.empty()) {
            const std::string head = chunked ? chunk_head(made->bytes.size()) : std::string();
            if (chunked) made->bytes += "\r\n";
            if (!co_await write_bytes(head, made->bytes)) co_return false;
        }
        if (!made->more) break;
    }
    if (!chunked) co_return true;
    co_return co_await write_bytes("0\r\n\r\n", {});
}

awaitable<bool> Connection::write_events(Turn& turn, const EventsBody& events, bool chunked) {
    const auto channel = events.channel;
    const Pool which = turn.exchange->route ? turn.exchange->route->pool : Pool::store;
    WorkerPool& pool = shared_.pool(which);
    channel->attach(signaller());
    events_ = channel;
    departed_ = false;
    if (shared_.draining) channel->finish();
    // A handler that fails after its answer has begun can only end it.
    const auto run = [channel](const std::function<void()>& work) {
        try {
            work();
        } catch (const std::exception&) {
            channel->finish();
        }
    };
    pool.post([run, begin = events.begin] { run(begin); });
    watch_for_departure();

    auto polling = std::make_shared<std::atomic<bool>>(false);
    auto next_poll = std::chrono::steady_clock::now() + channel->interval();
    auto next_beat = std::chrono::steady_clock::now() + shared_.settings.heartbeat;
    bool good = true;
    bool last = false;
    while (good && !last) {
        auto taken = channel->take();
        last = taken.last;
        const auto now = std::chrono::steady_clock::now();
        if (taken.bytes.empty() && !last && now >= next_beat) taken.bytes = ": still here\n\n";
        if (!taken.bytes.empty()) {
            const std::string head = chunked ? chunk_head(taken.bytes.size()) : std::string();
            if (chunked) taken.bytes += "\r\n";
            good = co_await write_bytes(head, taken.bytes);
            next_beat = now + shared_.settings.heartbeat;
            continue;
        }
        if (last || departed_) break;
        const bool polls = static_cast<bool>(channel->poll());
        if (polls && now >= next_poll && !polling->exchange(true)) {
            pool.post([run, channel, polling] {
                run([&] { channel->poll()(EventSender(channel)); });
                *polling = false;
            });
            next_poll = now + channel->interval();
        }
        const auto wake =
            polls ? std::min(next_beat, std::max(next_poll, now + std::chrono::milliseconds(1))) : next_beat;
        co_await wait_for_signal(std::chrono::ceil<std::chrono::milliseconds>(wake - now));
    }
    events_ = nullptr;
    good = good && !departed_;
    channel->cut();
    stop_watching();
    if (!good || !chunked) co_return good;
    co_return co_await write_bytes("0\r\n\r\n", {});
}

}  // namespace fitview::http
