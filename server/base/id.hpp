#pragma once
// Identifiers in the layout of a MongoDB ObjectId: 4 bytes of seconds, 5 of process, 3 of counter.
#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/checked.hpp"
#include "base/rule.hpp"

namespace fitview {

using IdBytes = std::array<std::uint8_t, 12>;

/// 24 lower-case hex digits.
std::string to_hex(const IdBytes& bytes);
/// The bytes of exactly 24 lower-case hex digits; nothing for any other text.
std::optional<IdBytes> id_from_hex(std::string_view text);

/// An identifier of one kind of thing; ids of different kinds do not mix. Compares like its hex text.
template <class Tag>
class Id {
public:
    using Wire = std::string;
    static constexpr Rule rule{.pattern = "^[0-9a-f]{24}$", .example = "65f0c0ffee0123456789abcd"};

    Id() = default;  ///< the id of nothing: all zeros
    explicit Id(const IdBytes& bytes) : bytes_(bytes) {}

    static Checked<Id> check(std::string_view wire) {
        if (const auto bytes = id_from_hex(wire)) return Id(*bytes);
        return Checked<Id>::wrong("must be an id of 24 lower-case hex digits");
    }
    std::string wire() const { return to_hex(bytes_); }
    std::string str() const { return to_hex(bytes_); }
    const IdBytes& bytes() const { return bytes_; }
    auto operator<=>(const Id&) const = default;

private:
    IdBytes bytes_{};
};

using UserId = Id<struct UserTag>;
using SessionId = Id<struct SessionTag>;
using ProductId = Id<struct ProductTag>;
using ModelId = Id<struct ModelTag>;
using PictureId = Id<struct PictureTag>;
using TryonId = Id<struct TryonTag>;
using JobId = Id<struct JobTag>;
using EventId = Id<struct EventTag>;
using AuditId = Id<struct AuditTag>;
using ConsentId = Id<struct ConsentTag>;
using OrderId = Id<struct OrderTag>;

}  // namespace fitview

template <class Tag>
struct std::hash<fitview::Id<Tag>> {
    std::size_t operator()(const fitview::Id<Tag>& id) const noexcept {
        std::uint64_t sum = 1469598103934665603ULL;
        for (const std::uint8_t byte : id.bytes()) sum = (sum ^ byte) * 1099511628211ULL;
        return static_cast<std::size_t>(sum);
    }
};
