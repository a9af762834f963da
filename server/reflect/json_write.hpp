#pragma once
// Described values to JSON text. Members are written in the order of declaration; empty optionals are left out,
// Nullable is written as null.
#include <charconv>
#include <cmath>
#include <cstdint>
#include <map>

#include "reflect/members.hpp"

namespace fitview::reflect {

/// Appends `text` (UTF-8) as a JSON string with its quotes.
void write_string(std::string& out, std::string_view text);
/// Appends the shortest text that reads back as `number`; what is not finite becomes null.
void write_number(std::string& out, double number);

template <class T>
void write(std::string& out, const T& value);

/// JSON text that was made before and is written as it stands (cached documents).
struct RawJson {
    std::string text;
};

template <DescribedStruct T>
void write_members(std::string& out, const T& value) {
    out += '{';
    bool first = true;
    for_each_member<T>([&](std::string_view name, auto pointer) {
        const auto& member = value.*pointer;
        using Member = std::remove_cvref_t<decltype(member)>;
        if constexpr (is_a<Member, std::optional>) {
            if (!member) return;
        }
        if (!first) out += ',';
        first = false;
        out += '"';
        out += name;
        out += "\":";
        if constexpr (is_a<Member, std::optional>)
            write(out, *member);
        else
            write(out, member);
    });
    out += '}';
}

template <class T>
void write(std::string& out, const T& value) {
    if constexpr (HasCustom<T>)
        Custom<T>::write(out, value);
    else if constexpr (std::is_same_v<T, RawJson>)
        out += value.text;
    else if constexpr (std::is_same_v<T, bool>)
        out += value ? "true" : "false";
    else if constexpr (std::is_integral_v<T>)
        out += std::to_string(value);
    else if constexpr (std::is_floating_point_v<T>)
        write_number(out, value);
    else if constexpr (std::is_convertible_v<const T&, std::string_view>)
        write_string(out, value);
    else if constexpr (Value<T>)
        write<typename T::Wire>(out, value.wire());
    else if constexpr (DescribedEnum<T>)
        write_string(out, enum_name(value));
    else if constexpr (is_a<T, Nullable> || is_a<T, std::optional>) {
        if (value)
            write(out, *value);
        else
            out += "null";
    } else if constexpr (is_list<T> || is_a<T, std::vector>) {
        out += '[';
        bool first = true;
        for (const auto& item : value) {
            if (!first) out += ',';
            first = false;
            write(out, item);
        }
        out += ']';
    } else if constexpr (is_map<T> || is_a<T, std::map>) {
        out += '{';
        bool first = true;
        for (const auto& [key, item] : value) {
            if (!first) out += ',';
            first = false;
            if constexpr (Value<std::remove_cvref_t<decltype(key)>>)
                write_string(out, key.wire());
            else
                write_string(out, key);
            out += ':';
            write(out, item);
        }
        out += '}';
    } else {
        static_assert(DescribedStruct<T>,
                      "describe this type with BOOST_DESCRIBE_STRUCT, or specialise reflect::Custom");
        write_members(out, value);
    }
}

/// The JSON text of `value`.
template <class T>
std::string encode_text(const T& value) {
    std::string out;
    write(out, value);
    return out;
}

}  // namespace fitview::reflect
