#include "tryon/known_measures.hpp"

#include <array>

namespace fitview::tryon {
namespace {

template <class Measures>
struct Name {
    const char* name;
    std::optional<double> Measures::*member;
};

constexpr std::array body_names{Name<engine::BodyMeasures>{"height", &engine::BodyMeasures::height},
                                Name<engine::BodyMeasures>{"bust", &engine::BodyMeasures::bust},
                                Name<engine::BodyMeasures>{"waist", &engine::BodyMeasures::waist},
                                Name<engine::BodyMeasures>{"hip", &engine::BodyMeasures::hip}};

constexpr std::array garment_names{
    Name<engine::GarmentMeasures>{"chest", &engine::GarmentMeasures::chest},
    Name<engine::GarmentMeasures>{"length", &engine::GarmentMeasures::length},
    Name<engine::GarmentMeasures>{"shoulder", &engine::GarmentMeasures::shoulder},
    Name<engine::GarmentMeasures>{"sleeve", &engine::GarmentMeasures::sleeve},
    Name<engine::GarmentMeasures>{"made_for_bust", &engine::GarmentMeasures::made_for_bust},
    Name<engine::GarmentMeasures>{"outseam", &engine::GarmentMeasures::outseam},
    Name<engine::GarmentMeasures>{"inseam", &engine::GarmentMeasures::inseam},
    Name<engine::GarmentMeasures>{"waist", &engine::GarmentMeasures::waist},
    Name<engine::GarmentMeasures>{"hip", &engine::GarmentMeasures::hip},
    Name<engine::GarmentMeasures>{"made_for_waist", &engine::GarmentMeasures::made_for_waist},
    Name<engine::GarmentMeasures>{"made_for_hip", &engine::GarmentMeasures::made_for_hip}};

template <class Measures, std::size_t N>
Measures measures_from(const Centimetres& known, const std::array<Name<Measures>, N>& names) {
    Measures measures;
    for (const auto& [name, member] : names)
        if (const auto found = known.find(name); found != known.end()) measures.*member = found->second;
    return measures;
}

}  // namespace

std::optional<Centimetres> centimetres_of(const engine::GarmentMeasures& measures) {
    Centimetres known;
    for (const auto& [name, member] : garment_names)
        if (const auto& value = measures.*member) known[name] = *value;
    if (known.empty()) return std::nullopt;
    return known;
}

engine::KnownMeasures known_measures(const Centimetres& body, const Piece& piece) {
    return {measures_from(body, body_names), measures_from(piece.measures.value_or(Centimetres()), garment_names)};
}

}  // namespace fitview::tryon
