#pragma once
// A finished try-on as a model in three dimensions that a viewer can turn.
#include <span>
#include <string>

#include "engine/compose_outfit.hpp"

namespace fitview::engine {

/// No model is larger, in bytes.
constexpr std::size_t largest_model = 1'000'000;

/// Drapes as `compose_outfit` does and returns a binary glTF file: the hanging cloth of each piece with its garment's
/// photo, the innermost first, the body's front with the finished picture (never the body without its clothes), its
/// back plain. Metres, standing on y = 0. Thread-safe, one thread of work (about a third of a second for each piece),
/// deterministic. Fails: as `compose_outfit`.
std::string model_of_try_on(const PreparedPerson& person, std::span<const OutfitPiece> pieces);

}  // namespace fitview::engine
