#include "base/id_source.hpp"

#include <sys/random.h>

#include <atomic>
#include <cstdlib>

#include "base/encoding.hpp"

namespace fitview {
namespace {

class ObjectIds final : public IdSource {
public:
    explicit ObjectIds(const Clock& clock) : clock_(clock) {
        const std::string random = random_bytes(process_.size() + 3);
        for (std::size_t at = 0; at < process_.size(); ++at) process_[at] = static_cast<std::uint8_t>(random[at]);
        for (std::size_t at = process_.size(); at < random.size(); ++at) {
            counter_ = (counter_ << 8U) | static_cast<std::uint8_t>(random[at]);
        }
    }

protected:
    IdBytes next() override {
        const auto seconds = static_cast<std::uint32_t>(clock_.now().seconds());
        const std::uint32_t count = counter_.fetch_add(1);
        IdBytes bytes;
        for (unsigned at = 0; at < 4; ++at) bytes[at] = static_cast<std::uint8_t>(seconds >> (24U - 8U * at));
        for (unsigned at = 0; at < 5; ++at) bytes[4 + at] = process_[at];
        for (unsigned at = 0; at < 3; ++at) bytes[9 + at] = static_cast<std::uint8_t>(count >> (16U - 8U * at));
        return bytes;
    }

private:
    const Clock& clock_;
    std::array<std::uint8_t, 5> process_{};
    std::atomic<std::uint32_t> counter_{0};
};

}  // namespace

std::unique_ptr<IdSource> object_ids(const Clock& clock) {
    return std::make_unique<ObjectIds>(clock);
}

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    for (std::size_t filled = 0; filled < count;) {
        const ssize_t got = getrandom(bytes.data() + filled, count - filled, 0);
        if (got <= 0) std::abort();  // without randomness no token is safe
        filled += static_cast<std::size_t>(got);
    }
    return bytes;
}

std::string random_token(std::size_t count) {
    return base64url(random_bytes(count));
}

}  // namespace fitview
