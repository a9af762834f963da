#pragma once
// Time and ids for tests: both stand still until told otherwise.
#include <atomic>

#include "base/id_source.hpp"
#include "base/time.hpp"

namespace fitview::testkit {

/// A clock that moves only when told. Starts at 2026-03-01T00:00:00Z. Thread-safe.
class FixedClock final : public Clock {
public:
    Timestamp now() const override { return Timestamp::from_milliseconds(milliseconds_.load()); }
    void advance(Milliseconds span) { milliseconds_ += span.count(); }
    void set(Timestamp time) { milliseconds_ = time.milliseconds(); }

private:
    std::atomic<std::int64_t> milliseconds_{1772323200000};
};

/// Ids 000000000000000000000001, …02, … in the order they are asked for. Thread-safe.
class CountingIds final : public IdSource {
protected:
    IdBytes next() override {
        const std::uint32_t count = ++count_;
        IdBytes bytes{};
        for (unsigned at = 0; at < 4; ++at) bytes[8 + at] = static_cast<std::uint8_t>(count >> (24U - 8U * at));
        return bytes;
    }

private:
    std::atomic<std::uint32_t> count_{0};
};

/// The id whose last bytes spell `number`.
template <class IdType>
IdType id(std::uint32_t number) {
    IdBytes bytes{};
    for (unsigned at = 0; at < 4; ++at) bytes[8 + at] = static_cast<std::uint8_t>(number >> (24U - 8U * at));
    return IdType(bytes);
}

}  // namespace fitview::testkit
