// A worker as an attacker would have it: locked in like the real one, then doing what the test's picture asks for.
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "media/decode_worker.hpp"

using namespace fitview::media;

namespace {

WorkerReply misbehave(const WorkerTask& task) {
    const std::string_view wish = task.input().substr(3);  // after the magic of a JPEG
    if (wish == "crash") std::abort();
    if (wish == "hang") {
        for (volatile bool forever = true; forever;) {
        }
    }
    if (wish == "socket") socket(AF_INET, SOCK_STREAM, 0);
    if (wish == "file" && open("/etc/passwd", O_RDONLY) >= 0) std::abort();
    WorkerReply reply;
    reply.text.set(wish);
    if (wish == "short result") {
        reply.kind = WorkerReply::Kind::raster;
        reply.width = reply.height = 100;
    }
    if (wish == "huge result") {
        reply.kind = WorkerReply::Kind::picture;
        reply.width = reply.height = 100;
        reply.main_size = ~std::uint64_t{0};
    }
    if (wish == "unprintable") reply.text.set("\x1b[2J");
    return reply;
}

}  // namespace

int main() {
    if (!start_worker()) return 0;
    while (true) {
        WorkerTask task;
        if (!task.receive()) return 0;
        send_message(worker_channel_fd, misbehave(task));
    }
}
