#include "products/garment_class.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "products/search_words.hpp"

namespace fitview::products {
namespace {

// In the singular. The one table of the whole program.
constexpr std::pair<std::string_view, GarmentClass> classes[] = {
    {"anarkali", GarmentClass::dress},
    {"bag", GarmentClass::not_worn_on_body},
    {"blazer", GarmentClass::upper},
    {"blouse", GarmentClass::upper},
    {"cardigan", GarmentClass::upper},
    {"choli", GarmentClass::upper},
    {"churidar", GarmentClass::lower},
    {"coat", GarmentClass::upper},
    {"dhoti", GarmentClass::lower},
    {"dress", GarmentClass::dress},
    {"dupatta", GarmentClass::drape},
    {"fabric", GarmentClass::not_worn_on_body},
    {"footwear", GarmentClass::not_worn_on_body},
    {"frock", GarmentClass::dress},
    {"gown", GarmentClass::dress},
    {"hoodie", GarmentClass::upper},
    {"jacket", GarmentClass::upper},
    {"jean", GarmentClass::lower},
    {"jewellery", GarmentClass::not_worn_on_body},
    {"jumper", GarmentClass::upper},
    {"jumpsuit", GarmentClass::dress},
    {"kameez", GarmentClass::upper},
    {"kaftan", GarmentClass::dress},
    {"kurta", GarmentClass::upper},
    {"kurti", GarmentClass::upper},
    {"legging", GarmentClass::lower},
    {"lehenga", GarmentClass::lower},
    {"maxi", GarmentClass::dress},
    {"palazzo", GarmentClass::lower},
    {"pant", GarmentClass::lower},
    {"polo", GarmentClass::upper},
    {"pullover", GarmentClass::upper},
    {"pyjama", GarmentClass::lower},
    {"salwar", GarmentClass::lower},
    {"saree", GarmentClass::drape},
    {"sari", GarmentClass::drape},
    {"sharara", GarmentClass::lower},
    {"shawl", GarmentClass::drape},
    {"sherwani", GarmentClass::upper},
    {"shirt", GarmentClass::upper},
    {"shoe", GarmentClass::not_worn_on_body},
    {"short", GarmentClass::lower},
    {"skirt", GarmentClass::lower},
    {"stole", GarmentClass::drape},
    {"suit", GarmentClass::upper},
    {"sweater", GarmentClass::upper},
    {"sweatshirt", GarmentClass::upper},
    {"tee", GarmentClass::upper},
    {"top", GarmentClass::upper},
    {"trouser", GarmentClass::lower},
    {"tshirt", GarmentClass::upper},
    {"tunic", GarmentClass::upper},
    {"vest", GarmentClass::upper},
    {"waistcoat", GarmentClass::upper},
};

std::optional<GarmentClass> class_of_word(std::string_view word) {
    for (const auto& [name, garment_class] : classes) {
        const std::string_view rest = word.starts_with(name) ? word.substr(name.size()) : std::string_view("?");
        if (rest.empty() || rest == "s" || rest == "es") return garment_class;
    }
    return std::nullopt;
}

}  // namespace

std::optional<GarmentClass> garment_class_of(std::string_view category) {
    const auto words = search_words(category);
    for (auto word = words.rbegin(); word != words.rend(); ++word) {
        if (const auto known = class_of_word(*word)) return known;
    }
    return std::nullopt;
}

}  // namespace fitview::products
