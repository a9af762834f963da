#include "engine/garment/material.hpp"

#include <string>
#include <vector>

namespace fitview::engine {
namespace {

// Weights are the middle of the ranges textile handbooks give for dress fabrics (Taylor, Technology of Textile
// Properties; Hearle and Morton, Physical Properties of Textile Fibres): cotton lawn to poplin 100 to 140 g/m2, silk
// habotai and crepe 40 to 90, georgette and chiffon 30 to 70, denim 300 to 450, wool suiting 200 to 320, brocade 180 to
// 300, velvet 250 to 350, linen 130 to 200. Stiffness follows the bending rigidities of the KES-F tables of Kawabata
// (The Standardization and Analysis of Hand Evaluation) as ratios to cotton. Sheen orders fabrics by their measured
// specular share (filament and satin weaves above staple and plain ones); its size was chosen by eye.
constexpr Material table[] = {
    {"banarasi", 1.8F, 2.2F, 0.8F}, {"brocade", 2.0F, 2.6F, 0.7F},   {"chanderi", 0.6F, 1.1F, 0.4F},
    {"chiffon", 0.4F, 0.25F, 0.2F}, {"corduroy", 2.4F, 3.0F, 0.1F},  {"cotton", 1.0F, 1.0F, 0.0F},
    {"crepe", 0.7F, 0.4F, 0.2F},    {"denim", 3.0F, 5.0F, 0.0F},     {"georgette", 0.5F, 0.3F, 0.2F},
    {"jersey", 1.4F, 0.5F, 0.0F},   {"jute", 2.2F, 4.0F, 0.0F},      {"khadi", 1.2F, 1.3F, 0.0F},
    {"leather", 5.0F, 8.0F, 0.5F},  {"linen", 1.3F, 1.8F, 0.1F},     {"lycra", 1.6F, 0.6F, 0.2F},
    {"modal", 1.2F, 0.5F, 0.2F},    {"net", 0.3F, 0.8F, 0.1F},       {"nylon", 0.6F, 0.6F, 0.4F},
    {"organza", 0.4F, 2.0F, 0.5F},  {"polyester", 0.9F, 0.8F, 0.3F}, {"rayon", 1.1F, 0.4F, 0.3F},
    {"satin", 0.9F, 0.6F, 1.0F},    {"silk", 0.6F, 0.5F, 0.7F},      {"tulle", 0.2F, 0.9F, 0.1F},
    {"velvet", 2.5F, 2.2F, 0.5F},   {"viscose", 1.1F, 0.4F, 0.3F},   {"wool", 2.1F, 1.8F, 0.0F},
};

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

}  // namespace

std::optional<Material> material_of(std::string_view words) {
    const std::vector<std::string> all = words_of(words);
    for (auto word = all.rbegin(); word != all.rend(); ++word)
        for (const Material& material : table)
            if (*word == material.name) return material;
    return std::nullopt;
}

}  // namespace fitview::engine
