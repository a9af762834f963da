#pragma once
// From a handler's types to a decoder, a documentation entry and an answer. Included by router.hpp only.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "http/decode.hpp"
#include "http/inputs.hpp"
#include "http/replies.hpp"
#include "http/route.hpp"
#include "http/waiting.hpp"
#include "reflect/json.hpp"
#include "reflect/parameters.hpp"
#include "reflect/schema.hpp"

namespace fitview::http {

// ---- inputs
// -------------------------------------------------------------------------------------------------------------

enum class Reads { nothing, path, query, json, form };

/// How one argument of a handler is read. `Held` lives as long as the action.
template <class Argument>
struct Input {
    static_assert(!std::is_same_v<Argument, Argument>,
                  "a handler takes Call, Body, OptionalBody, Path, Query, Form or Upload");
};

template <>
struct Input<Call> {
    using Held = std::monostate;
    static constexpr Reads reads = Reads::nothing;
    static std::optional<Held> read(Exchange&, InputFaults&) { return Held(); }
    static void append_canonical(const Held&, std::string&) {}
    static void describe(OperationDoc&, reflect::SchemaRegistry&) {}
};

template <class T>
struct Input<Path<T>> {
    using Held = Path<T>;
    static constexpr Reads reads = Reads::path;
    static std::optional<Held> read(Exchange& exchange, InputFaults& faults) {
        std::vector<Problem> problems;
        auto value = reflect::decode_parameters<T>(exchange.path_values, problems);
        if (!value) {
            faults.path_names_nothing = true;
            return std::nullopt;
        }
        return Held{std::move(*value)};
    }
    static void append_canonical(const Held&, std::string&) {}  // the path itself is part of the fingerprint
    static void describe(OperationDoc& doc, reflect::SchemaRegistry&) {
        for (auto& parameter : reflect::parameters_of<T>()) {
            doc.parameters.push_back({parameter.name, "path", true, false, std::move(parameter.schema)});
        }
    }
};

template <class T>
struct Input<Query<T>> {
    using Held = Query<T>;
    static constexpr Reads reads = Reads::query;
    static std::optional<Held> read(Exchange& exchange, InputFaults& faults) {
        auto value = reflect::decode_parameters<T>(exchange.query, faults.problems);
        if (!value) return std::nullopt;
        return Held{std::move(*value)};
    }
    static void append_canonical(const Held&, std::string&) {}  // as for the path
    static void describe(OperationDoc& doc, reflect::SchemaRegistry&) {
        for (auto& parameter : reflect::parameters_of<T>()) {
            doc.parameters.push_back(
                {parameter.name, "query", parameter.required, parameter.repeatable, std::move(parameter.schema)});
        }
    }
};

template <class T>
struct Input<Body<T>> {
    using Held = Body<T>;
    static constexpr Reads reads = Reads::json;
    static std::optional<Held> read(Exchange& exchange, InputFaults& faults) {
        auto value = reflect::decode<T>(read_required_json(exchange), faults.problems);
        if (!value) return std::nullopt;
        return Held{std::move(*value)};
    }
    static void append_canonical(const Held& held, std::string& text) { reflect::write(text, held.value); }
    static void describe(OperationDoc& doc, reflect::SchemaRegistry& schemas) {
        doc.body_type = "application/json";
        doc.body_schema = reflect::schema_of<T>(schemas);
    }
};

template <class T>
struct Input<OptionalBody<T>> {
    using Held = OptionalBody<T>;
    static constexpr Reads reads = Reads::json;
    static std::optional<Held> read(Exchange& exchange, InputFaults& faults) {
        const auto json = read_json(exchange);
        if (!json) return Held{};
        auto value = reflect::decode<T>(*json, faults.problems);
        if (!value) return std::nullopt;
        return Held{std::move(value)};
    }
    static void append_canonical(const Held& held, std::string& text) {
        if (held.value) reflect::write(text, *held.value);
    }
    static void describe(OperationDoc& doc, reflect::SchemaRegistry& schemas) {
        Input<Body<T>>::describe(doc, schemas);
        doc.body_required = false;
    }
};

void append_canonical_file(const FilePart& file, std::string& text);
/// The schema of a multipart body: the text fields' schema with the binary fields added.
std::string form_schema(const FileFields& files, std::string_view fields_schema);

template <class T>
constexpr FileFields file_fields_of() {
    if constexpr (requires { T::optional_file_field; })
        return {T::file_field, T::optional_file_field};
    else
        return {T::file_field};
}

template <class T>
struct Input<Form<T>> {
    using Held = Form<T>;
    static constexpr Reads reads = Reads::form;
    static std::optional<Held> read(Exchange& exchange, InputFaults& faults) {
        FormParts parts = read_form(exchange, file_fields_of<T>(), faults);
        auto value = reflect::decode_fields<T>(parts.fields, reflect::FaultPlace::pointer, faults.problems);
        if (!value || !parts.file) return std::nullopt;
        return Held{std::move(*value), std::move(*parts.file), std::move(parts.optional_file)};
    }
    static void append_canonical(const Held& held, std::string& text) {
        reflect::write(text, held.value);
        append_canonical_file(held.file, text);
        if (held.optional_file) append_canonical_file(*held.optional_file, text);
    }
    static void describe(OperationDoc& doc, reflect::SchemaRegistry& schemas) {
        doc.body_type = "multipart/form-data";
        doc.body_schema = form_schema(file_fields_of<T>(), reflect::object_schema<T>(schemas));
    }
};

template <>
struct Input<Upload> {
    using Held = Upload;
    static constexpr Reads reads = Reads::form;
    static std::optional<Held> read(Exchange& exchange, InputFaults& faults);
    static void append_canonical(const Held& held, std::string& text) { append_canonical_file(held.file, text); }
    static void describe(OperationDoc& doc, reflect::SchemaRegistry&) {
        doc.body_type = "multipart/form-data";
        doc.body_schema = form_schema({"file"}, {});
    }
};

// ---- replies
// ------------------------------------------------------------------------------------------------------------

Response json_response(int status, std::string json);
Response respond(Bytes reply);
Response respond(File reply);
Response respond(Stream reply);
Response respond(EventStream reply);
Response respond(const Redirect& reply);

template <class T>
struct Reply {
    static Response make(T reply) {
        if constexpr (requires { respond(std::move(reply)); })
            return respond(std::move(reply));
        else
            return json_response(200, reflect::encode_text(reply));
    }
    static void describe(OperationDoc& doc, reflect::SchemaRegistry& schemas) {
        if constexpr (std::is_same_v<T, Bytes> || std::is_same_v<T, File> || std::is_same_v<T, Stream>)
            doc.answers.push_back({200, "*/*", {}});
        else if constexpr (std::is_same_v<T, EventStream>)
            doc.answers.push_back({200, "text/event-stream", {}});
        else if constexpr (std::is_same_v<T, Redirect>)
            doc.answers.push_back({303, {}, {}});
        else
            doc.answers.push_back({200, "application/json", reflect::schema_of<T>(schemas)});
    }
};

template <class T>
struct Reply<Created<T>> {
    static Response make(Created<T> reply) {
        Response response = json_response(201, reflect::encode_text(reply.value));
        if (!reply.location.empty()) response.headers.set("Location", reply.location);
        return response;
    }
    static void describe(OperationDoc& doc, reflect::SchemaRegistry& schemas) {
        doc.answers.push_back({201, "application/json", reflect::schema_of<T>(schemas)});
    }
};

template <class T>
struct Reply<Accepted<T>> {
    static Response make(Accepted<T> reply) {
        Response response = json_response(202, reflect::encode_text(reply.value));
        if (!reply.location.empty()) response.headers.set("Location", reply.location);
        return response;
    }
    static void describe(OperationDoc& doc, reflect::SchemaRegistry& schemas) {
        doc.answers.push_back({202, "application/json", reflect::schema_of<T>(schemas)});
    }
};

template <class T>
struct Reply<Unready<T>> {
    static Response make(Unready<T> reply) { return json_response(503, reflect::encode_text(reply.value)); }
    static void describe(OperationDoc& doc, reflect::SchemaRegistry& schemas) {
        doc.answers.push_back({503, "application/json", reflect::schema_of<T>(schemas)});
    }
};

template <class T>
struct Reply<Tagged<T>> {
    static Response make(Tagged<T> reply) {
        Response response = Reply<T>::make(std::move(reply.value));
        response.headers.set("ETag", reply.etag);
        if (!reply.cache_control.empty()) response.headers.set("Cache-Control", reply.cache_control);
        return response;
    }
    static void describe(OperationDoc& doc, reflect::SchemaRegistry& schemas) { Reply<T>::describe(doc, schemas); }
};

template <class T>
struct Reply<Encoded<T>> {
    static Response make(Encoded<T> reply) {
        Response response = json_response(200, {});
        response.body = std::move(reply.json);
        if (!reply.etag.empty()) response.headers.set("ETag", reply.etag);
        return response;
    }
    static void describe(OperationDoc& doc, reflect::SchemaRegistry& schemas) { Reply<T>::describe(doc, schemas); }
};

template <class... Replies>
struct Reply<OneOf<Replies...>> {
    static Response make(OneOf<Replies...> reply) {
        return std::visit([]<class T>(T one) { return Reply<T>::make(std::move(one)); }, std::move(reply.reply));
    }
    static void describe(OperationDoc& doc, reflect::SchemaRegistry& schemas) {
        (Reply<Replies>::describe(doc, schemas), ...);
    }
};

template <>
struct Reply<void> {
    static void describe(OperationDoc& doc, reflect::SchemaRegistry&) { doc.answers.push_back({204, {}, {}}); }
};

template <class T>
struct Reply<Later<T>> {
    static std::shared_ptr<Waiting> make(Later<T> reply) {
        auto slot = std::make_shared<std::function<T()>>();
        return std::make_shared<Waiting>(
            reply.wait,
            [begin = std::move(reply.begin), slot](const std::shared_ptr<Waiting>& waiting) {
                begin(Answerer<T>(waiting, slot));
            },
            [slot, at_deadline = std::move(reply.at_deadline)] {
                return Reply<T>::make(*slot ? (*slot)() : at_deadline());
            });
    }
    static void describe(OperationDoc& doc, reflect::SchemaRegistry& schemas) { Reply<T>::describe(doc, schemas); }
};

/// What a quick handler returns: nothing means that a worker is needed.
template <class T>
struct Reply<std::optional<T>> {
    static Outcome make(std::optional<T> reply) {
        if (!reply) return std::shared_ptr<Waiting>();
        return Reply<T>::make(std::move(*reply));
    }
    static void describe(OperationDoc& doc, reflect::SchemaRegistry& schemas) { Reply<T>::describe(doc, schemas); }
};

// ---- handler to endpoint
// ------------------------------------------------------------------------------------------------

template <class Member>
struct SignatureOf;
template <class Class, class Result, class... Arguments>
struct SignatureOf<Result (Class::*)(Arguments...) const> {
    using Answer = Result;
    using Inputs = std::tuple<Input<std::remove_cvref_t<Arguments>>...>;
};

template <class Handler, class Answer, class Inputs>
class BoundEndpoint;

template <class Handler, class Answer, class... Inputs>
class BoundEndpoint<Handler, Answer, std::tuple<Inputs...>> final : public Endpoint {
public:
    explicit BoundEndpoint(Handler handler) : handler_(std::move(handler)) {}

