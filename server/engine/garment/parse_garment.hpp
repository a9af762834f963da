#pragma once
// Garment parsing: cut-out, neck, shoulders, armpits, sleeves and hem from one product photo.
#include "engine/garment/garment_model.hpp"
#include "media/raster.hpp"

namespace fitview::engine {

/// Parses an upright sRGB product photo of one upper garment or dress on a plain ground. `type` is the merchant's word;
/// without it the shape decides. Never fails on a picture of at least 64 x 64: what could not be found is said in
/// `findings`. Deterministic. Thread-safe, one thread of work, about 0.2 s at 768 x 1024.
GarmentModel parse_garment(const media::Raster& photo, std::optional<GarmentType> type = std::nullopt);

}  // namespace fitview::engine
