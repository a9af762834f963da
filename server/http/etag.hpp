#pragma once
// Entity tags (RFC 9110, 8.8.3).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fitview::http {

/// Whether a list of tags (`If-Match`, `If-None-Match`) names `etag` (quotes included) or is `*`.
/// `weak` compares weakly, as If-None-Match does. Nothing when `list` is malformed.
std::optional<bool> names_etag(std::string_view list, std::string_view etag, bool weak);

/// Whether `list` (`If-Match`) is `*` or names a revision: `"r17"`, or a state of it such as `"r17.3"`, both name 17.
/// Nothing when `list` is malformed.
std::optional<bool> names_revision(std::string_view list, std::int64_t revision);

/// The tag of bytes: equal bytes, equal tags.
std::string content_etag(std::string_view bytes);

}  // namespace fitview::http
