#include "tryon/end_watch.hpp"

#include <utility>
#include <vector>

#include "tryon/tryon_service.hpp"

namespace fitview::tryon {

EndWatch::EndWatch(storage::ProgressBus& bus) : bus_(bus), thread_([this] { run(); }) {}

EndWatch::~EndWatch() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

std::uint64_t EndWatch::watch(const TryonId& session, std::function<bool()> has_ended, std::function<void()> ended) {
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(mutex_);
        number = ++next_;
        watched_[number].has_ended = std::move(has_ended);
        watched_[number].ended = std::move(ended);
    }
    // Outside the lock: the bus may wake us on its own thread while it subscribes.
    std::unique_ptr<storage::ProgressBus::Subscription> subscription;
    try {
        subscription = bus_.subscribe(end_topic(session), [this, number] { tell(number, true); });
    } catch (...) {
        const std::lock_guard lock(mutex_);
        watched_.erase(number);
        throw;
    }
    const std::lock_guard lock(mutex_);
    if (const auto found = watched_.find(number); found != watched_.end())
        found->second.subscription = std::move(subscription);
    return number;
}

void EndWatch::forget(std::uint64_t number) {
    tell(number, false);
}

void EndWatch::tell(std::uint64_t number, bool ended) {
    {
        const std::lock_guard lock(mutex_);
        news_.push_back({number, ended});
    }
    changed_.notify_one();
}

void EndWatch::run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (!changed_.wait_for(lock, look_every, [this] { return stopping_ || !news_.empty(); }))
            look(lock);
        else if (!stopping_)
            take_news(lock);
    }
}

void EndWatch::take_news(std::unique_lock<std::mutex>& lock) {
    const News news = news_.front();
    news_.pop_front();
    const auto found = watched_.find(news.number);
    if (found == watched_.end()) return;
    // Subscriptions end here and never inside their own wake-up, which the bus forbids.
    Watched watched = std::move(found->second);
    watched_.erase(found);
    lock.unlock();
    watched.subscription.reset();
    if (news.ended) watched.ended();
    lock.lock();
}

void EndWatch::look(std::unique_lock<std::mutex>& lock) {
    std::vector<std::pair<std::uint64_t, std::function<bool()>>> questions;
    for (const auto& [number, watched] : watched_) questions.emplace_back(number, watched.has_ended);
    lock.unlock();
    std::vector<std::uint64_t> ended;
    for (const auto& [number, has_ended] : questions) {
        if (has_ended()) ended.push_back(number);
    }
    lock.lock();
    for (const std::uint64_t number : ended) news_.push_back({number, true});
}

}  // namespace fitview::tryon
