#pragma once
// A redis-server for one test, which may stop and start it; and the one all tests share.
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include <array>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "testkit/back_ends.hpp"
#include "testkit/free_port.hpp"
#include "testkit/temporary_folder.hpp"

namespace fitview::testkit {

/// The URL of `database` of the Redis that the test runner started; nothing when there is none. Test programs run side
/// by side, so each uses databases of its own: storage 1, jobs 2, features 3.
inline std::optional<std::string> shared_redis_url(int database) {
    auto address = server_address("REDIS_TEST_URL");
    if (address) *address += "/" + std::to_string(database);
    return address;
}

/// A redis-server process on a free loopback port; it keeps nothing on disk, so it starts empty each time.
class RedisServer {
public:
    /// Further arguments go to redis-server as they are: {"--requirepass", "secret"}.
    explicit RedisServer(std::vector<std::string> arguments = {}) : arguments_(std::move(arguments)) { start(); }
    ~RedisServer() { stop(); }
    RedisServer(const RedisServer&) = delete;
    RedisServer& operator=(const RedisServer&) = delete;

    /// Why there is no redis-server on this machine; empty when there is one.
    static std::string absence() {
        return access("/usr/bin/redis-server", X_OK) == 0 ? "" : "redis-server is not installed";
    }

    int port() const { return port_; }
    std::string url() const { return "redis://127.0.0.1:" + std::to_string(port_); }

    /// Starts it again, empty, on the same port. Returns once it takes connections.
    void start() {
        std::vector<std::string> words{"redis-server", "--port",    std::to_string(port_),  "--bind", "127.0.0.1",
                                       "--save",       "",          "--appendonly",         "no",     "--dir",
                                       folder_.path(), "--logfile", folder_.path() + "/log"};
        words.insert(words.end(), arguments_.begin(), arguments_.end());
        process_ = fork();
        if (process_ == 0) {
            std::vector<char*> raw;
            for (std::string& word : words) raw.push_back(word.data());
            raw.push_back(nullptr);
            execvp("redis-server", raw.data());
            _exit(127);
        }
        for (int look = 0; look < 1000; ++look) {
            if (takes_connections(port_)) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        throw std::runtime_error("redis-server does not start");
    }
    /// Ends it as a power cut would.
    void stop() {
        if (process_ <= 0) return;
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
        process_ = 0;
    }
    /// Stops answering while connections stay open, and goes on.
    void pause() const { kill(process_, SIGSTOP); }
    void resume() const { kill(process_, SIGCONT); }

private:
    const TemporaryFolder folder_;
    const std::vector<std::string> arguments_;
    const int port_ = free_port();
    pid_t process_ = 0;
};

}  // namespace fitview::testkit
