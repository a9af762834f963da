#include "media/decoder_pool.hpp"

#include <algorithm>
#include <optional>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "media/decode.hpp"
#include "media/picture_format.hpp"
#include "media/worker_process.hpp"

namespace fitview::media {
namespace {

using namespace std::chrono_literals;

constexpr auto start_limit = 30s;  // a worker comes up in 50 ms; a busy machine may take longer
constexpr int attempts = 2;        // a worker may have died of something else than this picture
constexpr std::uint64_t webp_bytes_max = 64u << 20;

Refusal could_not_be_decoded() {
    return {Refusal::Kind::unusable, "The picture could not be decoded"};
}
Refusal took_too_long() {
    return {Refusal::Kind::unusable, "The picture takes too long to decode"};
}

std::optional<Refusal> refusal_in(const WorkerReply& reply) {
    const auto reason = reply.text.get();
    if (reply.kind != WorkerReply::Kind::refusal || !reason) return std::nullopt;
    if (reply.refusal_kind > static_cast<std::uint32_t>(Refusal::Kind::unusable)) return std::nullopt;
    return Refusal{static_cast<Refusal::Kind>(reply.refusal_kind), *reason};
}

/// The answer in the result file, if it is as the reply says; a worker that was taken over may say anything.
std::optional<StoredPicture> read_picture(const WorkerReply& reply, int file) {
    const bool is_sane = reply.kind == WorkerReply::Kind::picture && reply.main_size <= webp_bytes_max &&
                         reply.thumbnail_size <= webp_bytes_max && std::min(reply.width, reply.height) > 0 &&
                         std::max(reply.width, reply.height) <= main_side_max;
    auto colours = reply.text.get();
    if (!is_sane || !colours) return std::nullopt;
    std::string main(reply.main_size, '\0');
    std::string thumbnail(reply.thumbnail_size, '\0');
    if (!read_at(file, 0, main.data(), main.size())) return std::nullopt;
    if (!read_at(file, main.size(), thumbnail.data(), thumbnail.size())) return std::nullopt;
    if (judge_format(main) != PictureFormat::webp || judge_format(thumbnail) != PictureFormat::webp)
        return std::nullopt;
    std::string hash = hex(sha256(main));
    return StoredPicture{std::move(main), std::move(thumbnail), reply.width,
                         reply.height,    *std::move(colours),  std::move(hash)};
}

std::optional<Raster> read_raster(const WorkerReply& reply, int file, int max_side) {
    const bool is_sane = reply.kind == WorkerReply::Kind::raster && std::min(reply.width, reply.height) > 0 &&
                         std::max(reply.width, reply.height) <= max_side &&
                         std::int64_t{reply.width} * reply.height <= picture_pixels_max;
    if (!is_sane) return std::nullopt;
    Raster raster{reply.width, reply.height, 3, {}};
    raster.bytes.resize(raster.row_bytes() * static_cast<std::size_t>(raster.height));
    if (!read_at(file, 0, raster.bytes.data(), raster.bytes.size())) return std::nullopt;
    return raster;
}

}  // namespace

/// A worker for one request; one that was discarded is replaced.
class DecoderPool::Lease {
public:
    explicit Lease(DecoderPool& pool) : pool_(pool), worker_(pool.take()) {}
    ~Lease() {
        try {
            worker();  // so that the next caller finds it started
        } catch (const Unavailable&) {
            // The empty place goes back; the next caller tries again and is told.
        }
        pool_.give_back(std::move(worker_));
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    WorkerProcess& worker() {
        if (worker_ == nullptr) worker_ = pool_.start_worker();
        return *worker_;
    }
    void discard() { worker_.reset(); }

private:
    DecoderPool& pool_;
    std::unique_ptr<WorkerProcess> worker_;
};

DecoderPool::DecoderPool(DecoderPoolSettings settings) : settings_(std::move(settings)) {
    for (int i = 0; i < settings_.workers; ++i) idle_.push_back(start_worker());
}

DecoderPool::~DecoderPool() = default;

Accepted<StoredPicture> DecoderPool::prepare(std::string_view bytes) {
    const WorkerRequest request{.kind = WorkerRequest::Kind::prepare, .max_side = main_side_max, .size = bytes.size()};
    return ask<StoredPicture>(request, bytes, read_picture);
}

Accepted<Raster> DecoderPool::decode(std::string_view bytes, int max_side) {
    const WorkerRequest request{.kind = WorkerRequest::Kind::decode, .max_side = max_side, .size = bytes.size()};
    return ask<Raster>(request, bytes,
                       [&](const WorkerReply& reply, int file) { return read_raster(reply, file, max_side); });
}

template <class Answer, class Read>
Accepted<Answer> DecoderPool::ask(const WorkerRequest& request, std::string_view bytes, const Read& read) {
    if (auto refusal = refuse_by_content(bytes)) return *std::move(refusal);
    Lease lease(*this);
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const auto hello = lease.worker().greet(start_limit);
        if (!hello) {
            lease.discard();
            if (attempt + 1 == attempts) throw Unavailable("picture decoders do not come up");
            continue;
        }
        note_protection(hello->is_filtered != 0);
        const OwnedFd input = make_memory_file("picture");
        const OwnedFd output = make_memory_file("answer");
        if (!write_all(input.get(), bytes)) throw Unavailable("no memory for a picture to decode");

        bool timed_out = false;
        const auto reply = lease.worker().ask(request, input.get(), output.get(), settings_.deadline, timed_out);
        if (!reply || reply->retires != 0) lease.discard();
        if (timed_out) return took_too_long();
        if (!reply) continue;
        if (auto refusal = refusal_in(*reply)) return *std::move(refusal);
        if (auto answer = read(*reply, output.get())) return *std::move(answer);
        lease.discard();
    }
    return could_not_be_decoded();
}

std::unique_ptr<WorkerProcess> DecoderPool::start_worker() const {
    return std::make_unique<WorkerProcess>(settings_.worker_path, settings_.memory_max);
}

std::unique_ptr<WorkerProcess> DecoderPool::take() {
    std::unique_lock lock(mutex_);
    if (idle_.empty()) {
        if (waiting_ >= settings_.waiting_max) throw Unavailable("too many pictures wait to be decoded");
        ++waiting_;
        const bool is_free = freed_.wait_for(lock, settings_.waiting_time, [this] { return !idle_.empty(); });
        --waiting_;
        if (!is_free) throw Unavailable("no picture decoder became free in time");
    }
    auto worker = std::move(idle_.back());
    idle_.pop_back();
    return worker;
}

void DecoderPool::give_back(std::unique_ptr<WorkerProcess> worker) {
    {
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(worker));  // an empty place counts too: the next caller starts the worker
    }
    freed_.notify_one();
}

void DecoderPool::note_protection(bool is_filtered) {
    if (is_filtered) return;
    {
        const std::lock_guard lock(mutex_);
        if (has_warned_) return;
        has_warned_ = true;
    }
    settings_.warn("picture decoders run without a system call filter: seccomp is not available here");
}

std::vector<pid_t> DecoderPool::idle_workers() const {
    const std::lock_guard lock(mutex_);
    std::vector<pid_t> pids;
    for (const auto& worker : idle_) {
        if (worker != nullptr) pids.push_back(worker->pid());
    }
    return pids;
}

}  // namespace fitview::media
