#pragma once
// What a photo of a person costs in confidence before any garment is known, in words its owner can act on.
#include <vector>

#include "engine/person/body_frame.hpp"
#include "engine/person/person_model.hpp"

namespace fitview::engine {

struct PersonEvidence {
    const BodyFrame& frame;
    const PersonModel& model;
    double silhouette_share = 0;  ///< of the picture
    float skin_alike = 0;         ///< share of the trunk whose cloth has the colour of skin
};

/// One finding per question, also for those that cost nothing (factor 1, no reason). The factor of the first is near 0
/// when no person is seen at all.
std::vector<Finding> judge_person(const PersonEvidence& evidence);

}  // namespace fitview::engine
