#pragma once
// Centimetres that are known of body and garment, as pixels of the person's picture.
#include <optional>

#include "engine/drape/body_outline.hpp"
#include "engine/measures.hpp"

namespace fitview::engine {

struct KnownLengths {
    std::optional<float> pixels_per_cm;  ///< from the body's height
    std::optional<float> length;         ///< of the garment, px; the three are known only with the height
    std::optional<float> shoulder;
    std::optional<float> sleeve;
    std::optional<float> girth;  ///< of the garment's chest against that of the size that fits best
};

/// Never fails: measures that no grown body or garment has are left away.
KnownLengths known_lengths(const KnownMeasures& measures, const BodyOutline& body);

}  // namespace fitview::engine
