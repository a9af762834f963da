#pragma once
// The top a person wears in a photo, taken away before a measurement or taken out as a product photo of its own.
#include <optional>

#include "engine/person/person_model.hpp"
#include "media/raster.hpp"

namespace fitview::engine {

/// 8UC1, 255 where the worn top is, a few pixels around it included.
cv::Mat worn_top_mask(const PersonModel& person);

/// Paints the worn top grey: a measurement must not see the garment it is to draw. Landmarks and labels stay.
void hide_worn_top(PersonModel& person);

/// The worn top on a plain ground, as a product photo would show it; nothing when hardly any of it was found.
std::optional<media::Raster> cut_out_worn_top(const PersonModel& person);

}  // namespace fitview::engine
