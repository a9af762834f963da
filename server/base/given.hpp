#pragma once
// Changing what a request names, and nothing else.
#include <optional>

#include "base/nullable.hpp"

namespace fitview {

/// Left out: stays as it is.
template <class T>
void set_if_given(T& member, const std::optional<T>& given) {
    if (given) member = *given;
}

/// Left out: stays as it is; `null`: is cleared.
template <class T>
void set_if_given(std::optional<T>& member, const std::optional<Nullable<T>>& given) {
    if (given) member = *given;
}

}  // namespace fitview
