#pragma once
// The words of `fitview evaluate`.
#include <optional>
#include <span>
#include <string>
#include <variant>

namespace fitview::engine {

struct EvaluateArguments {
    std::optional<std::string> people, garments, pairs, compare, fit_points;
    std::string output = "evaluation";
    int pictures_max = 0;  ///< 0: all
    int threads = 0;       ///< 0: one per core
    bool closed_loop = false;
    bool only_pairs = false;
    std::string networks = "build/models";  ///< folder of the networks that find people
    bool help = false;
};

/// The arguments, or what is wrong with them in one sentence.
std::variant<EvaluateArguments, std::string> read_evaluate_arguments(std::span<const std::string> args);

/// What `--help` prints.
std::string_view evaluate_help();

}  // namespace fitview::engine
