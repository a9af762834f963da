#pragma once
// OpenAPI 3.1 (JSON Schema 2020-12) out of described types, as JSON text. Light: no JSON library in this header.
#include <cstdint>
#include <map>
#include <string>
#include <typeinfo>

#include "reflect/json_write.hpp"

namespace fitview::reflect {

/// Named schemas by component name; `$ref`s point here.
struct SchemaRegistry {
    std::map<std::string, std::string> components;
};

/// The JSON Schema keywords of a rule, as the inside of an object: `"type":"string","maxLength":200`.
std::string keywords_of(const Rule& rule);
/// "ProductsView" for `fitview::products::View`; a type may say its own `schema_name`.
std::string component_name(const std::type_info& type);

template <class T>
std::string schema_of(SchemaRegistry& registry);

template <DescribedStruct T>
std::string name_of_component() {
    if constexpr (requires { T::schema_name; })
        return std::string(T::schema_name);
    else
        return component_name(typeid(T));
}

template <DescribedStruct T>
std::string object_schema(SchemaRegistry& registry) {
    std::string properties;
    std::string required;
    for_each_member<T>([&](std::string_view name, auto pointer) {
        using Member = std::remove_cvref_t<decltype(std::declval<T&>().*pointer)>;
        if (!properties.empty()) properties += ',';
        properties += '"' + std::string(name) + "\":";
        if constexpr (is_a<Member, std::optional>) {
            properties += schema_of<typename Member::value_type>(registry);
        } else {
            properties += schema_of<Member>(registry);
            if (!required.empty()) required += ',';
            required += '"' + std::string(name) + '"';
        }
    });
    std::string schema = R"({"type":"object","properties":{)" + properties + "}";
    if (!required.empty()) schema += R"(,"required":[)" + required + "]";
    return schema + R"(,"additionalProperties":false})";
}

/// The schema of T as JSON text; described structs become components and are referred to.
template <class T>
std::string schema_of(SchemaRegistry& registry) {
    if constexpr (HasCustom<T>)
        return Custom<T>::schema();
    else if constexpr (std::is_same_v<T, RawJson>)
        return "{}";
    else if constexpr (std::is_same_v<T, bool>)
        return R"({"type":"boolean"})";
    else if constexpr (std::is_integral_v<T>)
        return R"({"type":"integer"})";
    else if constexpr (std::is_floating_point_v<T>)
        return R"({"type":"number"})";
    else if constexpr (std::is_convertible_v<const T&, std::string_view>)
        return R"({"type":"string"})";
    else if constexpr (Value<T>)
        return "{" + keywords_of(T::rule) + "}";
    else if constexpr (DescribedEnum<T>) {
        std::string schema = R"({"type":"string","enum":)";
        write(schema, enum_names<T>());
        return schema + "}";
    } else if constexpr (is_a<T, Nullable> || is_a<T, std::optional>) {
        return R"({"anyOf":[)" + schema_of<typename T::value_type>(registry) + R"(,{"type":"null"}]})";
    } else if constexpr (is_list<T>) {
        using Item = typename decltype(T::items)::value_type;
        std::string schema = R"({"type":"array","items":)" + schema_of<Item>(registry);
        if (T::min_items > 0) schema += R"(,"minItems":)" + std::to_string(T::min_items);
        return schema + R"(,"maxItems":)" + std::to_string(T::max_items) + "}";
    } else if constexpr (is_a<T, std::vector>) {
        return R"({"type":"array","items":)" + schema_of<typename T::value_type>(registry) + "}";
    } else if constexpr (is_map<T>) {
        using Item = typename decltype(T::items)::mapped_type;
        return R"({"type":"object","maxProperties":)" + std::to_string(T::max_items) + R"(,"additionalProperties":)" +
               schema_of<Item>(registry) + "}";
    } else if constexpr (is_a<T, std::map>) {
        return R"({"type":"object","additionalProperties":)" + schema_of<typename T::mapped_type>(registry) + "}";
    } else {
        static_assert(DescribedStruct<T>,
                      "describe this type with BOOST_DESCRIBE_STRUCT, or specialise reflect::Custom");
        const std::string name = name_of_component<T>();
        if (registry.components.emplace(name, std::string()).second) {
            std::string schema = object_schema<T>(registry);  // after the entry, so that a type may contain itself
            registry.components[name] = std::move(schema);
        }
        return R"({"$ref":"#/components/schemas/)" + name + "\"}";
    }
}

/// One parameter of a query or path.
struct ParameterDoc {
    std::string name;
    bool required = false;
    bool repeatable = false;
    std::string schema;
};

/// The members of T as parameters, in order.
template <DescribedStruct T>
std::vector<ParameterDoc> parameters_of() {
    SchemaRegistry registry;
    std::vector<ParameterDoc> parameters;
    for_each_member<T>([&](std::string_view name, auto pointer) {
        using Member = std::remove_cvref_t<decltype(std::declval<T&>().*pointer)>;
        constexpr bool repeatable = is_a<Member, std::vector> || is_list<Member>;
        constexpr bool optional = is_a<Member, std::optional>;
        ParameterDoc parameter{
            .name = std::string(name), .required = !repeatable && !optional, .repeatable = repeatable, .schema = {}};
        if constexpr (optional)
            parameter.schema = schema_of<typename Member::value_type>(registry);
        else
            parameter.schema = schema_of<Member>(registry);
        parameters.push_back(std::move(parameter));
    });
    return parameters;
}

}  // namespace fitview::reflect
