#pragma once
// What a photo of a person costs in confidence before any garment is known, in words its owner can act on.
#include <vector>

#include "engine/person/body_frame.hpp"
#include "engine/person/person_model.hpp"

namespace fitview::engine {

struct PersonEvidence {
    const BodyFrame& frame;
    const PersonModel& model;
    double silhouette_share = 0;         ///< of the picture
    float skin_alike = 0;                ///< share of the trunk whose cloth has the colour of skin
    const Sighting* sighting = nullptr;  ///< nothing where everything was measured by classical means
};

/// What it costs that only 2, 1 or 0 shoulders were seen. With one, neckline and sleeve of the other side are guessed:
/// of the judged pictures of such people hardly any was good, several were bad.
double shoulders_factor(int seen);

/// One finding per question, also for those that cost nothing (factor 1, no reason). The factor of the first is near 0
/// when no person is seen at all.
std::vector<Finding> judge_person(const PersonEvidence& evidence);

/// Asks again, of landmarks that were corrected by hand, what they answer: shoulders, arms, proportions. `findings` are
/// those of `judge_person`; any other list is left as it is.
void judge_corrected(const PersonLandmarks& marks, std::vector<Finding>& findings);

}  // namespace fitview::engine
