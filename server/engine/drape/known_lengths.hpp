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

/// The same of trousers and skirts.
struct KnownLowerLengths {
    std::optional<float> pixels_per_cm;
    std::optional<float> outseam;      ///< from the waistband to the hem, px; known only with the height
    std::optional<float> inseam;       ///< from the crotch to the hem, px; likewise
    std::optional<float> waist_girth;  ///< against that of the size that fits best
    std::optional<float> hip_girth;
};

/// Never fails: measures that no grown body or garment has are left away.
KnownLengths known_lengths(const KnownMeasures& measures, const BodyOutline& body);
KnownLowerLengths known_lower_lengths(const KnownMeasures& measures, const BodyOutline& body);

}  // namespace fitview::engine
