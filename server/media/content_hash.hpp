#pragma once
// The name of bytes by their content.
#include <string>
#include <string_view>

namespace fitview::media {

/// SHA-256 as 64 lower-case hex digits.
std::string sha256_of(std::string_view bytes);

}  // namespace fitview::media
