#pragma once
// Which values may be bound to a parameter and read from a column, and how each is stored.
//
//   bool, whole numbers        INTEGER          Timestamp, milliseconds     INTEGER (milliseconds since 1970)
//   float, double              REAL             Price                       INTEGER (paise)
//   texts                      TEXT             Id                          TEXT (24 hex digits)
//   Blob                       BLOB             any other value type        as its wire form
//   described enumerations     TEXT (the name)  optional<T>, nullopt        NULL when empty, else as T
#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/number.hpp"
#include "base/rule.hpp"
#include "base/time.hpp"
#include "reflect/members.hpp"

namespace fitview::storage {

/// Bytes that are no text.
struct Blob {
    std::string bytes;
    bool operator==(const Blob&) const = default;
};

/// Throws Unavailable: a column holds what its type refuses.
[[noreturn]] void throw_unreadable_column(int column);

/// `Row` is Statement; a template so that this header need not know it.
template <class Row, class T>
void bind_value(Row& row, int position, const T& value) {
    if constexpr (reflect::is_a<T, std::optional>) {
        if (value.has_value()) {
            bind_value(row, position, *value);
        } else {
            row.bind_null(position);
        }
    } else if constexpr (std::same_as<T, std::nullopt_t> || std::same_as<T, std::nullptr_t>) {
        row.bind_null(position);
    } else if constexpr (std::integral<T>) {
        row.bind_integer(position, static_cast<std::int64_t>(value));
    } else if constexpr (std::floating_point<T>) {
        row.bind_real(position, value);
    } else if constexpr (std::same_as<T, Blob>) {
        row.bind_blob(position, value.bytes);
    } else if constexpr (std::same_as<T, Timestamp>) {
        row.bind_integer(position, value.milliseconds());
    } else if constexpr (std::same_as<T, Milliseconds>) {
        row.bind_integer(position, value.count());
    } else if constexpr (std::same_as<T, Price>) {
        row.bind_integer(position, value.paise());
    } else if constexpr (std::is_enum_v<T>) {
        row.bind_text(position, reflect::enum_name(value));
    } else if constexpr (Value<T>) {
        bind_value(row, position, static_cast<typename T::Wire>(value.wire()));
    } else {
        static_assert(std::convertible_to<const T&, std::string_view>, "this type has no column form");
        row.bind_text(position, value);
    }
}

template <class T, class Row>
T read_value(const Row& row, int column) {
    if constexpr (reflect::is_a<T, std::optional>) {
        if (row.is_null(column)) return std::nullopt;
        return read_value<typename T::value_type>(row, column);
    } else if constexpr (std::same_as<T, bool>) {
        return row.integer(column) != 0;
    } else if constexpr (std::integral<T>) {
        const std::int64_t number = row.integer(column);
        if (!std::in_range<T>(number)) throw_unreadable_column(column);
        return static_cast<T>(number);
    } else if constexpr (std::floating_point<T>) {
        return static_cast<T>(row.real(column));
    } else if constexpr (std::same_as<T, std::string>) {
        return std::string(row.text(column));
    } else if constexpr (std::same_as<T, Blob>) {
        return Blob{std::string(row.blob(column))};
    } else if constexpr (std::same_as<T, Timestamp>) {
        return Timestamp::from_milliseconds(row.integer(column));
    } else if constexpr (std::same_as<T, Milliseconds>) {
        return Milliseconds(row.integer(column));
    } else if constexpr (std::same_as<T, Price>) {
        return Price::from_paise(row.integer(column));
    } else if constexpr (std::is_enum_v<T>) {
        const auto value = reflect::enum_from<T>(row.text(column));
        if (!value) throw_unreadable_column(column);
        return *value;
    } else {
        static_assert(Value<T>, "this type has no column form");
        auto checked = T::check(read_value<typename T::Wire>(row, column));
        if (!checked) throw_unreadable_column(column);
        return *std::move(checked);
    }
}

}  // namespace fitview::storage
