#pragma once
// What the pool and its workers say to each other. Pictures travel in anonymous files (memfd) passed along with
// fixed-size messages over a socket pair that keeps message bounds. Private to media/.
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fitview::media {

/// A file descriptor that closes itself.
class OwnedFd {
public:
    OwnedFd() = default;
    explicit OwnedFd(int fd) : fd_(fd) {}
    OwnedFd(OwnedFd&& other) noexcept : fd_(other.release()) {}
    OwnedFd& operator=(OwnedFd&& other) noexcept;
    ~OwnedFd();

    int get() const { return fd_; }
    int release() {
        const int fd = fd_;
        fd_ = -1;
        return fd;
    }

private:
    int fd_ = -1;
};

constexpr int worker_channel_fd = 3;  ///< the worker's end of the socket pair

/// First message of a worker: it is ready.
struct WorkerHello {
    std::uint32_t is_filtered = 0;  ///< the system call filter is in force
};

struct WorkerSettings {
    std::uint64_t memory_max = 0;
};

/// Sent with two files: the bytes to decode and, empty, the one for the result.
struct WorkerRequest {
    enum class Kind : std::uint32_t { prepare, decode };
    Kind kind = Kind::prepare;
    std::int32_t max_side = 0;
    std::uint64_t size = 0;  ///< of the bytes to decode
};

/// A text of at most 127 printable ASCII characters inside a message.
class ShortText {
public:
    void set(std::string_view text);
    /// Nothing when the content is not such a text: a worker's word is not trusted.
    std::optional<std::string> get() const;

private:
    std::array<char, 128> characters_{};
};

struct WorkerReply {
    enum class Kind : std::uint32_t { picture, raster, refusal };
    Kind kind = Kind::refusal;
    std::uint32_t refusal_kind = 0;
    std::int32_t width = 0;
    std::int32_t height = 0;
    std::uint64_t main_size = 0;  ///< the result file holds the main picture (or the raster), then the thumbnail
    std::uint64_t thumbnail_size = 0;
    ShortText text;             ///< the reason or the blurhash
    std::uint32_t retires = 0;  ///< the worker ends after this answer and wants to be replaced
};

/// An anonymous file in memory. Throws std::runtime_error when the system has none to give.
OwnedFd make_memory_file(const char* name);
/// Whether all of `bytes` could be written at the file's position.
bool write_all(int fd, std::string_view bytes);
/// Reads `size` bytes from `offset`; false when the file has less.
bool read_at(int fd, std::uint64_t offset, void* into, std::size_t size);

/// Sends one message with files. False when the other side is gone.
bool send_bytes(int channel, const void* message, std::size_t size, const std::vector<int>& files);
/// Waits for one message of exactly `size` bytes; false when the other side is gone or says anything else.
bool receive_bytes(int channel, void* message, std::size_t size, std::vector<OwnedFd>& files);
/// Whether there is something to receive (or the other side is gone) within `limit`.
bool wait_readable(int channel, std::chrono::milliseconds limit);

template <class Message>
bool send_message(int channel, const Message& message, const std::vector<int>& files = {}) {
    return send_bytes(channel, &message, sizeof(Message), files);
}

template <class Message>
std::optional<Message> receive_message(int channel, std::vector<OwnedFd>& files) {
    Message message;
    if (!receive_bytes(channel, &message, sizeof(Message), files)) return std::nullopt;
    return message;
}

}  // namespace fitview::media
