#include "media/worker_channel.hpp"

#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace fitview::media {
namespace {

constexpr std::size_t files_max = 2;

}  // namespace

OwnedFd& OwnedFd::operator=(OwnedFd&& other) noexcept {
    if (this != &other) {
        if (fd_ >= 0) close(fd_);
        fd_ = other.release();
    }
    return *this;
}

OwnedFd::~OwnedFd() {
    if (fd_ >= 0) close(fd_);
}

void ShortText::set(std::string_view text) {
    characters_.fill('\0');
    std::copy_n(text.begin(), std::min(text.size(), characters_.size() - 1), characters_.begin());
}

std::optional<std::string> ShortText::get() const {
    const auto end = std::ranges::find(characters_, '\0');
    const bool is_printable = std::all_of(characters_.begin(), end, [](char c) { return c >= ' ' && c <= '~'; });
    if (end == characters_.end() || !is_printable) return std::nullopt;
    return std::string(characters_.begin(), end);
}

OwnedFd make_memory_file(const char* name) {
    OwnedFd file(memfd_create(name, MFD_CLOEXEC));
    if (file.get() < 0) throw std::runtime_error("no anonymous file to be had");
    return file;
}

bool write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

bool read_at(int fd, std::uint64_t offset, void* into, std::size_t size) {
    for (std::size_t done = 0; done < size;) {
        const ssize_t count =
            pread(fd, static_cast<char*>(into) + done, size - done, static_cast<off_t>(offset + done));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        done += static_cast<std::size_t>(count);
    }
    return true;
}

bool send_bytes(int channel, const void* message, std::size_t size, const std::vector<int>& files) {
    iovec content{const_cast<void*>(message), size};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(files_max * sizeof(int))> control{};
    msghdr header{};
    header.msg_iov = &content;
    header.msg_iovlen = 1;
    if (!files.empty()) {
        header.msg_control = control.data();
        header.msg_controllen = CMSG_SPACE(files.size() * sizeof(int));
        cmsghdr* rights = CMSG_FIRSTHDR(&header);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(files.size() * sizeof(int));
        std::memcpy(CMSG_DATA(rights), files.data(), files.size() * sizeof(int));
    }
    ssize_t sent = -1;
    do {
        sent = sendmsg(channel, &header, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == static_cast<ssize_t>(size);
}

bool receive_bytes(int channel, void* message, std::size_t size, std::vector<OwnedFd>& files) {
    iovec content{message, size};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(files_max * sizeof(int))> control{};
    msghdr header{};
    header.msg_iov = &content;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    ssize_t received = -1;
    do {
        received = recvmsg(channel, &header, MSG_CMSG_CLOEXEC);
    } while (received < 0 && errno == EINTR);
    for (cmsghdr* part = CMSG_FIRSTHDR(&header); received >= 0 && part != nullptr; part = CMSG_NXTHDR(&header, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
        const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        files.reserve(files.size() + count);
        for (std::size_t i = 0; i < count; ++i) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(part) + i * sizeof(int), sizeof(int));
            files.emplace_back(fd);
        }
    }
    return received == static_cast<ssize_t>(size) && (header.msg_flags & MSG_TRUNC) == 0;
}

bool wait_readable(int channel, std::chrono::milliseconds limit) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + limit;
    pollfd entry{channel, POLLIN, 0};
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
        const int ready = poll(&entry, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
        if (ready > 0) return true;
        if (ready == 0 || errno != EINTR) return false;
    }
}

}  // namespace fitview::media
