#include "media/worker_process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <vector>

#include "base/failure.hpp"
#include "media/decoder_pool.hpp"

namespace fitview::media {
namespace {

/// Standard streams from and to nowhere, the channel at its place, everything else closed on exec.
class SpawnPlan {
public:
    explicit SpawnPlan(int channel) {
        posix_spawn_file_actions_init(&files_);
        posix_spawn_file_actions_adddup2(&files_, channel, worker_channel_fd);
        for (const int standard : {0, 1, 2}) {
            posix_spawn_file_actions_addopen(&files_, standard, "/dev/null", O_RDWR, 0);
        }
        sigset_t all;
        sigset_t none;
        sigfillset(&all);
        sigemptyset(&none);
        posix_spawnattr_init(&attributes_);
        // The server's signal handling is not the worker's, and Ctrl-C in a terminal is meant for the server alone.
        posix_spawnattr_setsigdefault(&attributes_, &all);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    }
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&files_);
        posix_spawnattr_destroy(&attributes_);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;

    pid_t start(const std::string& path) {
        std::string name = "fitview-decoder";
        std::string argument(decode_worker_argument);
        std::string locale = "LC_ALL=C";
        const std::array<char*, 3> arguments = {name.data(), argument.data(), nullptr};
        const std::array<char*, 2> environment = {locale.data(), nullptr};  // no secret of the server's goes along
        pid_t pid = -1;
        if (posix_spawn(&pid, path.c_str(), &files_, &attributes_, arguments.data(), environment.data()) != 0)
            return -1;
        return pid;
    }

private:
    posix_spawn_file_actions_t files_{};
    posix_spawnattr_t attributes_{};
};

}  // namespace

WorkerProcess::WorkerProcess(const std::string& path, std::size_t memory_max) {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        throw Unavailable("no socket pair for a picture decoder");
    }
    channel_ = OwnedFd(ends[0]);
    const OwnedFd far_end(ends[1]);
    pid_ = SpawnPlan(far_end.get()).start(path);
    if (pid_ < 0) throw Unavailable("a picture decoder does not start: " + path);
    send_message(channel_.get(), WorkerSettings{.memory_max = memory_max});
}

WorkerProcess::~WorkerProcess() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

std::optional<WorkerHello> WorkerProcess::greet(std::chrono::milliseconds limit) {
    std::vector<OwnedFd> files;
    if (!hello_ && wait_readable(channel_.get(), limit)) hello_ = receive_message<WorkerHello>(channel_.get(), files);
    return hello_;
}

std::optional<WorkerReply> WorkerProcess::ask(const WorkerRequest& request, int input, int output,
                                              std::chrono::milliseconds limit, bool& timed_out) {
    timed_out = false;
    if (!send_message(channel_.get(), request, {input, output})) return std::nullopt;
    if (!wait_readable(channel_.get(), limit)) {
        timed_out = true;
        return std::nullopt;
    }
    std::vector<OwnedFd> files;
    return receive_message<WorkerReply>(channel_.get(), files);
}

}  // namespace fitview::media
