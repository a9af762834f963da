#pragma once
// Several garments worn at once: two to four in dressing order, each simulated over those below it.
#include <span>

#include "engine/composer.hpp"

namespace fitview::engine {

constexpr std::size_t outfit_pieces_max = 4;

struct OutfitPiece {
    const PreparedGarment* garment = nullptr;  ///< must outlive the call
    TryOnOptions options;                      ///< its `background` counts in the first piece only
};

/// Dresses the person in all pieces, whatever their order here: inner, lower, upper, outer, drape, as `rules_of` says;
/// tops go over the waistband or into it by the same rules. Worn clothes go where a piece replaces them, the others
/// stay. `fit` describes the outermost upper piece (or the only one). Thread-safe, one thread of work, deterministic.
/// Fails: std::invalid_argument for none or more than `outfit_pieces_max` pieces.
TryOnPicture compose_outfit(const PreparedPerson& person, std::span<const OutfitPiece> pieces,
                            StageObserver* observer = nullptr);

}  // namespace fitview::engine
