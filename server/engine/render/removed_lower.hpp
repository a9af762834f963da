#pragma once
// The person without the lower garment that is worn: legs where legs are, the wall beside them.
#include <opencv2/core.hpp>

#include "engine/drape/leg_lines.hpp"
#include "engine/person/person_model.hpp"

namespace fitview::engine {

/// Planes have the size of the person's picture.
struct RemovedLower {
    cv::Mat colours;     ///< 8UC3 RGB, what shows where `removed` is above 0
    cv::Mat removed;     ///< 8UC1, how much of the old garment is painted over
    cv::Mat silhouette;  ///< 8UC1, the person's without what stood off the legs
    cv::Mat old;         ///< 8UC1, 255 where the old garment is
};

/// `also_upper` takes the lower part of a dress away with it. Shoes and bare feet stay. Deterministic, about 30 ms.
RemovedLower remove_old_lower(const PersonModel& person, const LegLines& legs, bool also_upper);

}  // namespace fitview::engine
