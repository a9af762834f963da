#pragma once
// Settings: described structs filled from the environment. `JWT_SECRET_KEY` fills the member `jwt_secret_key`, wherever
// it stands in nested groups, so member names are unique in the whole struct.
#include <functional>

#include "base/secret.hpp"
#include "reflect/json_write.hpp"
#include "reflect/parameters.hpp"

namespace fitview::reflect {

/// The value of an environment variable, or nothing. Tests pass a map's lookup.
using Environment = std::function<std::optional<std::string>(const std::string&)>;

/// `jwt_secret_key` → `JWT_SECRET_KEY`.
std::string variable_name(std::string_view member);

/// One setting as the reference page lists it.
struct SettingDoc {
    std::string variable;
    std::string default_text;  ///< empty for secrets and for what has no default
    std::string type;          ///< "text", "whole number", "true or false", "one of: a, b"
};

template <class T>
std::string setting_text(const T& value) {
    if constexpr (is_a<T, std::optional>)
        return value ? setting_text(*value) : std::string();
    else if constexpr (std::is_same_v<T, Secret>)
        return {};
    else if constexpr (std::is_same_v<T, std::string>)
        return value;
    else if constexpr (std::is_same_v<T, bool>)
        return value ? "true" : "false";
    else if constexpr (DescribedEnum<T>)
        return std::string(enum_name(value));
    else if constexpr (std::is_same_v<typename T::Wire, std::string>)
        return value.wire();
    else
        return encode_text(value);
}

template <class T>
std::string setting_type() {
    if constexpr (is_a<T, std::optional>)
        return setting_type<typename T::value_type>();
    else if constexpr (std::is_same_v<T, Secret>)
        return "secret";
    else if constexpr (std::is_same_v<T, bool>)
        return "true or false";
    else if constexpr (DescribedEnum<T>)
        return one_of_names<T>().substr(8);
    else if constexpr (Value<T>)
        return T::rule.type == "integer" ? "whole number" : std::string(T::rule.type == "string" ? "text" : "number");
    else
        return "text";
}

/// Overwrites the members of `settings` whose variables are set; an empty text counts as not set. Every variable that
/// cannot be used adds a line to `faults` that names it and never repeats its value.
template <DescribedStruct T>
void fill_from_environment(T& settings, const Environment& environment, std::vector<std::string>& faults) {
    for_each_member<T>([&](std::string_view name, auto pointer) {
        auto& member = settings.*pointer;
        using Member = std::remove_cvref_t<decltype(member)>;
        if constexpr (DescribedStruct<Member>) {
            fill_from_environment(member, environment, faults);
        } else {
            const std::string variable = variable_name(name);
            const auto text = environment(variable);
            if (!text || text->empty()) return;
            if constexpr (std::is_same_v<Member, Secret>)
                member = Secret(*text);
            else {
                std::vector<std::string> reasons;
                if constexpr (is_a<Member, std::optional>) {
                    if constexpr (std::is_same_v<typename Member::value_type, Secret>)
                        member = Secret(*text);
                    else if (auto value = from_text<typename Member::value_type>(*text, reasons))
                        member = std::move(*value);
                } else {
                    if (auto value = from_text<Member>(*text, reasons)) member = std::move(*value);
                }
                for (const std::string& reason : reasons) faults.push_back(variable + " " + reason);
            }
        }
    });
}

/// Every setting with its default, in the order of declaration.
template <DescribedStruct T>
void document_settings(const T& defaults, std::vector<SettingDoc>& docs) {
    for_each_member<T>([&](std::string_view name, auto pointer) {
        using Member = std::remove_cvref_t<decltype(defaults.*pointer)>;
        if constexpr (DescribedStruct<Member>)
            document_settings(defaults.*pointer, docs);
        else
            docs.push_back({variable_name(name), setting_text(defaults.*pointer), setting_type<Member>()});
    });
}

}  // namespace fitview::reflect
