#pragma once
// What of the worn top the labels call hair or skin: dark collars, bands and ruffles.
#include <opencv2/core.hpp>

#include "engine/person/person_model.hpp"

namespace fitview::engine {

/// 8UC1, 255 where the hair of the head is: pieces that hang nowhere on it are a collar, a ribbon or a ruffle.
cv::Mat head_hair(const PersonModel& person);

/// 8UC1, 255 where the worn top is, with such pieces and bands in no colour of skin round its neckline.
cv::Mat worn_top(const PersonModel& person);

}  // namespace fitview::engine
