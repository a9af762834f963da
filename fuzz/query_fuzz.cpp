// fuzz: http_text
// Anything at all as a query string, a Content-Type and an Accept header.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/text.hpp"
#include "http/media_type.hpp"
#include "http/query_string.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    if (const auto fields = fitview::http::parse_query(input)) {
        if (fields->size() > fitview::http::query_parameters_max) __builtin_trap();
        for (const auto& [name, value] : *fields) {
            if (!fitview::is_utf8(name) || !fitview::is_utf8(value)) __builtin_trap();
            if ((name + value).find('\0') != std::string::npos) __builtin_trap();
        }
    }
    if (const auto type = fitview::http::parse_media_type(input)) {
        if (type->type.find('/') == std::string::npos) __builtin_trap();
    }
    const double quality = fitview::http::accept_quality(input, "application/json");
    if (!(quality >= 0 && quality <= 1)) __builtin_trap();
    return 0;
}
