#pragma once
// One worker seen from the server: started, asked, killed. Private to media/.
#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "media/worker_channel.hpp"

namespace fitview::media {

/// Owns the process: it is killed and reaped when this object goes. Not thread-safe.
class WorkerProcess {
public:
    /// Starts `path` as a worker. Safe in a process with many threads, since nothing of this program runs in between.
    /// Throws Unavailable when it cannot be started.
    WorkerProcess(const std::string& path, std::size_t memory_max);
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    /// Waits until the worker has locked itself in; later calls answer at once. Nothing when it does not come up in
    /// time.
    std::optional<WorkerHello> greet(std::chrono::milliseconds limit);

    /// Sends the request with its files and waits for the answer. Nothing when the worker died, said nonsense or took
    /// longer than `limit`; such a worker must not be used again. `timed_out` says whether it was the time.
    std::optional<WorkerReply> ask(const WorkerRequest& request, int input, int output, std::chrono::milliseconds limit,
                                   bool& timed_out);

    pid_t pid() const { return pid_; }

private:
    pid_t pid_ = -1;
    OwnedFd channel_;
    std::optional<WorkerHello> hello_;
};

}  // namespace fitview::media
