#pragma once
// Defects of a try-on that can be measured without knowing the truth.
#include "engine/composer.hpp"
#include "engine/evaluate/evaluation_case.hpp"

namespace fitview::engine {

/// A drawn picture to be judged; all planes have the size of the person's picture.
struct DrawnPicture {
    cv::Mat picture;       ///< 8UC3 RGB
    cv::Mat coverage;      ///< 8UC1, the new garment as it is seen
    cv::Mat change_mask;   ///< 8UC1; empty when the drawer declares none
    cv::Mat product_seen;  ///< 8UC1 of the garment's picture: what of it can be seen; empty where that is not known
};

/// Measures `drawn` against the photo it was made of and the product it shows. Where the true garment is known
/// (`true_garment` is not empty), cloth may lie where it lies in truth. Pure, thread-safe.
Defects find_defects(const PersonModel& person, const GarmentModel& garment, const DrawnPicture& drawn,
                     const cv::Mat& true_garment = {});

}  // namespace fitview::engine
