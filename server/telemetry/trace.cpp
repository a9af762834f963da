#include "telemetry/trace.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <random>

#include "base/encoding.hpp"
#include "base/id_source.hpp"

namespace fitview::telemetry {
namespace {

bool is_lower_hex(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char digit) { return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f'); });
}

bool all_zero(std::string_view text) {
    return text.find_first_not_of('0') == std::string_view::npos;
}

/// Random bytes for ids that need not be secret: a generator for each thread, seeded by the operating system, so that
/// no request waits for a system call.
std::string random_hex(std::size_t bytes) {
    thread_local std::mt19937_64 generator = [] {
        const std::string seed = random_bytes(8);
        std::uint64_t start = 0;
        std::memcpy(&start, seed.data(), sizeof(start));
        return std::mt19937_64(start);
    }();
    std::string raw(bytes, '\0');
    for (std::size_t at = 0; at < bytes; at += 8) {
        const std::uint64_t word = generator();
        std::memcpy(raw.data() + at, &word, std::min<std::size_t>(8, bytes - at));
    }
    return hex(raw);
}

}  // namespace

Trace continue_trace(std::string_view traceparent) {
    // version "-" trace-id "-" parent-id "-" flags; later versions may append more after a dash.
    constexpr std::size_t length = 55;
    const bool shaped =
        traceparent.size() >= length && traceparent[2] == '-' && traceparent[35] == '-' && traceparent[52] == '-' &&
        (traceparent.size() == length || (traceparent[length] == '-' && traceparent.substr(0, 2) != "00"));
    if (shaped) {
        const std::string_view version = traceparent.substr(0, 2);
        const std::string_view trace_id = traceparent.substr(3, 32);
        const std::string_view parent_id = traceparent.substr(36, 16);
        const std::string_view flags = traceparent.substr(53, 2);
        if (is_lower_hex(version) && version != "ff" && is_lower_hex(trace_id) && !all_zero(trace_id) &&
            is_lower_hex(parent_id) && !all_zero(parent_id) && is_lower_hex(flags)) {
            return {.trace_id = std::string(trace_id), .span_id = random_hex(8), .parent_id = std::string(parent_id)};
        }
    }
    return {.trace_id = random_hex(16), .span_id = random_hex(8), .parent_id = {}};
}

bool is_request_id(std::string_view text) {
    if (text.empty() || text.size() > 128) return false;
    return std::all_of(text.begin(), text.end(), [](char letter) {
        return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
               (letter >= '0' && letter <= '9') || letter == '.' || letter == '_' || letter == '-';
    });
}

std::string new_request_id() {
    return random_hex(16);
}

}  // namespace fitview::telemetry
