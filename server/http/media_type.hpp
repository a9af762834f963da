#pragma once
// Media types in Content-Type and Accept (RFC 9110).
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fitview::http {

/// A media type with its parameters, in lower case except for the parameters' values.
struct MediaType {
    std::string type;  ///< "application/json"
    std::vector<std::pair<std::string, std::string>> parameters;

    std::optional<std::string_view> parameter(std::string_view name) const;
};

/// Reads a Content-Type; nothing when it is malformed.
std::optional<MediaType> parse_media_type(std::string_view text);

/// Reads a header of the same shape whose first word is no media type ("form-data; name=x"); no parameter may come
/// twice.
std::optional<MediaType> parse_with_parameters(std::string_view text);

/// How much `accept` wants `media_type`, from 0 (not at all) to 1. An empty or unreadable header wants everything.
double accept_quality(std::string_view accept, std::string_view media_type);

}  // namespace fitview::http
