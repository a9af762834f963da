#pragma once
// Decodes pictures from outside in small processes of their own, which may die in the server's place.
#include <sys/types.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "media/pictures.hpp"

namespace fitview::media {

class WorkerProcess;
struct WorkerRequest;

struct DecoderPoolSettings {
    /// The program that is started with `decode_worker_argument`; this very program unless a test says otherwise.
    std::string worker_path = "/proc/self/exe";
    int workers = 2;                                   ///< pictures decoded at the same time
    int waiting_max = 32;                              ///< callers that may wait for a free worker
    std::chrono::milliseconds waiting_time{10'000};    ///< how long each of them waits
    std::chrono::milliseconds deadline{10'000};        ///< for one picture
    std::size_t memory_max = std::size_t{1536} << 20;  ///< address space of one worker, in bytes
    /// Told, once, what protects less than it should on this machine. Called on the thread of a caller.
    std::function<void(std::string_view)> warn = [](std::string_view) {};
};

/// PictureDecoder over worker processes with a system call filter (seccomp), resource limits, no files, no network, an
/// empty environment and a deadline for each picture. A worker that dies or hangs is killed and replaced; the caller
/// gets a refusal. Thread-safe; a caller beyond the number of workers waits, and beyond `waiting_max` is sent away
/// (Unavailable).
class DecoderPool final : public PictureDecoder {
public:
    /// Starts the workers. Throws Unavailable when they cannot be started.
    explicit DecoderPool(DecoderPoolSettings settings);
    ~DecoderPool() override;
    DecoderPool(const DecoderPool&) = delete;
    DecoderPool& operator=(const DecoderPool&) = delete;

    Accepted<StoredPicture> prepare(std::string_view bytes) override;
    Accepted<Raster> decode(std::string_view bytes, int max_side) override;

    /// The processes of the workers that are idle at this moment.
    std::vector<pid_t> idle_workers() const;

private:
    class Lease;

    /// Has a worker answer the request; `read` makes the answer of a reply and its file, or nothing of a lie.
    template <class Answer, class Read>
    Accepted<Answer> ask(const WorkerRequest& request, std::string_view bytes, const Read& read);
    std::unique_ptr<WorkerProcess> start_worker() const;
    std::unique_ptr<WorkerProcess> take();
    void give_back(std::unique_ptr<WorkerProcess> worker);
    void note_protection(bool is_filtered);

    const DecoderPoolSettings settings_;
    mutable std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<std::unique_ptr<WorkerProcess>> idle_;
    int waiting_ = 0;
    bool has_warned_ = false;
};

/// What a program hosting workers is started with. Its main calls decode_worker_main first thing and returns its
/// answer.
constexpr std::string_view decode_worker_argument = "--decode-worker";

/// The life of a worker: locks itself in, then answers requests on file descriptor 3 until it is closed.
int decode_worker_main();

}  // namespace fitview::media
