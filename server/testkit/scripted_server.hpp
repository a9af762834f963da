#pragma once
// A server on a free loopback port that answers with the very bytes a test says: for clients of other people's servers.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace fitview::testkit {

/// Takes connections one after the other and hands every request (head and body) to `answer`; what that returns is
/// sent as it is. An empty answer ends the connection. Only requests with `Content-Length` or no body are understood.
class ScriptedServer {
public:
    using Answer = std::function<std::string(const std::string& request)>;

    explicit ScriptedServer(Answer answer) : answer_(std::move(answer)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address);
        if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
            ::listen(listener_, 16) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
            throw std::runtime_error("no loopback port");
        }
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~ScriptedServer() {
        ::shutdown(listener_, SHUT_RDWR);
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
            if (connection_ >= 0) ::shutdown(connection_, SHUT_RDWR);
        }
        thread_.join();
        ::close(listener_);
    }
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    std::uint16_t port() const { return port_; }
    std::string address() const { return "http://127.0.0.1:" + std::to_string(port_); }

    /// Every request so far, whole.
    std::vector<std::string> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }
    int connections() const {
        const std::lock_guard lock(mutex_);
        return connections_;
    }

    /// An answer with its length; `headers` are whole lines with `\r\n`.
    static std::string answer(int status, const std::string& body, const std::string& headers = {}) {
        return "HTTP/1.1 " + std::to_string(status) + " Status\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\n" + headers + "\r\n" + body;
    }

private:
    void serve() {
        while (true) {
            const int connection = ::accept(listener_, nullptr, nullptr);
            if (connection < 0) return;
            {
                const std::lock_guard lock(mutex_);
                if (stopping_) {
                    ::close(connection);
                    return;
                }
                connection_ = connection;
                ++connections_;
            }
            talk(connection);
            const std::lock_guard lock(mutex_);
            connection_ = -1;
            ::close(connection);
        }
    }

    void talk(int connection) {
        std::string received;
        while (true) {
            const std::string request = next_request(connection, received);
            if (request.empty()) return;
            {
                const std::lock_guard lock(mutex_);
                requests_.push_back(request);
            }
            const std::string answer = answer_(request);
            if (answer.empty()) return;
            if (::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) return;
            if (answer.find("Connection: close") != std::string::npos) return;
        }
    }

    static std::string next_request(int connection, std::string& received) {
        while (true) {
            const auto head_end = received.find("\r\n\r\n");
            if (head_end != std::string::npos) {
                const std::size_t size = head_end + 4 + content_length(received.substr(0, head_end));
                if (received.size() >= size) {
                    std::string request = received.substr(0, size);
                    received.erase(0, size);
                    return request;
                }
            }
            std::string buffer(65536, '\0');
            const ssize_t got = ::recv(connection, buffer.data(), buffer.size(), 0);
            if (got <= 0) return {};
            received.append(buffer, 0, static_cast<std::size_t>(got));
        }
    }

    static std::size_t content_length(std::string head) {
        std::ranges::transform(head, head.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        const auto at = head.find("\r\ncontent-length:");
        return at == std::string::npos ? 0 : std::stoul(head.substr(at + 17));
    }

    const Answer answer_;
    const int listener_;
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;
    int connections_ = 0;
    int connection_ = -1;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace fitview::testkit
