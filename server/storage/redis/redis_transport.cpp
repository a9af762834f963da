#include "storage/redis/redis_transport.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>

#include "storage/redis/redis_tls.hpp"

namespace fitview::storage {
namespace {

std::string reason_of(int error) {
    return std::generic_category().message(error);
}

/// Waits until `file` is ready for `events`. Fails: RedisTooSlow at the deadline.
void wait_for(int file, short events, SteadyTime deadline) {
    for (;;) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        if (left <= 0) throw RedisTooSlow();
        pollfd entry{.fd = file, .events = events, .revents = 0};
        const int ready = poll(&entry, 1, static_cast<int>(std::min<long long>(left, 60'000)));
        if (ready > 0) return;
        if (ready < 0 && errno != EINTR) throw Unavailable("waiting for redis: " + reason_of(errno));
    }
}

class Socket final : public RedisTransport {
public:
    Socket(const addrinfo& address, SteadyTime deadline)
        : file_(socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
        if (file_ < 0) throw Unavailable(reason_of(errno));
        try {
            connect_within(address, deadline);
        } catch (...) {
            close(file_);
            throw;
        }
    }
    ~Socket() override { close(file_); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    void send(std::string_view bytes, SteadyTime deadline) override {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(file_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent >= 0) {
                bytes.remove_prefix(static_cast<std::size_t>(sent));
            } else if (errno == EAGAIN) {
                wait_for(file_, POLLOUT, deadline);
            } else if (errno != EINTR) {
                throw Unavailable("the connection to redis broke: " + reason_of(errno));
            }
        }
    }

    std::size_t receive(char* into, std::size_t size, SteadyTime deadline) override {
        for (;;) {
            const ssize_t got = recv(file_, into, size, 0);
            if (got > 0) return static_cast<std::size_t>(got);
            if (got == 0) throw Unavailable("redis closed the connection");
            if (errno == EAGAIN) {
                wait_for(file_, POLLIN, deadline);
            } else if (errno != EINTR) {
                throw Unavailable("the connection to redis broke: " + reason_of(errno));
            }
        }
    }

    void interrupt() override { shutdown(file_, SHUT_RDWR); }

private:
    void connect_within(const addrinfo& address, SteadyTime deadline) const {
        const int on = 1;
        setsockopt(file_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        setsockopt(file_, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
        if (connect(file_, address.ai_addr, address.ai_addrlen) == 0) return;
        if (errno != EINPROGRESS) throw Unavailable(reason_of(errno));
        wait_for(file_, POLLOUT, deadline);
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(file_, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0) throw Unavailable(reason_of(error));
    }

    int file_;
};

/// The addresses of a host, freed at the end.
class Resolved {
public:
    explicit Resolved(const RedisAddress& address) {
        addrinfo hints{};
        hints.ai_socktype = SOCK_STREAM;
        const int error = getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &first_);
        if (error != 0) throw Unavailable(address.text() + ": " + gai_strerror(error));
    }
    ~Resolved() { freeaddrinfo(first_); }
    Resolved(const Resolved&) = delete;
    Resolved& operator=(const Resolved&) = delete;
    const addrinfo* first() const { return first_; }

private:
    addrinfo* first_ = nullptr;
};

}  // namespace

std::unique_ptr<RedisTransport> connect_to_redis(const RedisAddress& address, SteadyTime deadline) {
    const Resolved resolved(address);
    std::string tried;
    for (const addrinfo* each = resolved.first(); each != nullptr; each = each->ai_next) {
        try {
            auto socket = std::make_unique<Socket>(*each, deadline);
            if (!address.tls) return socket;
            return encrypt_for_redis(std::move(socket), address, deadline);
        } catch (const Unavailable& failure) {
            tried = failure.what();  // the last one is told; a host's addresses mostly fail alike
        }
    }
    throw Unavailable(address.text() + ": " + tried);
}

}  // namespace fitview::storage
