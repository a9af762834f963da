#pragma once
// Which pixels of the person stand in front of a new garment.
#include <opencv2/core.hpp>

#include "engine/person/person_model.hpp"

namespace fitview::engine {

/// Hair and face, soft. 8UC1.
cv::Mat hair_and_face(const PersonModel& person);

/// Arms and hands below the armpits and hands before the body, hard-edged. 8UC1, 0 or 255.
cv::Mat arms_and_hands(const PersonModel& person);

/// Draws a part of an arm as a tube around its line, grown by `margin` px, into `plane` (8UC1).
void draw_arm_tube(const Arm& arm, float from_along, float to_along, float margin, std::uint8_t value, cv::Mat& plane);

}  // namespace fitview::engine
