#include "storage/objects/object_key.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace fitview::storage {
namespace {

constexpr std::size_t part_limit = 8;

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> content_types{{
    {"webp", "image/webp"},
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"glb", "model/gltf-binary"},
    {"json", "application/json"},
    {"bin", "application/octet-stream"},
}};

bool is_name(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || letter == '-' || letter == '_';
    });
}

/// The media type of the text's ending; empty when the ending is not known.
std::string_view type_of(std::string_view text) {
    const std::string_view ending = text.substr(std::min(text.rfind('.'), text.size() - 1) + 1);
    for (const auto& [known, type] : content_types) {
        if (known == ending) return type;
    }
    return {};
}

}  // namespace

Checked<ObjectKey> ObjectKey::check(std::string_view wire) {
    const auto wrong = [] { return Checked<ObjectKey>::wrong("must be the key of a stored object"); };
    if (wire.empty() || wire.size() > static_cast<std::size_t>(rule.max_length) || type_of(wire).empty())
        return wrong();
    std::string_view rest = wire.substr(0, wire.rfind('.'));
    for (std::size_t part = 1;; ++part) {
        const std::size_t slash = rest.find('/');
        if (part > part_limit || !is_name(rest.substr(0, slash))) return wrong();
        if (slash == std::string_view::npos) return ObjectKey(std::string(wire));
        rest.remove_prefix(slash + 1);
    }
}

ObjectKey ObjectKey::of(std::string_view text) {
    Checked<ObjectKey> key = check(text);
    if (!key) throw std::invalid_argument("not the key of an object: " + std::string(text));
    return *std::move(key);
}

std::string_view ObjectKey::content_type() const {
    return type_of(text_);
}

}  // namespace fitview::storage
