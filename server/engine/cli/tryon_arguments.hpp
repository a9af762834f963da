#pragma once
// The words of `fitview tryon`.
#include <optional>
#include <span>
#include <string>
#include <variant>

#include "engine/composer.hpp"

namespace fitview::engine {

struct TryOnArguments {
    std::string person;
    std::string garment;
    std::string output;
    std::optional<GarmentType> category;
    std::optional<std::string> fit_points;
    std::optional<std::string> stages;
    std::optional<std::string> mask;
    std::optional<std::string> size_chart;  ///< a file; together with `size`
    std::optional<std::string> size;
    std::optional<std::string> model;
    TryOnOptions options;
    bool help = false;
};

/// The arguments, or what is wrong with them in one sentence.
std::variant<TryOnArguments, std::string> read_tryon_arguments(std::span<const std::string> args);

/// What `--help` prints.
std::string_view tryon_help();

}  // namespace fitview::engine
