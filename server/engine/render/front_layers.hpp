#pragma once
// Which pixels of the person stand in front of a new garment.
#include <opencv2/core.hpp>

#include "engine/person/person_model.hpp"

namespace fitview::engine {

/// Hair and face, soft. 8UC1.
cv::Mat hair_and_face(const PersonModel& person);

/// Arms and hands below the armpits and hands before the body, hard-edged. 8UC1, 0 or 255.
cv::Mat arms_and_hands(const PersonModel& person);

/// The whole of both arms as a tube around their lines, hard-edged, grown by `margin` px. 8UC1, 0 or 255.
cv::Mat arm_tubes(const PersonModel& person, float from_along, float margin);

}  // namespace fitview::engine
