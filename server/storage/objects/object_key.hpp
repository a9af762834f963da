#pragma once
// The names of stored pictures and files.
#include <compare>
#include <string>
#include <string_view>

#include "base/checked.hpp"
#include "base/rule.hpp"

namespace fitview::storage {

/// The name of an object: folders and a file with a known ending, `products/65f0…/65f1….webp`. Letters, digits, `-` and
/// `_` only, at most 200 characters and 8 parts; so no key can leave its folder, and none is a folder of another.
class ObjectKey {
public:
    using Wire = std::string;
    static constexpr Rule rule{.pattern = "^([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\\.[a-z0-9]+$",
                               .max_length = 200,
                               .example = "products/65f0c0ffee0123456789abcd/65f0c0ffee0123456789abce.webp"};

    static Checked<ObjectKey> check(std::string_view wire);
    /// For keys the program makes itself. Fails: std::invalid_argument.
    static ObjectKey of(std::string_view text);

    const std::string& wire() const { return text_; }
    const std::string& str() const { return text_; }
    /// The media type its ending stands for: `image/webp`.
    std::string_view content_type() const;
    auto operator<=>(const ObjectKey&) const = default;

private:
    explicit ObjectKey(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace fitview::storage
