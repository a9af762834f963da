#pragma once
// Entity tags (RFC 9110, 8.8.3).
#include <optional>
#include <string>
#include <string_view>

namespace fitview::http {

/// Whether a list of tags (`If-Match`, `If-None-Match`) names `etag` (quotes included) or is `*`.
/// `weak` compares weakly, as If-None-Match does. Nothing when `list` is malformed.
std::optional<bool> names_etag(std::string_view list, std::string_view etag, bool weak);

/// The tag of bytes: equal bytes, equal tags.
std::string content_etag(std::string_view bytes);

}  // namespace fitview::http
