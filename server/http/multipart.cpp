#include "http/multipart.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "http/media_type.hpp"
#include "http/message.hpp"

namespace fitview::http {
namespace {

constexpr std::string_view line_break = "\r\n";

bool is_boundary(std::string_view boundary) {
    constexpr std::string_view marks = "'()+_,-./:=? ";
    return !boundary.empty() && boundary.size() <= 70 && boundary.back() != ' ' &&
           std::all_of(boundary.begin(), boundary.end(), [&](char letter) {
               return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
                      (letter >= 'A' && letter <= 'Z') || marks.find(letter) != std::string_view::npos;
           });
}

/// Reads the header lines of a part; an empty text when they are fine.
std::string read_part_headers(std::string_view headers, FormPart& part) {
    bool disposed = false;
    while (!headers.empty()) {
        const auto end = headers.find(line_break);
        const std::string_view line = headers.substr(0, end);
        headers.remove_prefix(end == std::string_view::npos ? headers.size() : end + line_break.size());
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0) return "A part has a malformed header.";
        const std::string_view name = line.substr(0, colon);
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (equal_ignoring_case(name, "Content-Disposition")) {
            const auto disposition = parse_with_parameters(value);
            if (disposed || !disposition || disposition->type != "form-data" || !disposition->parameter("name")) {
                return "A part has no proper Content-Disposition.";
            }
            disposed = true;
            part.name = *disposition->parameter("name");
            part.is_file = disposition->parameter("filename") || disposition->parameter("filename*");
            part.file_name = disposition->parameter("filename").value_or("");
        } else if (equal_ignoring_case(name, "Content-Type")) {
            part.content_type = value;
        } else if (equal_ignoring_case(name, "Content-Transfer-Encoding") && !equal_ignoring_case(value, "binary") &&
                   !equal_ignoring_case(value, "8bit") && !equal_ignoring_case(value, "7bit")) {
            return "A part has a transfer encoding, which forms do not use.";
        }
    }
    if (!disposed || part.name.empty() || !is_utf8(part.name)) return "A part has no proper name.";
    if (!is_utf8(part.file_name)) part.file_name.clear();
    return {};
}

/// Cuts what follows a delimiter off `rest`. Returns 'n' for a next part, 'e' for the end, '?' for neither.
char take_delimiter_end(std::string_view& rest) {
    if (rest.starts_with("--")) {
        rest.remove_prefix(2);
        while (rest.starts_with(' ') || rest.starts_with('\t')) rest.remove_prefix(1);
        while (rest.starts_with(line_break)) rest.remove_prefix(line_break.size());
        return rest.empty() ? 'e' : '?';
    }
    while (rest.starts_with(' ') || rest.starts_with('\t')) rest.remove_prefix(1);
    if (!rest.starts_with(line_break)) return '?';
    rest.remove_prefix(line_break.size());
    return 'n';
}

}  // namespace

std::variant<std::vector<FormPart>, std::string> parse_multipart(std::string_view body, std::string_view boundary) {
    if (!is_boundary(boundary)) return std::string("The boundary of the form is malformed.");
    const std::string delimiter = "\r\n--" + std::string(boundary);
    while (body.starts_with(line_break)) body.remove_prefix(line_break.size());
    if (!body.starts_with(std::string_view(delimiter).substr(2)))
        return std::string("The form does not start with its boundary.");
    body.remove_prefix(delimiter.size() - 2);

    std::vector<FormPart> parts;
    while (true) {
        const char next = take_delimiter_end(body);
        if (next == 'e') return parts;
        if (next == '?') return std::string("A boundary of the form is malformed.");
        if (parts.size() == form_parts_max) return std::string("The form has too many parts.");
        FormPart part;
        const auto blank = body.substr(0, part_header_max + 4).find("\r\n\r\n");
        if (blank == std::string_view::npos)
            return std::string("A part has no end of its headers, or too many of them.");
        if (std::string fault = read_part_headers(body.substr(0, blank), part); !fault.empty()) return fault;
        body.remove_prefix(blank + 4);
        const auto end = body.find(delimiter);
        if (end == std::string_view::npos) return std::string("The form does not end with its boundary.");
        part.bytes = body.substr(0, end);
        parts.push_back(std::move(part));
        body.remove_prefix(end + delimiter.size());
    }
}

}  // namespace fitview::http
