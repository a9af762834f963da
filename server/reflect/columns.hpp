#pragma once
// Described values to and from the columns of a table: one column per member, named like it.
#include <cstdint>
#include <stdexcept>
#include <variant>

#include "reflect/json.hpp"

namespace fitview::reflect {

/// What a column holds: NULL, a whole number, a number, or a text.
using Column = std::variant<std::monostate, std::int64_t, double, std::string>;

template <class T>
concept NumberValue = Value<T> && !std::is_same_v<typename T::Wire, std::string>;

/// The names of T's columns, in order.
template <DescribedStruct T>
std::vector<std::string> column_names() {
    std::vector<std::string> names;
    for_each_member<T>([&](std::string_view name, auto) { names.emplace_back(name); });
    return names;
}

/// How one member is kept. Times are milliseconds since 1970, prices paise, truth values 0 or 1, ids, enumerations and
/// texts their wire text, everything composed its JSON text.
template <class T>
Column to_column(const T& value) {
    if constexpr (is_a<T, std::optional> || is_a<T, Nullable>) {
        if (!value) return std::monostate();
        return to_column(*value);
    } else if constexpr (std::is_same_v<T, bool>)
        return std::int64_t(value ? 1 : 0);
    else if constexpr (std::is_integral_v<T>)
        return static_cast<std::int64_t>(value);
    else if constexpr (std::is_floating_point_v<T>)
        return static_cast<double>(value);
    else if constexpr (std::is_same_v<T, std::string>)
        return value;
    else if constexpr (requires { value.milliseconds(); })
        return static_cast<std::int64_t>(value.milliseconds());
    else if constexpr (requires { value.paise(); })
        return static_cast<std::int64_t>(value.paise());
    else if constexpr (Value<T>)
        return Column(typename T::Wire(value.wire()));
    else if constexpr (DescribedEnum<T>)
        return std::string(enum_name(value));
    else
        return encode_text(value);
}

/// The member out of its column. Fails: std::runtime_error when the column does not hold such a member.
template <class T>
T from_column(const Column& column) {
    const auto wrong = []() -> T { throw std::runtime_error("a stored column is not what was written"); };
    const auto number = [&]() -> std::int64_t {
        if (const auto* held = std::get_if<std::int64_t>(&column)) return *held;
        throw std::runtime_error("a stored column is not a whole number");
    };
    if constexpr (is_a<T, std::optional> || is_a<T, Nullable>) {
        if (std::holds_alternative<std::monostate>(column)) return T{};
        return T(from_column<typename T::value_type>(column));
    } else if constexpr (std::is_same_v<T, bool>)
        return number() != 0;
    else if constexpr (std::is_integral_v<T>)
        return static_cast<T>(number());
    else if constexpr (std::is_floating_point_v<T>) {
        if (const auto* held = std::get_if<double>(&column)) return static_cast<T>(*held);
        return static_cast<T>(number());
    } else if constexpr (requires(std::int64_t count) { T::from_milliseconds(count); })
        return T::from_milliseconds(number());
    else if constexpr (requires(std::int64_t count) { T::from_paise(count); })
        return T::from_paise(number());
    else if constexpr (NumberValue<T>) {
        auto checked = T::check(static_cast<typename T::Wire>(from_column<typename T::Wire>(column)));
        return checked ? *std::move(checked) : wrong();
    } else {
        const auto* text = std::get_if<std::string>(&column);
        if (!text) return wrong();
        if constexpr (std::is_same_v<T, std::string>)
            return *text;
        else if constexpr (Value<T>) {
            auto checked = T::check(*text);
            return checked ? *std::move(checked) : wrong();
        } else if constexpr (DescribedEnum<T>) {
            const auto found = enum_from<T>(*text);
            return found ? *found : wrong();
        } else {
            return decode_own<T>(*text);
        }
    }
}

/// T's columns, in the order of column_names.
template <DescribedStruct T>
std::vector<Column> to_columns(const T& value) {
    std::vector<Column> columns;
    columns.reserve(member_count<T>);
    for_each_member<T>([&](std::string_view, auto pointer) { columns.push_back(to_column(value.*pointer)); });
    return columns;
}

/// T out of its columns; `column(name)` gives the column of that name.
template <DescribedStruct T, class ColumnByName>
T from_columns(ColumnByName&& column) {
    typename PartsOf<T>::Type parts;
    [&]<std::size_t... At>(std::index_sequence<At...>) {
        (std::get<At>(parts).emplace(
             from_column<MemberType<T, At>>(column(boost::mp11::mp_at_c<MembersOf<T>, At>::name))),
         ...);
    }
    (std::make_index_sequence<member_count<T>>());
    return construct<T>(parts, std::make_index_sequence<member_count<T>>());
}

}  // namespace fitview::reflect
