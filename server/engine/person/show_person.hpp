#pragma once
// Pictures of what was found in a person's photo, for people who work on its quality.
#include <opencv2/core.hpp>

#include <string>
#include <utility>
#include <vector>

#include "engine/person/person_model.hpp"

namespace fitview::engine {

/// Named RGB pictures of the working size: "silhouette", "labels", "landmarks". Thread-safe.
std::vector<std::pair<std::string, cv::Mat>> show_person(const PersonModel& person);

}  // namespace fitview::engine
