#pragma once
// Person parsing: silhouette, face, skin, hair, labels and landmarks from one photo.
#include "engine/person/person_model.hpp"
#include "engine/person/sighting.hpp"
#include "media/raster.hpp"

namespace fitview::engine {

/// Parses an upright sRGB photo of one person. Never fails on a picture of at least 64 x 64: what could not be found is
/// said in `findings` (factor near 0 where no person is seen at all). Deterministic: same picture, same model, same
/// bytes. Thread-safe, one thread of work, about 0.3 s at 768 x 1024. `sight` says whom to ask where the joints are and
/// which pixels are the person; what it does not know is measured by classical means.
PersonModel parse_person(const media::Raster& photo, const PersonSight& sight = {});

}  // namespace fitview::engine
