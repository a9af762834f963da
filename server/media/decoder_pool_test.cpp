#include "media/decoder_pool.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <thread>

namespace fitview::media {
namespace {

using namespace std::chrono_literals;

Raster grey(int side) {
    return {side, side, 3,
            std::vector<std::uint8_t>(static_cast<std::size_t>(side) * static_cast<std::size_t>(side) * 3, 90)};
}

DecoderPoolSettings real() {
    return {.worker_path = FITVIEW_DECODE_WORKER, .workers = 1};
}
DecoderPoolSettings hostile() {
    return {.worker_path = FITVIEW_HOSTILE_WORKER, .workers = 1, .deadline = 300ms};
}

std::string reason_for(DecoderPool& pool, const std::string& wish) {
    const auto answer = pool.decode("\xff\xd8\xff" + wish, 1024);
    const auto* refusal = std::get_if<Refusal>(&answer);
    return refusal == nullptr ? "accepted" : refusal->reason;
}

TEST(DecoderPool, AnswersAsTheDecoderInThisProcess) {
    DecoderPool pool(real());
    const std::string png = encode_png(grey(200));
    EXPECT_EQ(pool.prepare(png), prepare_picture(png));
    EXPECT_EQ(pool.decode(png, 100), decode_picture(png, 100));
    EXPECT_EQ(pool.prepare("GIF89a"), prepare_picture("GIF89a"));
    EXPECT_EQ(pool.prepare(png.substr(0, 100)), prepare_picture(png.substr(0, 100)));
    EXPECT_EQ(pool.prepare(encode_png(grey(63))), prepare_picture(encode_png(grey(63))));
}

TEST(DecoderPool, AWorkerKilledWhileIdleIsReplaced) {
    DecoderPool pool(real());
    for (int i = 0; i < 3; ++i) {
        for (const pid_t pid : pool.idle_workers()) kill(pid, SIGKILL);
        EXPECT_TRUE(std::holds_alternative<Raster>(pool.decode(encode_png(grey(100)), 100)));
    }
}

TEST(DecoderPool, ACrashIsAReasonAndTheNextPictureIsDecoded) {
    DecoderPool pool(hostile());
    EXPECT_EQ(reason_for(pool, "crash"), "The picture could not be decoded");
    EXPECT_EQ(reason_for(pool, "well"), "well");
}

TEST(DecoderPool, AHangEndsAtTheDeadlineAndTheNextPictureIsDecoded) {
    DecoderPool pool(hostile());
    const auto started = std::chrono::steady_clock::now();
    EXPECT_EQ(reason_for(pool, "hang"), "The picture takes too long to decode");
    EXPECT_LT(std::chrono::steady_clock::now() - started, 60s);
    EXPECT_EQ(reason_for(pool, "well"), "well");
}

TEST(DecoderPool, AWorkerTakenOverReachesNeitherNetworkNorFiles) {
    bool has_warned = false;
    auto settings = hostile();
    settings.warn = [&](std::string_view) { has_warned = true; };
    DecoderPool pool(settings);
    EXPECT_EQ(reason_for(pool, "file"), "file") << "the worker dies if it could open one";
    // Where the kernel has no filter, the worker is free to make a socket, and the server's operator has been told.
    EXPECT_EQ(reason_for(pool, "socket"), has_warned ? "socket" : "The picture could not be decoded");
}

TEST(DecoderPool, AWorkerThatLiesIsNotBelieved) {
    DecoderPool pool(hostile());
    EXPECT_EQ(reason_for(pool, "short result"), "The picture could not be decoded");
    EXPECT_EQ(reason_for(pool, "huge result"), "The picture could not be decoded");
    EXPECT_EQ(reason_for(pool, "unprintable"), "The picture could not be decoded");
    EXPECT_EQ(reason_for(pool, "well"), "well");
}

TEST(DecoderPool, ManyCallersShareFewWorkers) {
    auto settings = real();
    settings.workers = 2;
    DecoderPool pool(settings);
    const std::string png = encode_png(grey(100));
    std::atomic<int> decoded = 0;
    std::vector<std::thread> callers;
    for (int i = 0; i < 8; ++i) {
        callers.emplace_back([&] { decoded += std::holds_alternative<Raster>(pool.decode(png, 100)) ? 1 : 0; });
    }
    for (auto& caller : callers) caller.join();
    EXPECT_EQ(decoded, 8);
}

TEST(DecoderPool, ACallerBeyondTheWaitingRoomIsSentAway) {
    auto settings = hostile();
    settings.waiting_max = 0;
    settings.deadline = 700ms;
    DecoderPool pool(settings);
    std::thread busy([&] { reason_for(pool, "hang"); });
    while (!pool.idle_workers().empty()) std::this_thread::yield();
    EXPECT_THROW(reason_for(pool, "well"), Unavailable);
    busy.join();
}

TEST(DecoderPool, AHostThatIsNoDecoderIsUnavailable) {
    auto settings = real();
    settings.worker_path = "/bin/true";
    DecoderPool pool(settings);
    EXPECT_THROW(pool.prepare(encode_png(grey(100))), Unavailable);
    settings.worker_path = "/nowhere";
    EXPECT_THROW(DecoderPool{settings}, Unavailable);
}

}  // namespace
}  // namespace fitview::media
