#pragma once
// Skin where the old top hid it: its colour, and how thick the arms inside its sleeves are.
#include <opencv2/core.hpp>

#include "engine/person/person_model.hpp"

namespace fitview::engine {

/// 8UC3 RGB: the person's `visible` skin, continued smoothly from where it is seen; further away towards the usual
/// tone.
cv::Mat continue_skin(const PersonModel& person, const cv::Mat& visible);

/// 8UC1, 255 where skin is seen that has the person's usual colour; without the face where there is enough other.
cv::Mat visible_skin(const PersonModel& person);

/// 8UC1, 255 where what is labelled as skin has a hue that skin in no light has.
cv::Mat other_than_skin(const PersonModel& person);

/// The arms as they are without sleeves: where cloth hides them, as thick as the visible part and usual proportions
/// say.
Sided<Arm> bare_arms(const PersonModel& person);

}  // namespace fitview::engine
