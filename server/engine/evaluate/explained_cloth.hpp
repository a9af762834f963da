#pragma once
// Where a garment may be seen on a person: on the body, and where its own cut lets it hang beside the body.
#include "engine/garment/garment_model.hpp"
#include "engine/person/person_model.hpp"

namespace fitview::engine {

/// 8UC1 of the person's picture, 255 where cloth is explained: on the person; as far beside the trunk, arms and legs as
/// the garment's photo is wide at that height, scaled to the body; straight below the widest place above. Not above the
/// shoulders. Knows nothing of how the garment was draped. Pure, thread-safe, deterministic.
cv::Mat explained_cloth(const PersonModel& person, const GarmentModel& garment);

}  // namespace fitview::engine
