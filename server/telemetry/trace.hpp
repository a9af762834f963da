#pragma once
// Which request, and which trace, a log line belongs to (W3C Trace Context, level 1).
#include <string>
#include <string_view>

namespace fitview::telemetry {

/// The ids of one request inside a trace; lower-case hex.
struct Trace {
    std::string trace_id;   ///< 32 digits
    std::string span_id;    ///< 16 digits: this request
    std::string parent_id;  ///< 16 digits, or empty when the trace starts here

    /// The `traceparent` to send along with calls made on behalf of this request.
    std::string traceparent() const { return "00-" + trace_id + "-" + span_id + "-01"; }
};

/// Continues the trace of an incoming `traceparent`, or starts one when the text is empty or malformed.
Trace continue_trace(std::string_view traceparent);

/// Whether `text` may be kept as a request id: 1 to 128 characters of `A-Z a-z 0-9 . _ -`.
bool is_request_id(std::string_view text);

/// A new request id: 32 hex digits that cannot be guessed from others for practical purposes. Not a secret.
std::string new_request_id();

}  // namespace fitview::telemetry
