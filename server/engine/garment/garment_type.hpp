#pragma once
// What a shop calls a garment, what that means for its pattern, and how it is worn with others.
#include <boost/describe/enum.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace fitview::engine {

/// The kinds of pattern the engine cuts.
enum class GarmentClass { upper, dress, lower, drape };
BOOST_DESCRIBE_ENUM(GarmentClass, upper, dress, lower, drape)

/// What a garment is. Each has its line of rules.
enum class GarmentType {
    top,           ///< t-shirts, blouses, cholis, sweaters: closed, pulled over the head
    shirt,         ///< buttoned front
    jacket,        ///< worn open over something
    kurta,         ///< long, open at the sides below the slits
    sherwani,      ///< long, buttoned coat
    nehru_jacket,  ///< sleeveless buttoned waistcoat
    dress,         ///< gowns, anarkalis, kaftans
    trousers,
    leggings,
    churidar,
    salwar,
    palazzo,
    shorts,
    skirt,
    lehenga,
    saree,
    dupatta,
    not_worn  ///< shoes, bags, jewellery, cloth by the metre
};
BOOST_DESCRIBE_ENUM(GarmentType, top, shirt, jacket, kurta, sherwani, nehru_jacket, dress, trousers, leggings, churidar,
                    salwar, palazzo, shorts, skirt, lehenga, saree, dupatta, not_worn)

/// Dressing order, from the skin outwards.
enum class Layer { inner, lower, upper, outer, drape };

enum class Front { closed, buttoned, open };

/// What happens where an upper and a lower garment meet.
enum class Tuck {
    as_worn,  ///< where the worn top went
    inside,   ///< always in the waistband
    over      ///< always over it
};

struct GarmentRules {
    GarmentType type = GarmentType::top;
    GarmentClass kind = GarmentClass::upper;
    Layer layer = Layer::upper;
    Front front = Front::closed;
    Tuck tuck = Tuck::as_worn;
    bool side_slits = false;
    bool legs = false;      ///< two tubes below the crotch
    float fullness = 1;     ///< girth of the hem against twice its width in the photo, at least
    bool to_ankle = false;  ///< a hem near the ankle ends at the ankle: the class has one length
    bool to_floor = false;  ///< the same for the floor
};

const GarmentRules& rules_of(GarmentType type);

/// How unstitched cloth is worn.
enum class DrapeWay {
    nivi,          ///< saree: pleats at the front, pallu in narrow folds over the wearer's left shoulder
    nivi_open,     ///< the same, the pallu not folded: it falls over the left arm
    seedha_pallu,  ///< saree, Gujarati: pallu from behind over the right shoulder, its end spread over the front
    bengali,       ///< saree: broad box pleats, the pallu unfolded and a second time round to the left shoulder
    sides,         ///< dupatta: behind the neck, both ends down the front
    one_shoulder,  ///< dupatta: pleated over the wearer's left shoulder
    round_neck     ///< dupatta: a loop before the chest, both ends behind
};
BOOST_DESCRIBE_ENUM(DrapeWay, nivi, nivi_open, seedha_pallu, bengali, sides, one_shoulder, round_neck)

/// The ways to wear a garment, the usual one first; empty for everything that is sewn.
std::span<const DrapeWay> ways_to_wear(GarmentType type);

/// `wanted` where it is one of the garment's ways, else the usual one. `ways_to_wear(type)` is not empty.
DrapeWay way_to_wear(GarmentType type, std::optional<DrapeWay> wanted);

/// The one table of the whole program, from the words of a category: the last word (or pair of words) that is known
/// decides ("Silk Kurta Sets" is a kurta, "Shirt Dress" a dress). Letter case, hyphens and the plural do not matter;
/// bytes that are not ASCII letters part words. Nothing when no word is known: then the picture decides.
std::optional<GarmentType> garment_type_of(std::string_view words);

}  // namespace fitview::engine
