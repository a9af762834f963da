// fuzz: http_text
// Anything at all as a multipart body: what is accepted must lie inside the body and within the bounds.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/text.hpp"
#include "http/multipart.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // The first line is the boundary, the rest the body, so that both can be found.
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto end = input.find('\n');
    const std::string_view boundary = input.substr(0, end);
    const std::string_view body = end == std::string_view::npos ? std::string_view() : input.substr(end + 1);
    const auto parsed = fitview::http::parse_multipart(body, boundary);
    const auto* parts = std::get_if<std::vector<fitview::http::FormPart>>(&parsed);
    if (!parts) return 0;
    if (parts->size() > fitview::http::form_parts_max) __builtin_trap();
    for (const auto& part : *parts) {
        if (part.name.empty() || !fitview::is_utf8(part.name) || !fitview::is_utf8(part.file_name)) __builtin_trap();
        if (part.bytes.data() < body.data() || part.bytes.data() + part.bytes.size() > body.data() + body.size())
            __builtin_trap();
        if (part.bytes.find("\r\n--" + std::string(boundary)) != std::string_view::npos) __builtin_trap();
    }
    return 0;
}
