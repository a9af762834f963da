#include "app/move_objects.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include "base/digest.hpp"
#include "base/encoding.hpp"

namespace fitview::app {
namespace {

using storage::ObjectKey;
using storage::Objects;

constexpr int page_limit = Objects::list_limit;

const ObjectKey& mark() {
    static const ObjectKey key = ObjectKey::of("migration/unfinished.json");
    return key;
}

/// Goes through the keys in order, a page at a time, past the mark.
class Keys {
public:
    explicit Keys(Objects& objects) : objects_(objects), page_(objects.list("", std::nullopt, page_limit)) {
        skip_mark();
    }
    const ObjectKey* current() const { return at_ < page_.size() ? &page_[at_] : nullptr; }
    void advance() {
        step();
        skip_mark();
    }

private:
    void step() {
        if (++at_ < page_.size() || static_cast<int>(page_.size()) < page_limit) return;
        const ObjectKey last = page_.back();
        page_ = objects_.list("", last, page_limit);
        at_ = 0;
    }
    void skip_mark() {
        if (current() != nullptr && *current() == mark()) step();
    }

    Objects& objects_;
    std::vector<ObjectKey> page_;
    std::size_t at_ = 0;
};

/// A key and which of the two places has it.
struct Found {
    ObjectKey key;
    bool here;
    bool there;
};

/// The next keys that either place has, at most a page.
std::vector<Found> next_of(Keys& source, Keys& target) {
    std::vector<Found> found;
    while (static_cast<int>(found.size()) < page_limit) {
        const ObjectKey* here = source.current();
        const ObjectKey* there = target.current();
        if (here == nullptr && there == nullptr) break;
        const ObjectKey key = here == nullptr ? *there : there == nullptr ? *here : std::min(*here, *there);
        found.push_back(
            {.key = key, .here = here != nullptr && *here == key, .there = there != nullptr && *there == key});
        if (found.back().here) source.advance();
        if (found.back().there) target.advance();
    }
    return found;
}

/// Calls `work` for each number below `count` on several threads; what the first of them throws ends it.
template <class Work>
void each_at_once(std::size_t count, const Work& work) {
    std::atomic<std::size_t> next{0};
    std::mutex lock;
    std::exception_ptr failure;
    const auto loop = [&] {
        for (std::size_t at = next++; at < count; at = next++) {
            try {
                work(at);
            } catch (...) {
                const std::lock_guard guard(lock);
                if (!failure) failure = std::current_exception();
                next = count;
            }
        }
    };
    std::vector<std::thread> threads;
    for (int number = 0; number < objects_at_once; ++number) threads.emplace_back(loop);
    for (std::thread& thread : threads) thread.join();
    if (failure) std::rethrow_exception(failure);
}

void move_one(Objects& source, Objects& target, const Found& found) {
    if (!found.here) {
        target.remove(found.key);
        return;
    }
    const auto bytes = source.find(found.key);
    if (!bytes) return;
    if (found.there && target.find(found.key) == bytes) return;  // of a run that was interrupted
    target.put(found.key, *bytes);
}

std::string digest_of(Objects& objects, const ObjectKey& key) {
    const auto bytes = objects.find(key);
    return bytes ? sha256(*bytes) : std::string();
}

}  // namespace

void move_objects(Objects& source, Objects& target, const MoveProgress& progress) {
    Keys here(source);
    Keys there(target);
    std::int64_t done = 0;
    std::mutex lock;
    for (auto page = next_of(here, there); !page.empty(); page = next_of(here, there)) {
        each_at_once(page.size(), [&](std::size_t at) {
            move_one(source, target, page[at]);
            const std::lock_guard guard(lock);
            progress("objects", ++done, 0);
        });
    }
    progress("objects", done, done);
}

PartComparison compare_objects(Objects& source, Objects& target, const MoveProgress& progress) {
    PartComparison result{.name = "objects"};
    Keys here(source);
    Keys there(target);
    std::string sum_here;
    std::string sum_there;
    std::int64_t done = 0;
    std::mutex lock;
    for (auto page = next_of(here, there); !page.empty(); page = next_of(here, there)) {
        std::vector<std::string> left(page.size());
        std::vector<std::string> right(page.size());
        each_at_once(page.size(), [&](std::size_t at) {
            if (page[at].here) left[at] = digest_of(source, page[at].key);
            if (page[at].there) right[at] = digest_of(target, page[at].key);
            const std::lock_guard guard(lock);
            progress("objects", ++done, 0);
        });
        for (std::size_t at = 0; at < page.size(); ++at) {
            const std::string& key = page[at].key.str();
            if (page[at].here) ++result.here, sum_here = sha256(sum_here + key + '\0' + left[at]);
            if (page[at].there) ++result.there, sum_there = sha256(sum_there + key + '\0' + right[at]);
            if (left[at] == right[at] || result.differences.size() >= differences_told) continue;
            result.differences.push_back("object " + key +
                                         (right[at].empty()  ? " is missing in the target"
                                          : left[at].empty() ? " is in the target only"
                                                             : " differs"));
        }
    }
    result.sum_here = hex(sum_here);
    result.sum_there = hex(sum_there);
    progress("objects", done, done);
    return result;
}

bool is_empty(Objects& objects) {
    return Keys(objects).current() == nullptr;
}
bool is_marked(Objects& objects) {
    return objects.exists(mark());
}
void set_mark(Objects& objects, const std::string& source) {
    objects.put(mark(), "{\"moving from\": \"" + source + "\"}\n");
}
void remove_mark(Objects& objects) {
    objects.remove(mark());
}

}  // namespace fitview::app
