#pragma once
// Tops without shoulders: tube tops, bandeaus.
#include <optional>

#include "engine/garment/garment_model.hpp"
#include "engine/garment/neckline.hpp"

namespace fitview::engine {

/// The upper edge of a garment without sleeves, straps and neckline: straight from side to side, as wide as the chest.
/// Its neck and shoulder points are the upper corners. Nothing for a garment that hangs from shoulders or straps, nor
/// for one that reaches below the hips: tops with high necks and broad shoulders have such an edge too.
std::optional<Neckline> straight_top_edge(const GarmentShape& shape, const Sided<Armhole>& armholes);

/// Whether neck, shoulder and armpit are one corner on both sides, as `straight_top_edge` puts them.
bool is_strapless(const GarmentLandmarks& landmarks);

}  // namespace fitview::engine
