#include "http/etag.hpp"

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "base/text.hpp"
#include "http/call.hpp"

namespace fitview::http {
namespace {

/// Cuts one tag off the front of a list; nothing when there is none.
std::optional<std::string_view> take_tag(std::string_view& list) {
    const std::size_t start = list.starts_with("W/") ? 2 : 0;
    if (list.size() <= start || list[start] != '"') return std::nullopt;
    const auto end = list.find('"', start + 1);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view tag = list.substr(0, end + 1);
    list = trimmed(list.substr(end + 1));
    return tag;
}

std::string_view without_weakness(std::string_view tag) {
    return tag.starts_with("W/") ? tag.substr(2) : tag;
}

/// Asks `matches` about each tag of a list; nothing when the list is malformed.
template <class Matches>
std::optional<bool> any_tag(std::string_view list, const Matches& matches) {
    list = trimmed(list);
    if (list == "*") return true;
    bool matched = false;
    while (true) {
        const auto tag = take_tag(list);
        if (!tag) return std::nullopt;
        matched = matched || matches(*tag);
        if (list.empty()) return matched;
        if (list.front() != ',') return std::nullopt;
        list = trimmed(list.substr(1));
    }
}

}  // namespace

std::optional<bool> names_etag(std::string_view list, std::string_view etag, bool weak) {
    return any_tag(list, [&](std::string_view tag) {
        if (weak) return without_weakness(tag) == without_weakness(etag);
        return tag == etag && !tag.starts_with("W/");
    });
}

std::optional<bool> names_revision(std::string_view list, std::int64_t revision) {
    const std::string plain = revision_etag(revision);
    const std::string with_state = plain.substr(0, plain.size() - 1) + '.';
    return any_tag(list, [&](std::string_view tag) { return tag == plain || tag.starts_with(with_state); });
}

std::string content_etag(std::string_view bytes) {
    constexpr std::size_t kept = 12;  // 96 bits: enough that no two documents of an address ever share a tag
    return '"' + base64url(sha256(bytes).substr(0, kept)) + '"';
}

std::string revision_etag(std::int64_t revision) {
    return "\"r" + std::to_string(revision) + '"';
}

}  // namespace fitview::http
