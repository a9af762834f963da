#include "http/decode.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"
#include "http/endpoint.hpp"
#include "http/media_type.hpp"
#include "http/multipart.hpp"

namespace fitview::http {
namespace {

Failure unreadable(std::string why) {
    return Failure(FailureCode::malformed_request, std::move(why));
}

void require_json_type(const Exchange& exchange) {
    const auto type = parse_media_type(exchange.request.headers.get("Content-Type"));
    const auto charset = type ? type->parameter("charset") : std::nullopt;
    const bool json = type && (type->type == "application/json" || type->type.ends_with("+json"));
    if (!json || (charset && !equal_ignoring_case(*charset, "utf-8"))) {
        throw Failure(FailureCode::unsupported_media_type, "The body must be sent as application/json in UTF-8.");
    }
}

}  // namespace

std::optional<boost::json::value> read_json(const Exchange& exchange) {
    const std::string& body = exchange.request.body;
    if (body.empty()) return std::nullopt;
    require_json_type(exchange);
    auto parsed = reflect::parse_json(body);
    if (auto* fault = std::get_if<std::string>(&parsed)) throw unreadable(std::move(*fault));
    return std::get<boost::json::value>(std::move(parsed));
}

boost::json::value read_required_json(const Exchange& exchange) {
    if (exchange.request.body.empty() && exchange.request.headers.has("Content-Type")) require_json_type(exchange);
    auto json = read_json(exchange);
    if (!json) throw unreadable("The call needs a JSON body.");
    return std::move(*json);
}

void refuse_body_fields(const Exchange& exchange, InputFaults& faults) {
    const auto json = read_json(exchange);
    if (!json) return;
    if (const auto* object = reflect::read_object(*json, "", faults.problems))
        reflect::refuse_unknown(*object, {}, "", faults.problems);
}

FormParts read_form(Exchange& exchange, const FileFields& files, InputFaults& faults) {
    const auto type = parse_media_type(exchange.request.headers.get("Content-Type"));
    if (!type || type->type != "multipart/form-data") {
        throw Failure(FailureCode::unsupported_media_type, "The body must be sent as multipart/form-data.");
    }
    auto parsed = parse_multipart(exchange.request.body, type->parameter("boundary").value_or(""));
    if (auto* fault = std::get_if<std::string>(&parsed)) throw unreadable(std::move(*fault));

    FormParts parts;
    const auto wrong = [&](std::string_view field, const char* why) {
        faults.problems.push_back(at_pointer(reflect::pointer_below("", field), why));
    };
    for (FormPart& part : std::get<std::vector<FormPart>>(parsed)) {
        const bool is_optional = !files.optional.empty() && part.name == files.optional;
        if (part.name == files.required || is_optional) {
            if (part.bytes.size() > upload_max) {
                throw Failure(FailureCode::payload_too_large, "The file is larger than 10 MiB.");
            }
            std::optional<FilePart>& file = is_optional ? parts.optional_file : parts.file;
            if (file) wrong(part.name, "must be given once");
            file = FilePart{std::string(part.bytes), std::move(part.file_name), std::move(part.content_type)};
        } else if (part.is_file) {
            wrong(part.name, "must not be a file");
        } else if (!is_utf8(part.bytes)) {
            throw unreadable("A field of the form is not UTF-8.");
        } else {
            parts.fields.emplace_back(std::move(part.name), part.bytes);
        }
    }
    if (!parts.file) wrong(files.required, "is required");
    exchange.request.body = std::string();  // the parts own their bytes: an upload is not held twice
    return parts;
}

namespace {
struct NoFields {
    static constexpr std::string_view file_field = "file";
};
BOOST_DESCRIBE_STRUCT(NoFields, (), ())
}  // namespace

std::optional<Upload> Input<Upload>::read(Exchange& exchange, InputFaults& faults) {
    auto form = Input<Form<NoFields>>::read(exchange, faults);
    if (!form) return std::nullopt;
    return Upload{std::move(form->file)};
}

void append_canonical_file(const FilePart& file, std::string& text) {
    text += '\0';
    text += sha256(file.bytes);
}

std::string form_schema(const FileFields& files, std::string_view fields_schema) {
    const auto file_property = [](std::string_view name) {
        return '"' + std::string(name) + R"(":{"type":"string","contentMediaType":"application/octet-stream"})";
    };
    std::string file = file_property(files.required);
    if (!files.optional.empty()) file += ',' + file_property(files.optional);
    constexpr std::string_view properties = R"("properties":{)";
    constexpr std::string_view required = R"("required":[)";
    std::string schema(fields_schema.empty() ? R"({"type":"object","properties":{},"additionalProperties":false})"
                                             : fields_schema);
    const auto first = schema.find(properties) + properties.size();
    schema.insert(first, schema[first] == '}' ? file : file + ',');
    const std::string name = '"' + std::string(files.required) + '"';
    // The outermost "required" is the last one: object_schema writes it after the properties.
    const auto listed = schema.rfind(required);
    if (listed == std::string::npos) {
        schema.insert(schema.size() - 1, ',' + std::string(required) + name + ']');
    } else {
        schema.insert(listed + required.size(), name + ',');
    }
    return schema;
}

}  // namespace fitview::http
