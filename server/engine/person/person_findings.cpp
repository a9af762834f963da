#include "engine/person/person_findings.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace fitview::engine {
namespace {

constexpr double worth_telling = 0.93;

Finding finding(const char* name, double factor, const char* reason) {
    return {name, factor, factor < worth_telling ? reason : ""};
}

Finding is_a_person(const PersonEvidence& evidence) {
    const bool nothing = evidence.silhouette_share < 0.02 || evidence.silhouette_share > 0.97;
    const bool too_small = evidence.frame.unit * 3 > static_cast<float>(evidence.frame.bottom - evidence.frame.top);
    const bool shapeless =
        !evidence.frame.face_seen && !evidence.frame.shoulder_measured[0] && !evidence.frame.shoulder_measured[1];
    double factor = 1;
    if (nothing)
        factor = 0.01;
    else if (too_small)
        factor = 0.05;
    else if (shapeless)
        factor = 0.1;
    return finding("pose", factor,
                   "No person was recognised: use a photo of one person facing the camera with the whole upper body "
                   "in view.");
}

Finding shoulders_seen(const PersonEvidence& evidence) {
    const int seen = (evidence.frame.shoulder_measured[0] ? 1 : 0) + (evidence.frame.shoulder_measured[1] ? 1 : 0);
    return finding("pose", shoulders_factor(seen),
                   "The shoulders could not be seen: wear the hair behind the shoulders and face the camera.");
}

Finding faces_camera(const PersonEvidence& evidence) {
    const BodyFrame& frame = evidence.frame;
    const float width = std::max(1.0F, frame.shoulder[1].x - frame.shoulder[0].x);
    const double lean = std::abs(frame.head_x - frame.centre_x) / width;
    return finding("pose", std::clamp(1.25 - lean * 1.3, 0.5, 1.0),
                   "The person is turned or leans to the side: stand upright and face the camera.");
}

Finding shoulders_level(const PersonEvidence& evidence) {
    const auto& shoulder = evidence.frame.shoulder;
    const float width = std::max(1.0F, shoulder[1].x - shoulder[0].x);
    const double tilt = std::abs(shoulder[0].y - shoulder[1].y) / width;
    return finding("pose", std::clamp(1 - (tilt - 0.12) * 2.5, 0.5, 1.0),
                   "The shoulders are tilted: stand with both shoulders at the same height.");
}

Finding plausible_proportions(const PersonEvidence& evidence) {
    const double ratio = (evidence.frame.shoulder[1].x - evidence.frame.shoulder[0].x) / evidence.frame.unit;
    return finding("pose", ratio > 1.7 && ratio < 3.1 ? 1 : 0.6,
                   "Head and shoulders do not fit together: use a photo of a standing person, taken from the front.");
}

Finding arms_seen(const PersonEvidence& evidence) {
    const auto& arm = evidence.model.landmarks.arm;
    const double factor = arm[0].measured && arm[1].measured ? 1 : arm[0].measured || arm[1].measured ? 0.9 : 0.8;
    return finding("pose", factor, "The arms could not be followed: let them hang a little away from the body.");
}

Finding background(const PersonEvidence& evidence) {
    return finding("cutout", evidence.model.plain_background ? 1 : 0.35,
                   "The background is busy: use a photo in front of a plain wall.");
}

Finding clothes(const PersonEvidence& evidence) {
    return finding("cutout", 1 - 0.35 * std::clamp((evidence.skin_alike - 0.3) / 0.5, 0.0, 1.0),
                   "The clothes that are worn have nearly the colour of the skin: wear a plain top of another colour.");
}

}  // namespace

double shoulders_factor(int seen) {
    return seen == 2 ? 1 : seen == 1 ? 0.58 : 0.45;
}

std::vector<Finding> judge_person(const PersonEvidence& evidence) {
    return {is_a_person(evidence), shoulders_seen(evidence),        faces_camera(evidence), shoulders_level(evidence),
            arms_seen(evidence),   plausible_proportions(evidence), background(evidence),   clothes(evidence)};
}

}  // namespace fitview::engine
