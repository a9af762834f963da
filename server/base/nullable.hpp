#pragma once
// "Nothing" that is said, in contrast to std::optional, which is left out.
#include <optional>
#include <utility>

namespace fitview {

/// On the wire always present: the value or `null`. In a request `std::optional<Nullable<T>>` tells three things apart:
/// left out (keep), null (clear), a value (set).
template <class T>
struct Nullable : std::optional<T> {
    using std::optional<T>::optional;
    Nullable(std::optional<T> value) : std::optional<T>(std::move(value)) {}  // NOLINT(google-explicit-constructor)

    friend bool operator==(const Nullable& left, const Nullable& right) {
        return static_cast<const std::optional<T>&>(left) == static_cast<const std::optional<T>&>(right);
    }
};

}  // namespace fitview
