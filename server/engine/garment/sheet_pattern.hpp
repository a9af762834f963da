#pragma once
// The pattern of unstitched cloth: plain sheets whose colours follow the photo, its border along the long edges.
#include "engine/garment/garment_model.hpp"
#include "engine/garment/pattern_mesh.hpp"

namespace fitview::engine {

/// Cloth across to along, in u: what one width of the photo's rectangle stands for.
constexpr float saree_width = 7.4F;
constexpr float dupatta_width = 5.0F;

/// The sheets of a saree, by their place in `PatternMesh::sheets`. A way to wear it uses some of them.
enum SareeSheet : std::size_t { saree_skirt, saree_pallu, saree_front_pallu, saree_second_round };

constexpr float saree_skirt_length = 1.9F;  ///< in widths of the cloth: the front, its pleats, a little behind
constexpr float saree_tucked = 0.12F;       ///< share of the width hidden in the waistband

/// A saree is several sheets, a dupatta one. The skirt shows the plain length, never the pallu's end. Empty without a
/// rectangle of cloth.
PatternMesh make_sheets(const GarmentModel& garment);

}  // namespace fitview::engine
