#pragma once
// The worker's side of the channel. Private to media/.
#include <string_view>

#include "media/worker_channel.hpp"

namespace fitview::media {

/// Closes everything but the channel, takes the settings, warms the loaders up, locks itself in and says hello.
/// False when the pool is gone.
bool start_worker();

/// The next request with its input mapped and its result file; false when the pool has gone.
class WorkerTask {
public:
    WorkerTask() = default;
    ~WorkerTask();
    WorkerTask(const WorkerTask&) = delete;
    WorkerTask& operator=(const WorkerTask&) = delete;

    bool receive();
    const WorkerRequest& request() const { return request_; }
    std::string_view input() const { return input_; }
    int output() const { return files_[1].get(); }

private:
    WorkerRequest request_;
    std::vector<OwnedFd> files_;
    std::string_view input_;
};

}  // namespace fitview::media
