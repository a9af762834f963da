#include <algorithm>
#include <array>
#include <deque>
#include <list>
#include <mutex>
#include <stdexcept>
#include <unordered_map>
#include <variant>

#include "storage/cache/cache.hpp"

namespace fitview::storage {
namespace {

constexpr std::size_t shard_count = 16;
/// Roughly what the map, the list and the allocator add to an entry.
constexpr std::size_t entry_overhead = 160;

struct Value {
    SharedBytes bytes;
    std::int64_t revision;
};
using List = std::deque<std::string>;
using Content = std::variant<Value, std::int64_t, List>;

struct Entry {
    std::string key;
    Content content;
    Timestamp expires_at;
    std::size_t bytes;
};

std::size_t size_of(const Content& content) {
    if (const auto* value = std::get_if<Value>(&content)) return value->bytes->size();
    if (const auto* list = std::get_if<List>(&content)) {
        std::size_t bytes = 0;
        for (const std::string& entry : *list) bytes += entry.size() + sizeof(std::string);
        return bytes;
    }
    return sizeof(std::int64_t);
}

/// One part of the keys, used longest ago at the back. Not thread-safe but for `lock`.
class Shard {
public:
    std::mutex lock;

    void set_limit(std::size_t bytes) { byte_limit_ = bytes; }

    /// The live entry under `key`, now the one used last; null when there is none.
    Entry* find(std::string_view key, const Timestamp& now) {
        const auto found = by_key_.find(key);
        if (found == by_key_.end()) return nullptr;
        if (found->second->expires_at <= now) {
            erase(found->second);
            return nullptr;
        }
        entries_.splice(entries_.begin(), entries_, found->second);
        return &*found->second;
    }

    void put(std::string_view key, Content content, Timestamp expires_at) {
        if (const auto found = by_key_.find(key); found != by_key_.end()) erase(found->second);
        const std::size_t bytes = key.size() + size_of(content) + entry_overhead;
        if (bytes > byte_limit_) return;
        entries_.push_front(
            {.key = std::string(key), .content = std::move(content), .expires_at = expires_at, .bytes = bytes});
        by_key_.emplace(entries_.front().key, entries_.begin());
        bytes_ += bytes;
        while (bytes_ > byte_limit_) erase(std::prev(entries_.end()));
    }

    bool remove(std::string_view key, const Timestamp& now) {
        const auto found = by_key_.find(key);
        if (found == by_key_.end()) return false;
        const bool lived = found->second->expires_at > now;
        erase(found->second);
        return lived;
    }

    void count(bool hit) { ++(hit ? hits_ : misses_); }
    void add_to(CacheFigures& figures) const {
        figures.hits += hits_;
        figures.misses += misses_;
        figures.entries += entries_.size();
        figures.bytes += bytes_;
    }

private:
    void erase(std::list<Entry>::iterator entry) {
        bytes_ -= entry->bytes;
        by_key_.erase(entry->key);
        entries_.erase(entry);
    }

    std::size_t byte_limit_ = 0;
    std::size_t bytes_ = 0;
    std::uint64_t hits_ = 0;
    std::uint64_t misses_ = 0;
    std::list<Entry> entries_;
    std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
};

class InProcessCache final : public Cache {
public:
    InProcessCache(std::size_t byte_limit, const Clock& clock) : clock_(clock) {
        for (Shard& shard : shards_) shard.set_limit(byte_limit / shard_count);
    }

    SharedBytes find(std::string_view key) override {
        const Timestamp now = clock_.now();
        Shard& shard = shard_of(key);
        const std::lock_guard guard(shard.lock);
        Entry* const entry = shard.find(key, now);
        const auto* const value = entry == nullptr ? nullptr : std::get_if<Value>(&entry->content);
        shard.count(value != nullptr);
        return value == nullptr ? nullptr : value->bytes;
    }

