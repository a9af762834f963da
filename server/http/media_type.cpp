#include "http/media_type.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace fitview::http {
namespace {

bool is_token(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
               (letter >= 'A' && letter <= 'Z') || marks.find(letter) != std::string_view::npos;
    });
}

bool is_type(std::string_view text) {
    const auto slash = text.find('/');
    return slash != std::string_view::npos && is_token(text.substr(0, slash)) && is_token(text.substr(slash + 1));
}

/// Cuts off everything up to `separator` outside quoted texts.
std::string_view take_piece(std::string_view& rest, char separator) {
    bool quoted = false;
    std::size_t at = 0;
    for (; at < rest.size(); ++at) {
        if (quoted && rest[at] == '\\') {
            ++at;
        } else if (rest[at] == '"') {
            quoted = !quoted;
        } else if (!quoted && rest[at] == separator) {
            break;
        }
    }
    const std::string_view piece = rest.substr(0, at);
    rest.remove_prefix(std::min(at + 1, rest.size()));
    return trimmed(piece);
}

std::optional<std::string> unquoted(std::string_view text) {
    if (text.empty() || text.front() != '"') return is_token(text) ? std::optional(std::string(text)) : std::nullopt;
    if (text.size() < 2 || text.back() != '"') return std::nullopt;
    std::string value;
    for (std::size_t at = 1; at + 1 < text.size(); ++at) {
        if (text[at] == '\\' && at + 2 < text.size()) ++at;
        value += text[at];
    }
    return value;
}

/// How closely a range of `Accept` names the type: 0 not, 1 by */*, 2 by its family, 3 exactly.
int closeness(std::string_view range, std::string_view type) {
    if (range == type) return 3;
    if (range.ends_with("/*") && type.starts_with(range.substr(0, range.size() - 1))) return 2;
    return range == "*/*" ? 1 : 0;
}

std::optional<double> quality_of(std::string_view text) {
    double quality = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), quality);
    if (error != std::errc() || end != text.data() + text.size() || quality < 0 || quality > 1) return std::nullopt;
    return quality;
}

}  // namespace

std::optional<std::string_view> MediaType::parameter(std::string_view name) const {
    for (const auto& [known, value] : parameters) {
        if (known == name) return value;
    }
    return std::nullopt;
}

std::optional<MediaType> parse_with_parameters(std::string_view text) {
    MediaType media{.type = ascii_lower(take_piece(text, ';')), .parameters = {}};
    while (!text.empty()) {
        const std::string_view piece = take_piece(text, ';');
        if (piece.empty()) continue;
        const auto equals = piece.find('=');
        if (equals == std::string_view::npos || !is_token(piece.substr(0, equals))) return std::nullopt;
        auto value = unquoted(piece.substr(equals + 1));
        std::string name = ascii_lower(piece.substr(0, equals));
        if (!value || media.parameter(name)) return std::nullopt;
        media.parameters.emplace_back(std::move(name), std::move(*value));
    }
    return media;
}

std::optional<MediaType> parse_media_type(std::string_view text) {
    auto media = parse_with_parameters(text);
    if (media && !is_type(media->type)) return std::nullopt;
    return media;
}

double accept_quality(std::string_view accept, std::string_view media_type) {
    if (trimmed(accept).empty()) return 1;
    int best = 0;
    double quality = 0;
    bool readable = false;
    while (!accept.empty()) {
        const auto range = parse_media_type(take_piece(accept, ','));
        if (!range) continue;
        readable = true;
        const int close = closeness(range->type, media_type);
        if (close <= best) continue;
        best = close;
        quality = 1;
        if (const auto said = range->parameter("q")) quality = quality_of(*said).value_or(1);
    }
    return readable ? quality : 1;
}

}  // namespace fitview::http
