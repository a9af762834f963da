#include "engine/garment/garment_type.hpp"

#include <gtest/gtest.h>

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

namespace fitview::engine {
namespace {

TEST(GarmentTypes, FollowTheLastKnownWords) {
    using enum GarmentType;
    const std::vector<std::pair<const char*, std::optional<GarmentType>>> cases{
        {"Kurtas", kurta},          {"silk KURTA sets", kurta},
        {"T-Shirts", top},          {"tshirt", top},
        {"Shirts", shirt},          {"Shirt Dresses", dress},
        {"Kurta Pyjama", trousers}, {"Lehenga Choli", lehenga},
        {"Lehnga", lehenga},        {"Half-Saree", lehenga},
        {"Saree blouses", top},     {"Nehru Jackets", nehru_jacket},
        {"Denim Jacket", jacket},   {"Palazzo pants", palazzo},
        {"Plazo", palazzo},         {"Salwar Suits", kurta},
        {"Patiala Salwar", salwar}, {"Chunni", dupatta},
        {"Sherwanis", sherwani},    {"Churidaar", churidar},
        {"Leggings", leggings},     {"Women > Bottoms > Jeans", trousers},
        {"dresses", dress},         {"Shoes", not_worn},
        {"Festive", std::nullopt},  {"साड़ी", std::nullopt},
        {"", std::nullopt},
    };
    for (const auto& [words, type] : cases) EXPECT_EQ(garment_type_of(words), type) << words;
}

TEST(GarmentTypes, HaveALineOfRulesEachInTheirOrder) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<GarmentType>>(
        [](auto described) { EXPECT_EQ(rules_of(described.value).type, described.value) << described.name; });
    EXPECT_LT(rules_of(GarmentType::kurta).layer, rules_of(GarmentType::sherwani).layer);
    EXPECT_LT(rules_of(GarmentType::jacket).layer, rules_of(GarmentType::dupatta).layer);
}

}  // namespace
}  // namespace fitview::engine
