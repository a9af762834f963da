#pragma once
// The light that the photo threw on the old top, as factors that can be thrown on another cloth.
#include <opencv2/core.hpp>

#include "engine/person/person_model.hpp"

namespace fitview::engine {

struct MeasuredLight {
    cv::Mat factor;  ///< 8UC1, `light_one` = 1
    cv::Mat known;   ///< 8UC1, 0 to 255
};

/// Product of wrinkles, form and light direction, each a ratio of lightness smoothed at two scales. A printed or dark
/// top gives little, a plain light one gives its folds; the print itself is left out.
MeasuredLight measure_light(const PersonModel& person);

}  // namespace fitview::engine
