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

}  // namespace

std::optional<bool> names_etag(std::string_view list, std::string_view etag, bool weak) {
    list = trimmed(list);
    if (list == "*") return true;
    bool named = false;
    while (true) {
        const auto tag = take_tag(list);
        if (!tag) return std::nullopt;
        if (weak) {
            named = named || without_weakness(*tag) == without_weakness(etag);
        } else {
            named = named || (*tag == etag && !tag->starts_with("W/"));
        }
        if (list.empty()) return named;
        if (list.front() != ',') return std::nullopt;
        list = trimmed(list.substr(1));
    }
}

std::string content_etag(std::string_view bytes) {
    constexpr std::size_t kept = 12;  // 96 bits: enough that no two documents of an address ever share a tag
    return '"' + base64url(sha256(bytes).substr(0, kept)) + '"';
}

std::string revision_etag(std::int64_t revision) {
    return "\"r" + std::to_string(revision) + '"';
}

}  // namespace fitview::http
