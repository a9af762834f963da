#pragma once
// What a photo shows of cloth that goes round a body: less and less of it towards both sides.
#include "engine/drape/vector3.hpp"

namespace fitview::engine {

/// How deep the ellipse is, in half widths, that a row of a photo goes round when its cloth is `widening` times as long
/// as the photo is wide: 0 for cloth laid flat (1 or less), 1 for a circle (pi / 2).
float depth_of_widening(float widening);

/// Share of the cloth from the middle to the side that lies between the middle and `across` (-1 to 1 in the photo),
/// round an ellipse that is `depth` half widths deep. Odd and monotone, ±1 at both sides; linear past them.
float cloth_share(float across, float depth);

/// The inverse as an angle: where on such an ellipse (0 in front, ± pi / 2 at the sides) lies the cloth's `share`?
float angle_of_share(float share, float depth);

}  // namespace fitview::engine
