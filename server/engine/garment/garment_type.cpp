#include "engine/garment/garment_type.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace fitview::engine {
namespace {

using enum GarmentType;

struct Name {
    std::string_view words;  // in the singular; a pair goes before its second word alone
    GarmentType type;
};

constexpr Name names[] = {
    {"achkan", sherwani},
    {"anarkali", dress},
    {"angrakha", kurta},
    {"angarkha", kurta},
    {"bag", not_worn},
    {"bandhgala", sherwani},
    {"bandi", nehru_jacket},
    {"bangle", not_worn},
    {"belt", not_worn},
    {"bermuda", shorts},
    {"blazer", jacket},
    {"blouse", top},
    {"bodysuit", top},
    {"bottom", trousers},
    {"camisole", top},
    {"cape", jacket},
    {"capri", trousers},
    {"cardigan", jacket},
    {"cargo", trousers},
    {"chinos", trousers},
    {"chino", trousers},
    {"choli", top},
    {"choridar", churidar},
    {"chudidar", churidar},
    {"chunni", dupatta},
    {"chunri", dupatta},
    {"churidaar", churidar},
    {"churidar", churidar},
    {"coat", jacket},
    {"culotte", palazzo},
    {"denim", trousers},
    {"dhoti", salwar},
    {"dress", dress},
    {"dupata", dupatta},
    {"dupatta", dupatta},
    {"earring", not_worn},
    {"fabric", not_worn},
    {"footwear", not_worn},
    {"frock", dress},
    {"garara", palazzo},
    {"ghagra", lehenga},
    {"ghaghra", lehenga},
    {"gharara", palazzo},
    {"gown", dress},
    {"half saree", lehenga},
    {"half sari", lehenga},
    {"harem pant", salwar},
    {"hoodie", top},
    {"jacket", jacket},
    {"jean", trousers},
    {"jegging", leggings},
    {"jewellery", not_worn},
    {"jewelry", not_worn},
    {"jogger", trousers},
    {"jumper", top},
    {"jumpsuit", dress},
    {"kaftan", dress},
    {"kameej", kurta},
    {"kameez", kurta},
    {"kimono", jacket},
    {"kurta", kurta},
    {"kurti", kurta},
    {"kurtha", kurta},
    {"langa", lehenga},
    {"legging", leggings},
    {"lehanga", lehenga},
    {"lehenga", lehenga},
    {"lehenga choli", lehenga},
    {"lehnga", lehenga},
    {"lehnga choli", lehenga},
    {"lower", trousers},
    {"maxi", dress},
    {"modi jacket", nehru_jacket},
    {"nehru jacket", nehru_jacket},
    {"nehru vest", nehru_jacket},
    {"nehru waistcoat", nehru_jacket},
    {"odhani", dupatta},
    {"odhni", dupatta},
    {"palazo", palazzo},
    {"palazzo", palazzo},
    {"palazzo pant", palazzo},
    {"palazzo trouser", palazzo},
    {"pajama", trousers},
    {"pant", trousers},
    {"patiala", salwar},
    {"pattu pavadai", lehenga},
    {"pavadai", lehenga},
    {"plazo", palazzo},
    {"plazzo", palazzo},
    {"polo", top},
    {"pullover", top},
    {"pyjama", trousers},
    {"salvar", salwar},
    {"salwaar", salwar},
    {"salwar", salwar},
    {"salwar suit", kurta},
    {"saree", saree},
    {"saree blouse", top},
    {"sari", saree},
    {"sari blouse", top},
    {"sadi", saree},
    {"scarf", dupatta},
    {"scarve", dupatta},
    {"shalwar", salwar},
    {"sharara", palazzo},
    {"shawl", dupatta},
    {"shervani", sherwani},
    {"sherwani", sherwani},
    {"shirt", shirt},
    {"shirt dress", dress},
    {"shoe", not_worn},
    {"short", shorts},
    {"shrug", jacket},
    {"singlet", top},
    {"skirt", skirt},
    {"slack", trousers},
    {"stole", dupatta},
    {"suit", kurta},
    {"sweater", top},
    {"sweatshirt", top},
    {"t shirt", top},
    {"tank", top},
    {"tee", top},
    {"tight", leggings},
    {"top", top},
    {"track pant", trousers},
    {"trackpant", trousers},
    {"trouser", trousers},
    {"tshirt", top},
    {"tunic", kurta},
    {"upper", top},
    {"vest", top},
    {"waist coat", nehru_jacket},
    {"waistcoat", nehru_jacket},
};

// Dressing order and tuck rules as data: what a class means, in one line each.
constexpr std::array rules{
    GarmentRules{top, GarmentClass::upper, Layer::upper, Front::closed, Tuck::as_worn},
    GarmentRules{shirt, GarmentClass::upper, Layer::upper, Front::buttoned, Tuck::as_worn},
    GarmentRules{jacket, GarmentClass::upper, Layer::outer, Front::open, Tuck::over},
    GarmentRules{kurta, GarmentClass::upper, Layer::upper, Front::closed, Tuck::over, true},
    GarmentRules{sherwani, GarmentClass::upper, Layer::outer, Front::buttoned, Tuck::over, true},
    GarmentRules{nehru_jacket, GarmentClass::upper, Layer::outer, Front::buttoned, Tuck::over},
    GarmentRules{dress, GarmentClass::dress, Layer::upper, Front::closed, Tuck::over},
    GarmentRules{trousers, GarmentClass::lower, Layer::lower, Front::closed, Tuck::as_worn, false, true, 1, true},
    GarmentRules{leggings, GarmentClass::lower, Layer::lower, Front::closed, Tuck::as_worn, false, true, 1, true},
    GarmentRules{churidar, GarmentClass::lower, Layer::lower, Front::closed, Tuck::as_worn, false, true, 1, true},
    GarmentRules{salwar, GarmentClass::lower, Layer::lower, Front::closed, Tuck::as_worn, false, true, 1.15F, true},
    GarmentRules{palazzo, GarmentClass::lower, Layer::lower, Front::closed, Tuck::as_worn, false, true, 1.2F, true},
    GarmentRules{shorts, GarmentClass::lower, Layer::lower, Front::closed, Tuck::as_worn, false, true},
    GarmentRules{skirt, GarmentClass::lower, Layer::lower, Front::closed, Tuck::inside, false, false, 1.25F},
    GarmentRules{lehenga, GarmentClass::lower, Layer::lower, Front::closed, Tuck::inside, false, false, 1.9F, false,
                 true},
    GarmentRules{saree, GarmentClass::drape, Layer::drape, Front::closed, Tuck::inside},
    GarmentRules{dupatta, GarmentClass::drape, Layer::drape, Front::closed, Tuck::over},
    GarmentRules{not_worn, GarmentClass::upper, Layer::drape},
};

constexpr std::array saree_ways{DrapeWay::nivi, DrapeWay::nivi_open, DrapeWay::seedha_pallu, DrapeWay::bengali};
constexpr std::array dupatta_ways{DrapeWay::sides, DrapeWay::one_shoulder, DrapeWay::round_neck};

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    bool inside = false;
    for (const char letter : text) {
        const char lower = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
        const bool is_letter = lower >= 'a' && lower <= 'z';
        if (is_letter && !inside) words.emplace_back();
        if (is_letter) words.back() += lower;
        inside = is_letter;
    }
    return words;
}

