#pragma once
// What a value type says about itself; the JSON decoder, the OpenAPI schema and the settings reference read it from
// here.
#include <concepts>
#include <limits>
#include <string_view>

namespace fitview {

/// The JSON Schema keywords of one value type. Empty texts, -1 and NaN mean "says nothing".
struct Rule {
    std::string_view type = "string";  ///< string, integer, number
    std::string_view format = {};
    std::string_view pattern = {};
    long min_length = -1;  ///< in Unicode code points
    long max_length = -1;
    double minimum = std::numeric_limits<double>::quiet_NaN();
    double maximum = std::numeric_limits<double>::quiet_NaN();
    double multiple_of = std::numeric_limits<double>::quiet_NaN();
    std::string_view example = {};
};

/// A type whose existence proves its rule: `check` is the only way in, `wire` the only way out.
/// `Wire` is std::string, std::int64_t or double.
template <class T>
concept Value = requires(const T& value, const typename T::Wire& wire) {
    { T::rule } -> std::convertible_to<Rule>;
    {T::check(wire)};
    { value.wire() } -> std::convertible_to<typename T::Wire>;
};

}  // namespace fitview
