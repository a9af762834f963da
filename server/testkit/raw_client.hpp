#pragma once
// A client that speaks to a server byte by byte, for tests of what well-behaved clients never do.
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace fitview::testkit {

/// Connects to a port of this machine and sends exactly what it is told. Blocking; not thread-safe.
class RawClient {
public:
    explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    }
    ~RawClient() { close(); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    bool send(std::string_view text) {
        while (!text.empty()) {
            const ssize_t sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    bool connected() const { return connected_; }
    void close() {
        if (socket_ >= 0) ::close(socket_);
        socket_ = -1;
    }

    /// Reads until `text` has been received, the end, or ten seconds without a byte; returns everything received so
    /// far.
    const std::string& read_until(std::string_view text) {
        while (received_.find(text) == std::string::npos && read_more()) {
        }
        return received_;
    }
    std::string read_to_end() {
        while (read_more()) {
        }
        return std::exchange(received_, {});
    }
    /// Reads one answer with its body; `head_only` for answers to HEAD.
    std::string read_answer(bool head_only = false) {
        read_until("\r\n\r\n");
        const auto head_end = received_.find("\r\n\r\n");
        if (head_end == std::string::npos) return std::exchange(received_, {});
        std::size_t size = head_end + 4;
        const auto length = received_.find("Content-Length: ");
        if (!head_only && length < head_end) size += std::stoul(received_.substr(length + 16));
        while (received_.size() < size && read_more()) {
        }
        std::string answer = received_.substr(0, size);
        received_.erase(0, size);
        return answer;
    }

private:
    bool read_more() {
        pollfd waiting{socket_, POLLIN, 0};
        if (::poll(&waiting, 1, 10'000) <= 0) {
            received_ += "[nothing came for ten seconds]";
            return false;
        }
        std::array<char, 65536> bytes{};
        const ssize_t got = ::recv(socket_, bytes.data(), bytes.size(), 0);
        if (got > 0) received_.append(bytes.data(), static_cast<std::size_t>(got));
        return got > 0;
    }

    int socket_;
    bool connected_ = false;
    std::string received_;
};

}  // namespace fitview::testkit
