#pragma once
// A bounded cache of things that take long to make and are shared by many.
#include <future>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace fitview::photo_analysis {

/// Keeps at most `capacity` values, the most recently used ones. Whoever asks for a value that is being made waits for
/// it instead of making it too. Thread-safe.
template <class T>
class SingleFlightCache {
public:
    explicit SingleFlightCache(std::size_t capacity) : capacity_(capacity) {}

    /// The value of `key`, made by `make()` when it is not there. What `make` throws reaches everyone who waits, and is
    /// not kept.
    template <class Make>
    std::shared_ptr<const T> get(const std::string& key, Make&& make) {
        std::promise<std::shared_ptr<const T>> promise;
        std::shared_future<std::shared_ptr<const T>> future;
        {
            const std::lock_guard lock(mutex_);
            if (const auto found = entries_.find(key); found != entries_.end()) {
                order_.splice(order_.begin(), order_, found->second.place);
                future = found->second.future;
            } else {
                order_.push_front(key);
                entries_.emplace(key, Entry{promise.get_future().share(), order_.begin()});
                drop_oldest();
            }
        }
        if (future.valid()) return future.get();
        try {
            auto value = std::make_shared<const T>(make());
            promise.set_value(value);
            return value;
        } catch (...) {
            promise.set_exception(std::current_exception());
            const std::lock_guard lock(mutex_);
            if (const auto found = entries_.find(key); found != entries_.end()) {
                order_.erase(found->second.place);
                entries_.erase(found);
            }
            throw;
        }
    }

    std::size_t size() const {
        const std::lock_guard lock(mutex_);
        return entries_.size();
    }

private:
    struct Entry {
        std::shared_future<std::shared_ptr<const T>> future;
        std::list<std::string>::iterator place;
    };
    void drop_oldest() {
        while (entries_.size() > capacity_) {
            entries_.erase(order_.back());  // those who wait for it hold its future
            order_.pop_back();
        }
    }

    const std::size_t capacity_;
    mutable std::mutex mutex_;
    std::list<std::string> order_;  ///< most recently used first
    std::unordered_map<std::string, Entry> entries_;
};

}  // namespace fitview::photo_analysis