bool is_form_of(std::string_view name, std::string_view word) {
    if (!word.starts_with(name)) return false;
    const std::string_view rest = word.substr(name.size());
    return rest.empty() || rest == "s" || rest == "es";
}

std::optional<GarmentType> find(std::string_view words) {
    for (const Name& name : names)
        if (is_form_of(name.words, words)) return name.type;
    return std::nullopt;
}

}  // namespace

const GarmentRules& rules_of(GarmentType type) {
    return rules[static_cast<std::size_t>(type)];
}

std::span<const DrapeWay> ways_to_wear(GarmentType type) {
    if (type == saree) return saree_ways;
    if (type == dupatta) return dupatta_ways;
    return {};
}

DrapeWay way_to_wear(GarmentType type, std::optional<DrapeWay> wanted) {
    const auto ways = ways_to_wear(type);
    return wanted && std::find(ways.begin(), ways.end(), *wanted) != ways.end() ? *wanted : ways.front();
}

std::optional<GarmentType> garment_type_of(std::string_view words) {
    const std::vector<std::string> all = words_of(words);
    for (std::size_t last = all.size(); last-- > 0;) {
        if (last > 0)
            if (const auto pair = find(all[last - 1] + ' ' + all[last])) return pair;
        if (const auto single = find(all[last])) return single;
    }
    return std::nullopt;
}

}  // namespace fitview::engine
