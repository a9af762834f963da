#include "http/openapi.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <map>

#include "http/pipeline/steps.hpp"
#include "http/router.hpp"
#include "reflect/json.hpp"
#include "reflect/schema.hpp"

namespace fitview::http {
namespace {

namespace json = boost::json;

constexpr std::string_view problem_type = "application/problem+json";

json::value parsed(std::string_view text) {
    return reflect::parse_own(text.empty() ? "{}" : text);
}

json::object reference(std::string_view component) {
    return {{"$ref", "#/components/" + std::string(component)}};
}

/// "products" for "/api/v1/products/{id}", "operation" for what stands at the root.
std::string tag_of(const Route& route, const std::string& base) {
    if (!route.path.starts_with(base + '/')) return "operation";
    const std::string rest = route.path.substr(base.size() + 1);
    return rest.substr(0, rest.find('/'));
}

/// "get_products_id": unique because method and path are.
std::string operation_id(const Route& route, const std::string& base) {
    std::string id(name_of(route.method));
    std::transform(id.begin(), id.end(), id.begin(), [](char letter) { return static_cast<char>(letter | 0x20); });
    for (const char letter : route.path.starts_with(base) ? route.path.substr(base.size()) : "_root" + route.path) {
        if (letter == '/' || letter == '-' || letter == '.')
            id += '_';
        else if (letter != '{' && letter != '}')
            id += letter;
    }
    return id;
}

json::object header_parameter(std::string_view name, std::string_view description, json::object schema) {
    return {{"name", name},
            {"in", "header"},
            {"required", false},
            {"description", description},
            {"schema", std::move(schema)}};
}

json::array parameters_of(const Route& route, const OperationDoc& doc) {
    json::array parameters;
    for (const auto& parameter : doc.parameters) {
        json::object entry{{"name", parameter.name},
                           {"in", parameter.in},
                           {"required", parameter.required},
                           {"schema", parsed(parameter.schema)}};
        if (parameter.repeatable) entry["explode"] = true;
        parameters.push_back(std::move(entry));
    }
    if (route.idempotent_by_key) {
        parameters.push_back(header_parameter("Idempotency-Key",
                                              "The same key and content again get the same answer for 24 hours.",
                                              {{"type", "string"}, {"pattern", "^[!-~]{1,255}$"}}));
    }
    if (route.fails.contains(FailureCode::precondition_failed)) {
        parameters.push_back(
            header_parameter("If-Match", "Entity tags of the revisions that may be changed, or *.",
                             {{"type", "string"}, {"pattern", R"re(^(\*|"[!#-~]*"(, *"[!#-~]*")*)$)re"}}));
    }
    return parameters;
}

json::object header_doc(std::string_view description, std::string_view type) {
    return {{"description", description}, {"schema", json::object{{"type", type}}}};
}

json::object success(const Route& route, const OperationDoc::Answer& answer) {
    json::object response{{"description", std::string(reason_of(answer.status))}};
    json::object content;
    if (answer.content_type == "*/*") {
        std::vector<std::string> types = route.produces;
        if (types.empty()) types.emplace_back("application/octet-stream");
        for (const std::string& type : types) content[type] = json::object{{"schema", json::object{}}};
    } else if (!answer.content_type.empty()) {
        const json::value schema =
            answer.schema.empty() ? json::value(json::object{{"type", "string"}}) : parsed(answer.schema);
        content[answer.content_type] = json::object{{"schema", schema}};
    }
    if (!content.empty()) response["content"] = std::move(content);
    if (answer.status == 201 || answer.status == 202 || answer.status == 303) {
        response["headers"] = json::object{{"Location", header_doc("Where to find it.", "string")}};
    }
    return response;
}

json::object refusal(int status, const std::vector<FailureCode>& codes) {
    json::array names;
    std::string description;
    for (const FailureCode code : codes) {
        names.push_back(json::value(fitview::name_of(code)));
        description += (description.empty() ? "" : "; ") + std::string(title_of(code));
    }
    json::object codes_schema{{"properties", json::object{{"code", json::object{{"enum", std::move(names)}}}}}};
    json::array all{reference("schemas/Problem"), std::move(codes_schema)};
    if (status == 422) all.push_back(json::object{{"required", json::array{"errors"}}});
    json::object response{
        {"description", description},
        {"content", json::object{{problem_type, json::object{{"schema", json::object{{"allOf", std::move(all)}}}}}}}};
    if (status == 429 || status == 503)
        response["headers"] = json::object{{"Retry-After", header_doc("Seconds to wait.", "integer")}};
    if (status == 401) response["headers"] = json::object{{"WWW-Authenticate", header_doc("Bearer.", "string")}};
    return response;
}

json::object responses_of(const Route& route, const OperationDoc& doc) {
    std::map<std::string, json::object> by_status;
    for (const auto& answer : doc.answers) {
        json::object one = success(route, answer);
        const auto [entry, fresh] = by_status.try_emplace(std::to_string(answer.status), one);
        if (fresh || !one.contains("content")) continue;
        // Two forms of one status (JSON or events): both are listed.
        for (auto& form : one["content"].as_object()) entry->second["content"].as_object()[form.key()] = form.value();
    }
    if (route.method == Method::get && (route.access == Access::public_ || route.access == Access::optional) &&
        route.limit != Limit::none) {
        by_status["304"] = {{"description", "Not Modified"}};
    }
    std::map<int, std::vector<FailureCode>> refusals;
    for (const FailureCode code : route.all_failures()) refusals[status_of(code)].push_back(code);
    for (const auto& [status, codes] : refusals) {
        json::object one = refusal(status, codes);
        const auto answered = by_status.find(std::to_string(status));
        if (answered != by_status.end()) {
            // A handler's own answer of that status (health): its form stands beside the problem's.
            for (auto& form : answered->second["content"].as_object())
                one["content"].as_object()[form.key()] = form.value();
        }
        by_status[std::to_string(status)] = std::move(one);
    }
    json::object responses;
    for (auto& [status, response] : by_status) responses[status] = std::move(response);
    return responses;
}

std::string_view who(Access access) {
    switch (access) {
        case Access::public_:
            return "Anyone.";
        case Access::optional:
            return "Anyone; with a token the answer is the caller's own view.";
        case Access::signed_in:
            return "Any signed-in user.";
        case Access::retailer:
            return "Retailers and administrators.";
        case Access::admin:
            return "Administrators.";
    }
    return {};
}

json::object operation_of(const Route& route, const std::string& base, reflect::SchemaRegistry& schemas) {
    OperationDoc doc;
    route.endpoint->describe(doc, schemas);
    std::string description = route.description.empty() ? std::string(who(route.access))
                                                        : route.description + "\n\n" + std::string(who(route.access));
    json::object operation{{"operationId", operation_id(route, base)},
                           {"tags", json::array{tag_of(route, base)}},
                           {"summary", route.summary},
                           {"description", std::move(description)}};
    if (json::array parameters = parameters_of(route, doc); !parameters.empty())
        operation["parameters"] = std::move(parameters);
    if (!doc.body_type.empty()) {
        operation["requestBody"] =
            json::object{{"required", doc.body_required},
                         {"content", json::object{{doc.body_type, json::object{{"schema", parsed(doc.body_schema)}}}}}};
    }
    operation["responses"] = responses_of(route, doc);
    const json::object bearer{{"bearer", json::array{}}};
    if (route.access == Access::public_)
        operation["security"] = json::array{};
    else if (route.access == Access::optional)
        operation["security"] = json::array{json::object{}, bearer};
    else
        operation["security"] = json::array{bearer};
    return operation;
}

json::value problem_schema() {
    return parsed(
        R"({"type":"object","description":"RFC 9457","required":["type","title","status","detail","code","request_id"],
        "properties":{"type":{"type":"string","format":"uri"},"title":{"type":"string"},"status":{"type":"integer"},
        "detail":{"type":"string"},"code":{"type":"string"},"request_id":{"type":"string"},
        "errors":{"type":"array","minItems":1,"items":{"type":"object","required":["detail"],"properties":{
        "pointer":{"type":"string","description":"Where in the body (RFC 6901)."},
        "parameter":{"type":"string","description":"Which part of query, path or headers."},
        "detail":{"type":"string"},"stock":{"type":"integer"}}}}}})");
}

void append_pretty(std::string& out, const json::value& value, std::size_t depth) {
    const auto line = [&](std::size_t level) { out += '\n' + std::string(level * 2, ' '); };
    bool first = true;
    const auto next = [&] {
        if (!std::exchange(first, false)) out += ',';
        line(depth + 1);
    };
    if (const auto* object = value.if_object(); object && !object->empty()) {
        out += '{';
        for (const auto& member : *object) {
            next();
            reflect::write_string(out, member.key());
            out += ": ";
            append_pretty(out, member.value(), depth + 1);
        }
        line(depth);
        out += '}';
    } else if (const auto* array = value.if_array(); array && !array->empty()) {
        out += '[';
        for (const auto& item : *array) {
            next();
            append_pretty(out, item, depth + 1);
        }
        line(depth);
        out += ']';
    } else if (value.is_double()) {
        reflect::write_number(out, value.get_double());
    } else {
        out += json::serialize(value);
    }
}

std::vector<const Route*> documented_routes(const Router& router) {
    std::vector<const Route*> routes;
    for (const Route& route : router.routes()) {
        if (route.documented) routes.push_back(&route);
    }
    std::stable_sort(routes.begin(), routes.end(), [](const Route* left, const Route* right) {
        return std::pair(left->path, left->method) < std::pair(right->path, right->method);
    });
    return routes;
}

std::string escaped(std::string_view text) {
    std::string html;
    for (const char letter : text) {
        if (letter == '<')
            html += "&lt;";
        else if (letter == '>')
            html += "&gt;";
        else if (letter == '&')
            html += "&amp;";
        else if (letter == '"')
            html += "&quot;";
        else
            html += letter;
    }
    return html;
}

}  // namespace

std::string openapi_document(const Router& router, const std::string& version) {
    reflect::SchemaRegistry schemas;
    json::object paths;
    for (const Route* route : documented_routes(router)) {
        auto& path = paths[route->path];
        if (!path.is_object()) path = json::object{};
        std::string method(name_of(route->method));
        std::transform(method.begin(), method.end(), method.begin(),
                       [](char letter) { return static_cast<char>(letter | 0x20); });
        path.as_object()[method] = operation_of(*route, router.base(), schemas);
    }
    json::object components{{"Problem", problem_schema()}};
    for (const auto& [name, schema] : schemas.components) components[name] = parsed(schema);
    const json::object document{
        {"openapi", "3.1.0"},
        {"info",
         json::object{{"title", "FitView"},
                      {"version", version},
                      {"description", "Self-hosted virtual try-on. Every refusal is a problem document (RFC 9457)."}}},
        {"servers", json::array{json::object{{"url", "/"}}}},
        {"paths", std::move(paths)},
        {"components",
         json::object{{"schemas", std::move(components)},
                      {"securitySchemes", json::object{{"bearer", json::object{{"type", "http"},
                                                                               {"scheme", "bearer"},
                                                                               {"bearerFormat", "JWT"}}}}}}}};
    std::string text;
    append_pretty(text, document, 0);
    return text + '\n';
}

std::string documentation_page(const Router& router, const std::string& version) {
    std::map<std::string, std::string> sections;
    for (const Route* route : documented_routes(router)) {
        std::string& section = sections[tag_of(*route, router.base())];
        section += "<details><summary><b>" + std::string(name_of(route->method)) + "</b> <code>" +
                   escaped(route->path) + "</code> " + escaped(route->summary) + "</summary><p>" +
                   escaped(route->description) + ' ' + std::string(who(route->access)) + "</p><ul>";
        OperationDoc doc;
        reflect::SchemaRegistry schemas;
        route->endpoint->describe(doc, schemas);
        for (const auto& parameter : doc.parameters) {
            section += "<li>" + parameter.in + " <code>" + escaped(parameter.name) + "</code>" +
                       (parameter.required ? ", required" : "") + " <code>" + escaped(parameter.schema) +
                       "</code></li>";
        }
        if (!doc.body_schema.empty())
            section += "<li>body <code>" + escaped(doc.body_type) + "</code> <code>" + escaped(doc.body_schema) +
                       "</code></li>";
        for (const auto& answer : doc.answers) {
            section += "<li>" + std::to_string(answer.status) + " <code>" + escaped(answer.schema) + "</code></li>";
        }
        section += "<li>refuses with";
        for (const FailureCode code : route->all_failures())
            section += " <code>" + std::string(fitview::name_of(code)) + "</code>";
        section += "</li></ul></details>";
    }
    std::string page =
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width\"><title>FitView API</title>"
        "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 "
        "1rem}summary{cursor:pointer;padding:.3rem 0}"
        "code{font-size:.9em;overflow-wrap:anywhere}b{display:inline-block;min-width:4.5rem}</style><h1>FitView API " +
        escaped(version) +
        "</h1><p>The same as <a href=\"/openapi.json\">OpenAPI 3.1</a>. Every refusal is a problem document (RFC "
        "9457).</p>";
    for (const auto& [tag, section] : sections) page += "<h2>" + escaped(tag) + "</h2>" + section;
    return page + "</html>\n";
}

}  // namespace fitview::http
