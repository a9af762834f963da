#pragma once
// Percent-encoding (RFC 3986) and query strings, decoded strictly.
#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace fitview::http {

constexpr std::size_t query_parameters_max = 200;

/// The text behind `%XX`; nothing when an escape is broken, or what comes out is not UTF-8 or holds a NUL.
/// In a query (`plus_is_space`) a plus sign is a space.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);

/// The parameters of a raw query, in order; nothing when one of them cannot be decoded or there are more than
/// query_parameters_max. Empty pieces ("a=1&&b=2") are skipped; a name without "=" has an empty value.
std::optional<TextFields> parse_query(std::string_view raw);

}  // namespace fitview::http