    std::vector<SharedBytes> find_all(const std::vector<std::string>& keys) override {
        std::vector<SharedBytes> found;
        found.reserve(keys.size());
        for (const std::string& key : keys) found.push_back(find(key));
        return found;
    }

    void put(std::string_view key, SharedBytes value, Milliseconds lifetime) override {
        check(key, lifetime);
        const Timestamp until = clock_.now() + lifetime;
        Shard& shard = shard_of(key);
        const std::lock_guard guard(shard.lock);
        shard.put(key, Value{.bytes = std::move(value), .revision = 0}, until);
    }

    bool put_newer(std::string_view key, std::int64_t revision, SharedBytes value, Milliseconds lifetime) override {
        check(key, lifetime);
        const Timestamp now = clock_.now();
        Shard& shard = shard_of(key);
        const std::lock_guard guard(shard.lock);
        if (const Entry* entry = shard.find(key, now)) {
            const auto* held = std::get_if<Value>(&entry->content);
            if (held != nullptr && held->revision > revision) return false;
        }
        shard.put(key, Value{.bytes = std::move(value), .revision = revision}, now + lifetime);
        return true;
    }

    bool remove(std::string_view key) override {
        const Timestamp now = clock_.now();
        Shard& shard = shard_of(key);
        const std::lock_guard guard(shard.lock);
        return shard.remove(key, now);
    }

    std::int64_t add(std::string_view key, std::int64_t by, Milliseconds lifetime) override {
        check(key, lifetime);
        const Timestamp now = clock_.now();
        Shard& shard = shard_of(key);
        const std::lock_guard guard(shard.lock);
        if (Entry* entry = shard.find(key, now)) {
            if (auto* counter = std::get_if<std::int64_t>(&entry->content)) return *counter += by;
        }
        shard.put(key, by, now + lifetime);
        return by;
    }

    void push(std::string_view key, std::string entry, std::size_t limit, Milliseconds lifetime) override {
        check(key, lifetime);
        if (limit == 0) throw std::invalid_argument("cache: a list keeps at least one entry");
        const Timestamp now = clock_.now();
        Shard& shard = shard_of(key);
        const std::lock_guard guard(shard.lock);
        List list;
        if (Entry* held = shard.find(key, now)) {
            if (auto* entries = std::get_if<List>(&held->content)) list = std::move(*entries);
        }
        list.push_back(std::move(entry));
        while (list.size() > limit) list.pop_front();
        shard.put(key, std::move(list), now + lifetime);
    }

    std::vector<std::string> list(std::string_view key) override {
        const Timestamp now = clock_.now();
        Shard& shard = shard_of(key);
        const std::lock_guard guard(shard.lock);
        const Entry* const entry = shard.find(key, now);
        const auto* const list = entry == nullptr ? nullptr : std::get_if<List>(&entry->content);
        if (list == nullptr) return {};
        return {list->begin(), list->end()};
    }

    CacheFigures figures() override {
        CacheFigures figures;
        for (Shard& shard : shards_) {
            const std::lock_guard guard(shard.lock);
            shard.add_to(figures);
        }
        return figures;
    }

private:
    static void check(std::string_view key, Milliseconds lifetime) {
        if (key.empty() || key.size() > key_limit)
            throw std::invalid_argument("cache: a key of this length is not allowed");
        if (lifetime <= Milliseconds::zero()) throw std::invalid_argument("cache: a lifetime must be above zero");
    }
    Shard& shard_of(std::string_view key) {
        // The map inside a shard uses the low bits of the same hash, so the shard takes the high ones.
        return shards_[(std::hash<std::string_view>{}(key) >> 40U) % shard_count];
    }

    const Clock& clock_;
    std::array<Shard, shard_count> shards_;
};

}  // namespace

std::unique_ptr<Cache> open_in_process_cache(std::size_t byte_limit, const Clock& clock) {
    return std::make_unique<InProcessCache>(byte_limit, clock);
}

}  // namespace fitview::storage
