#pragma once
// How fabrics hang and shine.
#include <optional>
#include <string_view>

namespace fitview::engine {

/// Relative to plain cotton cloth.
struct Material {
    std::string_view name;
    float weight = 1;     ///< mass per area: 1 is 120 g/m2
    float stiffness = 1;  ///< against bending
    float sheen = 0;      ///< 0 dull (cotton) to 1 mirror-like (satin): how much the folds' light and shade differ more
};

/// The table, by the last word that is known ("Pure Banarasi silk", "cotton blend"). Nothing for an unknown word: then
/// cotton is assumed. The sources stand beside the table.
std::optional<Material> material_of(std::string_view words);

}  // namespace fitview::engine
