#pragma once
// Puts the layers together and says exactly which pixels changed.
#include <opencv2/core.hpp>

#include "engine/person/person_model.hpp"
#include "engine/render/rasterise.hpp"
#include "engine/render/undressed_person.hpp"

namespace fitview::engine {

struct Composite {
    cv::Mat picture;             ///< 8UC3 RGB
    cv::Mat change_mask;         ///< 8UC1, 0 or 255; where 0, `picture` equals the person's picture byte for byte
    double uncovered_share = 0;  ///< share of the old top that stays uncovered
    double outside_share = 0;    ///< share of the cloth that lies well outside the person
};

/// `light` as `shade` gives it. The old top is removed down to the new hem only where its own hem is not known.
Composite composite(const PersonModel& person, const UndressedPerson& undressed, const ClothLayer& layer,
                    const cv::Mat& light);

/// Puts a plain studio behind the person and the cloth, and says so in the mask.
void set_studio_background(const PersonModel& person, const UndressedPerson& undressed, const ClothLayer& layer,
                           Composite& result);

}  // namespace fitview::engine
