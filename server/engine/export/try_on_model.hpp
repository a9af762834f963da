#pragma once
// A finished try-on as a model in three dimensions that a viewer can turn.
#include <string>

#include "engine/composer.hpp"

namespace fitview::engine {

/// No model is larger, in bytes.
constexpr std::size_t largest_model = 1'000'000;

/// Drapes as `render_try_on` does and returns a binary glTF file: the hanging cloth with the garment's photo, the
/// body's front with the finished picture (never the body without its clothes), its back plain. Metres, standing on y =
/// 0. Thread-safe, one thread of work (about a third of a second), deterministic.
std::string model_of_try_on(const PreparedPerson& person, const PreparedGarment& garment,
                            const TryOnOptions& options = {});

}  // namespace fitview::engine