    std::unique_ptr<Action> decode(Exchange& exchange, InputFaults& faults) const override {
        // Every input is read, so that the faults of all of them are named in one answer. Braces keep the order.
        std::tuple<std::optional<typename Inputs::Held>...> held{Inputs::read(exchange, faults)...};
        const bool whole = std::apply([](const auto&... one) { return (one.has_value() && ...); }, held);
        if (!whole) return nullptr;
        return std::apply([this](auto&... one) { return std::make_unique<Bound>(handler_, std::move(*one)...); }, held);
    }

    void describe(OperationDoc& doc, reflect::SchemaRegistry& schemas) const override {
        (Inputs::describe(doc, schemas), ...);
        Reply<std::remove_cvref_t<Answer>>::describe(doc, schemas);
    }
    bool reads_body() const override { return reads(Reads::json) || reads(Reads::form); }
    bool reads_form() const override { return reads(Reads::form); }
    bool reads_path() const override { return reads(Reads::path); }
    bool reads_query() const override { return reads(Reads::query); }
    std::vector<std::string> produces() const override {
        OperationDoc doc;
        reflect::SchemaRegistry schemas;
        Reply<std::remove_cvref_t<Answer>>::describe(doc, schemas);
        std::vector<std::string> types;
        for (const OperationDoc::Answer& answer : doc.answers) {
            if (answer.content_type == "*/*") return {};
            if (!answer.content_type.empty()) types.push_back(answer.content_type);
        }
        return types;
    }

private:
    class Bound final : public Action {
    public:
        explicit Bound(const Handler& handler, typename Inputs::Held&&... held)
            : handler_(handler), held_(std::move(held)...) {}

