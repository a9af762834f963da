#pragma once
// Centimetres between the names they are stored under and the engine's members.
#include <optional>

#include "engine/measures.hpp"
#include "tryon/tryon.hpp"

namespace fitview::tryon {

/// What is known, by name; nothing where nothing is.
std::optional<Centimetres> centimetres_of(const engine::GarmentMeasures& measures);

/// What the engine is told of a session's body and of one of its garments. Names it does not know are left out.
engine::KnownMeasures known_measures(const Centimetres& body, const Piece& piece);

}  // namespace fitview::tryon
