#pragma once
// Whether a picture can be tried on, in the words its retailer reads at upload.
#include "engine/composer.hpp"
#include "engine/garment/garment_type.hpp"
#include "pictures/pictures.hpp"

namespace fitview::photo_analysis {

/// A person's photo, judged by what its analysis found.
pictures::TryOnReadiness judge(const engine::PreparedPerson& person);
/// A garment's photo, likewise.
pictures::TryOnReadiness judge(const engine::PreparedGarment& garment);

/// What the engine cannot drape, whatever its picture; nothing when it can.
std::optional<pictures::TryOnReadiness> refusal_of(std::optional<engine::GarmentType> type);

}  // namespace fitview::photo_analysis