        Outcome run(Exchange& exchange) override {
            Call call(exchange);
            const auto pass = [&call](auto& one) -> auto& {
                if constexpr (std::is_same_v<std::remove_cvref_t<decltype(one)>, std::monostate>)
                    return call;
                else
                    return one;
            };
            const auto invoke = [&](auto&... one) -> decltype(auto) { return handler_(pass(one)...); };
            if constexpr (std::is_void_v<Answer>) {
                std::apply(invoke, held_);
                Response response;
                response.status = 204;
                return response;
            } else {
                return Reply<std::remove_cvref_t<Answer>>::make(std::apply(invoke, held_));
            }
        }
        void append_canonical(std::string& text) const override {
            std::apply([&](const auto&... one) { (Inputs::append_canonical(one, text), ...); }, held_);
        }

    private:
        const Handler& handler_;
        std::tuple<typename Inputs::Held...> held_;
    };

    static constexpr bool reads([[maybe_unused]] Reads what) { return ((Inputs::reads == what) || ...); }

    const Handler handler_;
};

template <class Handler>
std::shared_ptr<const Endpoint> bound_endpoint(Handler handler) {
    using Signature = SignatureOf<decltype(&Handler::operator())>;
    return std::make_shared<BoundEndpoint<Handler, typename Signature::Answer, typename Signature::Inputs>>(
        std::move(handler));
}

template <class Handler>
std::shared_ptr<const Endpoint> quick_endpoint(Handler handler) {
    using Signature = SignatureOf<decltype(&Handler::operator())>;
    static_assert(reflect::is_a<typename Signature::Answer, std::optional>,
                  "a quick handler returns std::optional of a reply: nothing means that a worker is needed");
    return bound_endpoint(std::move(handler));
}

}  // namespace fitview::http
