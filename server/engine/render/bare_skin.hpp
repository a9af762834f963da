#pragma once
// Skin where the old top hid it: its colour, and how thick the arms inside its sleeves are.
#include <opencv2/core.hpp>

#include "engine/person/person_model.hpp"

namespace fitview::engine {

/// 8UC3 RGB: the person's skin, continued smoothly from where it is seen; further away towards the usual tone.
cv::Mat continue_skin(const PersonModel& person);

/// The arms as they are without sleeves: where cloth hides them, as thick as the visible part and usual proportions
/// say.
Sided<Arm> bare_arms(const PersonModel& person);

}  // namespace fitview::engine
