#pragma once
// The parts of reading inputs that need no types; endpoint.hpp adds those.
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>

#include "http/exchange.hpp"
#include "http/inputs.hpp"

namespace fitview::http {

/// The body as JSON; nothing when none was sent.
/// Fails: unsupported_media_type, malformed_request.
std::optional<boost::json::value> read_json(const Exchange& exchange);

/// Like read_json for a route that needs a body. Fails: malformed_request also when there is none.
boost::json::value read_required_json(const Exchange& exchange);

/// For a route that takes no body: none, or a JSON object without fields, is fine; every field is a fault.
/// Fails: unsupported_media_type, malformed_request.
void refuse_body_fields(const Exchange& exchange, InputFaults& faults);

/// A multipart body taken apart. The file's bytes are moved out of the request.
struct FormParts {
    TextFields fields;
    std::optional<FilePart> file;
    std::optional<FilePart> optional_file;
};

/// The fields of a form that hold files.
struct FileFields {
    std::string_view required;
    std::string_view optional = {};  ///< empty: there is none
};

/// Reads a multipart body with its files. Field names that occur twice stay in `fields`, for the
/// decoder to refuse; a file sent twice, a missing file, a text sent as a file are put into `faults`. Fails:
/// unsupported_media_type, malformed_request, payload_too_large.
FormParts read_form(Exchange& exchange, const FileFields& files, InputFaults& faults);

}  // namespace fitview::http
