#pragma once
// multipart/form-data (RFC 7578), strictly and within bounds.
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fitview::http {

constexpr std::size_t form_parts_max = 64;
constexpr std::size_t part_header_max = 4096;

/// One part. `bytes` refers to the body it was read from.
struct FormPart {
    std::string name;
    std::string file_name;
    std::string content_type;
    bool is_file = false;  ///< whether a file name was given
    std::string_view bytes;
};

/// The parts of `body` in order, or what is wrong with it. `boundary` is the parameter of the Content-Type.
/// A preamble or an epilogue other than line breaks is refused, and so is everything a form of ours never needs.
std::variant<std::vector<FormPart>, std::string> parse_multipart(std::string_view body, std::string_view boundary);

}  // namespace fitview::http
