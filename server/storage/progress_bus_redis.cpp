#include <algorithm>
#include <thread>

#include "base/failure.hpp"
#include "base/id_source.hpp"
#include "storage/progress_bus.hpp"
#include "storage/redis/redis_client.hpp"
#include "storage/redis/redis_connection.hpp"

namespace fitview::storage {
namespace {

constexpr Milliseconds connect_within{2'000};
constexpr Milliseconds retry_first{50};
constexpr Milliseconds retry_most{2'000};
/// After so long without a message the server is asked whether it is still there; after twice as long it is not.
constexpr Milliseconds quiet_span{5'000};
constexpr std::size_t node_name_bytes = 9;

/// Listeners sit in a bus of this process. Every node hears every topic on one channel, which costs less than a
/// subscription for each listener: topics are few and short, and each is heard for the length of one try-on.
class RedisProgressBus final : public ProgressBus {
public:
    RedisProgressBus(RedisClient& redis, std::size_t subscription_limit)
        : redis_(redis),
          local_(open_in_process_progress_bus(subscription_limit)),
          node_(random_token(node_name_bytes)),
          channel_("progress:" + std::to_string(redis.address().database)),
          listener_([this] { listen(); }) {}

    ~RedisProgressBus() override {
        {
            const std::lock_guard guard(lock_);
            stopping_ = true;
            if (connection_) connection_->interrupt();
        }
        stop_.notify_all();
        listener_.join();
    }

    std::unique_ptr<Subscription> subscribe(std::string_view topic, Wake wake) override {
        return local_->subscribe(topic, std::move(wake));
    }

    void publish(std::string_view topic) override {
        local_->publish(topic);
        try {
            redis_.run({"PUBLISH", channel_, node_ + " " + std::string(topic)});
        } catch (const Unavailable&) {  // listeners elsewhere read again by themselves
        }
    }

private:
    void listen() {
        Milliseconds pause{0};
        for (;;) {
            const auto started = std::chrono::steady_clock::now();
            try {
                hear();
            } catch (const std::exception&) {  // the client says in the log that the server is away
            }
            const bool was_there = std::chrono::steady_clock::now() - started > quiet_span;
            pause = was_there ? retry_first : std::clamp(pause * 2, retry_first, retry_most);
            std::unique_lock guard(lock_);
            connection_.reset();
            if (stop_.wait_for(guard, pause, [this] { return stopping_; })) return;
        }
    }

    /// Passes on what other nodes publish, until the connection breaks.
    void hear() {
        const auto connection = std::make_shared<RedisConnection>(redis_.address(), in(connect_within));
        {
            const std::lock_guard guard(lock_);
            if (stopping_) return;
            connection_ = connection;
        }
        connection->send({{"SUBSCRIBE", channel_}}, in(quiet_span));
        for (bool asked = false;;) {
            const auto reply = connection->receive_until(in(quiet_span));
            if (!reply && asked) return;
            if (!reply) connection->send({{"PING"}}, in(quiet_span));
            asked = !reply;
            if (reply) pass_on(*reply);
        }
    }

    void pass_on(const RedisReply& reply) {
        if (reply.items.size() != 3 || reply.items[0].text != "message") return;
        const std::string_view message = reply.items[2].text;
        const std::size_t space = message.find(' ');
        if (space == std::string_view::npos || message.substr(0, space) == node_) return;
        local_->publish(message.substr(space + 1));
    }

    static SteadyTime in(Milliseconds span) { return std::chrono::steady_clock::now() + span; }

    RedisClient& redis_;
    const std::unique_ptr<ProgressBus> local_;
    const std::string node_;
    const std::string channel_;

    std::mutex lock_;
    std::condition_variable stop_;
    bool stopping_ = false;
    std::shared_ptr<RedisConnection> connection_;
    std::thread listener_;
};

}  // namespace

std::unique_ptr<ProgressBus> open_redis_progress_bus(RedisClient& redis, std::size_t subscription_limit) {
    return std::make_unique<RedisProgressBus>(redis, subscription_limit);
}

}  // namespace fitview::storage
