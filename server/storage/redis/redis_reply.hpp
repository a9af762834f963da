#pragma once
// What a Redis answers, as a value.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/failure.hpp"

namespace fitview::storage {

/// A command with its arguments, each any bytes.
using RedisCommand = std::vector<std::string>;

struct RedisReply {
    enum class Kind { nothing, text, integer, list, error };
    Kind kind = Kind::nothing;
    std::string text;               ///< of text and error
    std::int64_t integer = 0;       ///< of integer
    std::vector<RedisReply> items;  ///< of list

    bool is_nothing() const { return kind == Kind::nothing; }
};

/// The server is there and refused: wrong password, wrong kind of value, out of memory.
class RedisRefusal : public Unavailable {
public:
    explicit RedisRefusal(const std::string& text) : Unavailable("redis refused: " + text), text_(text) {}
    /// Whether the refusal's code is `code`: `WRONGTYPE`, `NOSCRIPT`.
    bool is(std::string_view code) const { return std::string_view(text_).starts_with(code); }

private:
    std::string text_;
};

}  // namespace fitview::storage
