#pragma once
// The words of `fitview tryon`.
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/compose_outfit.hpp"

namespace fitview::engine {

struct TryOnArguments {
    std::string person;
    std::vector<std::string> garments;  ///< one to `outfit_pieces_max`
    std::string output;
    std::vector<std::optional<GarmentType>> categories;  ///< one for each garment
    std::optional<std::string> fit_points;
    std::optional<std::string> stages;
    std::optional<std::string> mask;
    std::optional<std::string> size_chart;  ///< a file; together with `size`
    std::optional<std::string> size;
    std::optional<std::string> model;
    TryOnOptions options;
    std::string networks = "build/models";  ///< folder of the networks that find people
    bool help = false;
};

/// The arguments, or what is wrong with them in one sentence.
std::variant<TryOnArguments, std::string> read_tryon_arguments(std::span<const std::string> args);

/// What `--help` prints.
std::string_view tryon_help();

}  // namespace fitview::engine
