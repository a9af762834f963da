#include "media/decode_worker.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <malloc.h>
#include <ctime>
#include <exception>

#include "media/decode.hpp"
#include "media/decoder_pool.hpp"
#include "media/sandbox.hpp"
#include "media/vips_image.hpp"

namespace fitview::media {
namespace {

constexpr int pictures_max = 500;      // then the worker retires, and with it whatever leaked
constexpr int processor_seconds = 60;  // the same, well before the hard limit of sandbox.cpp kills it

bool is_spent(int pictures) {
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return pictures >= pictures_max || used.tv_sec >= processor_seconds;
}

/// Loads every lazily opened library and table while files may still be opened.
void warm_up() {
    start_vips();
    const Raster raster{64, 64, 3, std::vector<std::uint8_t>(64 * 64 * 3, 128)};
    prepare_here(encode_png(raster));
}

WorkerReply to_reply(const Refusal& refusal) {
    WorkerReply reply{.kind = WorkerReply::Kind::refusal, .refusal_kind = static_cast<std::uint32_t>(refusal.kind)};
    reply.text.set(refusal.reason);
    return reply;
}

WorkerReply prepare_into(int file, std::string_view bytes) {
    const auto answer = prepare_here(bytes);
    if (const auto* refusal = std::get_if<Refusal>(&answer)) return to_reply(*refusal);
    const auto& picture = std::get<StoredPicture>(answer);
    if (!write_all(file, picture.main) || !write_all(file, picture.thumbnail)) std::terminate();
    WorkerReply reply{.kind = WorkerReply::Kind::picture,
                      .width = picture.width,
                      .height = picture.height,
                      .main_size = picture.main.size(),
                      .thumbnail_size = picture.thumbnail.size()};
    reply.text.set(picture.blurhash);
    return reply;
}

WorkerReply decode_into(int file, std::string_view bytes, int max_side) {
    const auto answer = decode_here(bytes, max_side);
    if (const auto* refusal = std::get_if<Refusal>(&answer)) return to_reply(*refusal);
    const auto& raster = std::get<Raster>(answer);
    if (!write_all(file, {reinterpret_cast<const char*>(raster.bytes.data()), raster.bytes.size()})) std::terminate();
    return {.kind = WorkerReply::Kind::raster, .width = raster.width, .height = raster.height};
}

}  // namespace

bool start_worker() {
    close_range(worker_channel_fd + 1, ~0U, 0);
    mallopt(M_ARENA_MAX, 2);  // each arena reserves 64 MiB of the address space that is about to be limited
    std::vector<OwnedFd> files;
    const auto settings = receive_message<WorkerSettings>(worker_channel_fd, files);
    if (!settings) return false;
    warm_up();
    limit_resources(settings->memory_max);
    const bool is_filtered = filter_system_calls();
    return send_message(worker_channel_fd, WorkerHello{.is_filtered = is_filtered});
}

WorkerTask::~WorkerTask() {
    if (!input_.empty()) munmap(const_cast<char*>(input_.data()), input_.size());
}

bool WorkerTask::receive() {
    const auto request = receive_message<WorkerRequest>(worker_channel_fd, files_);
    if (!request || files_.size() != 2) return false;
    request_ = *request;
    void* mapped = mmap(nullptr, request_.size, PROT_READ, MAP_PRIVATE, files_[0].get(), 0);
    if (mapped == MAP_FAILED) return false;
    input_ = {static_cast<const char*>(mapped), request_.size};
    return true;
}

int decode_worker_main() {
    if (!start_worker()) return 0;
    for (int pictures = 1;; ++pictures) {
        WorkerTask task;
        if (!task.receive()) break;
        WorkerReply reply = task.request().kind == WorkerRequest::Kind::prepare
                                ? prepare_into(task.output(), task.input())
                                : decode_into(task.output(), task.input(), task.request().max_side);
        reply.retires = is_spent(pictures) ? 1 : 0;
        if (!send_message(worker_channel_fd, reply) || reply.retires != 0) break;
    }
    _exit(0);  // libraries' farewells would need system calls that are filtered by now
}

}  // namespace fitview::media
