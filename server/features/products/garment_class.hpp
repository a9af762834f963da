#pragma once
// From what a shop calls a garment to what the engine makes of it.
#include <boost/describe/enum.hpp>

#include <optional>
#include <string_view>

namespace fitview::products {

/// How a garment is worn. The engine knows how to try on some of them.
enum class GarmentClass {
    upper,            ///< from the shoulders to the hips or thighs: kurtas, shirts, tops, jackets
    lower,            ///< from the waist down: trousers, skirts, leggings
    dress,            ///< from the shoulders to below the knees: dresses, gowns, anarkalis
    drape,            ///< unstitched cloth: sarees, dupattas, stoles
    not_worn_on_body  ///< shoes, bags, jewellery, cloth by the metre
};

BOOST_DESCRIBE_ENUM(GarmentClass, upper, lower, dress, drape, not_worn_on_body)

/// The class of a category's name, by its last word that is known ("Silk Kurta Sets" is a kurta). Letter case, accents
/// and the plural do not matter. Nothing when no word is known: then the picture decides.
std::optional<GarmentClass> garment_class_of(std::string_view category);

}  // namespace fitview::products
