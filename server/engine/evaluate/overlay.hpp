#pragma once
// The simplest try-on there is, to measure against: the product's picture scaled to the shoulders and pasted on.
#include "engine/composer.hpp"

namespace fitview::engine {

struct Overlay {
    cv::Mat picture;   ///< 8UC3 RGB, size of the person's picture
    cv::Mat coverage;  ///< 8UC1, the pasted garment
};

/// Pastes `garment` 1.10 shoulder widths wide (1.35 with long sleeves) just below the neck. Deterministic, thread-safe.
Overlay paste_overlay(const PersonModel& person, const GarmentModel& garment);

}  // namespace fitview::engine
