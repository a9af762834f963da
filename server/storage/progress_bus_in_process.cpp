#include <algorithm>
#include <array>
#include <atomic>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/failure.hpp"
#include "storage/progress_bus.hpp"

namespace fitview::storage {
namespace {

constexpr std::size_t shard_count = 16;

/// One part of the topics. Listeners are called under the lock, so that an ended subscription is never called again.
struct Shard {
    std::mutex lock;
    std::unordered_map<std::string, std::vector<const ProgressBus::Wake*>> listeners;
};

class InProcessProgressBus final : public ProgressBus {
public:
    explicit InProcessProgressBus(std::size_t subscription_limit) : subscription_limit_(subscription_limit) {}

    std::unique_ptr<Subscription> subscribe(std::string_view topic, Wake wake) override {
        if (++subscriptions_ > subscription_limit_) {
            --subscriptions_;
            throw Unavailable("progress bus: too many subscriptions");
        }
        return std::make_unique<Listening>(*this, std::string(topic), std::move(wake));
    }

    void publish(std::string_view topic) override {
        Shard& shard = shard_of(topic);
        const std::lock_guard guard(shard.lock);
        const auto found = shard.listeners.find(std::string(topic));
        if (found == shard.listeners.end()) return;
        for (const Wake* wake : found->second) (*wake)();
    }

private:
    class Listening final : public Subscription {
    public:
        Listening(InProcessProgressBus& bus, std::string topic, Wake wake)
            : bus_(bus), shard_(bus.shard_of(topic)), topic_(std::move(topic)), wake_(std::move(wake)) {
            const std::lock_guard guard(shard_.lock);
            shard_.listeners[topic_].push_back(&wake_);
        }
        ~Listening() override {
            {
                const std::lock_guard guard(shard_.lock);
                const auto topic = shard_.listeners.find(topic_);
                std::vector<const Wake*>& listeners = topic->second;
                listeners.erase(std::find(listeners.begin(), listeners.end(), &wake_));
                if (listeners.empty()) shard_.listeners.erase(topic);
            }
            --bus_.subscriptions_;
        }

    private:
        InProcessProgressBus& bus_;
        Shard& shard_;
        const std::string topic_;
        const Wake wake_;
    };

    Shard& shard_of(std::string_view topic) { return shards_[std::hash<std::string_view>{}(topic) % shard_count]; }

    const std::size_t subscription_limit_;
    std::atomic<std::size_t> subscriptions_ = 0;
    std::array<Shard, shard_count> shards_;
};

}  // namespace

std::unique_ptr<ProgressBus> open_in_process_progress_bus(std::size_t subscription_limit) {
    return std::make_unique<InProcessProgressBus>(subscription_limit);
}

}  // namespace fitview::storage
