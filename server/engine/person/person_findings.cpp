#include "engine/person/person_findings.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace fitview::engine {
namespace {

constexpr double worth_telling = 0.93;
constexpr double shapeless_factor = 0.1;

/// The places of the findings in what `judge_person` returns.
enum Question : std::uint8_t {
    a_person,
    alone,
    turned,
    standing,
    shoulders,
    camera,
    level,
    arms,
    proportions,
    ground,
    cloth,
    coat
};
constexpr std::size_t questions = coat + 1;

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
        factor = shapeless_factor;
    return finding("pose", factor,
                   "No person was recognised: use a photo of one person facing the camera with the whole upper body "
                   "in view.");
}

Finding shoulders_seen(const Sided<bool>& measured) {
    const int seen = (measured[0] ? 1 : 0) + (measured[1] ? 1 : 0);
    return finding("pose", shoulders_factor(seen),
                   "The shoulders could not be seen: wear the hair behind the shoulders and face the camera.");
}

Finding is_not_turned(const PersonEvidence& evidence) {
    const double frontal = evidence.sighting ? evidence.sighting->frontal() : 1;
    return finding("pose", std::clamp((frontal - 0.25) / 0.45, 0.05, 1.0),
                   frontal < 0 ? "The person is seen from behind: use a photo taken from the front."
                               : "The person is turned to the side: face the camera.");
}

Finding is_standing(const PersonEvidence& evidence) {
    const double standing = evidence.sighting ? evidence.sighting->standing() : 1;
    return finding("pose", std::clamp(0.55 + (standing - 0.35) * 2.5, 0.55, 1.0),
                   "The person is sitting or kneeling: stand upright.");
}

Finding is_alone(const PersonEvidence& evidence) {
    const double others = evidence.sighting ? evidence.sighting->others : 0;
    return finding("pose", std::clamp(1 - (others - 0.1) * 2, 0.25, 1.0),
                   "More than one person is in the picture: use a photo of one person.");
}

Finding faces_camera(const PersonEvidence& evidence) {
    const BodyFrame& frame = evidence.frame;
    const float width = std::max(1.0F, frame.shoulder[1].x - frame.shoulder[0].x);
    const double lean = std::abs(frame.head_x - frame.centre_x) / width;
    return finding("pose", std::clamp(1.25 - lean * 1.3, 0.5, 1.0),
                   "The person is turned or leans to the side: stand upright and face the camera.");
}

/// Where the joints are known, a tilt is the body's own and cloth hangs on it as it is.
Finding shoulders_level(const Sided<Point>& shoulder, bool joints_known) {
    const float width = std::max(1.0F, shoulder[1].x - shoulder[0].x);
    const double tilt = std::abs(shoulder[0].y - shoulder[1].y) / width;
    const double free = joints_known ? 0.2 : 0.12;
    return finding("pose", std::clamp(1 - (tilt - free) * 2.5, 0.5, 1.0),
                   "The shoulders are tilted: stand with both shoulders at the same height.");
}

/// How far the person is turned is judged by itself where the joints are known.
Finding plausible_proportions(const Sided<Point>& shoulder, float unit, bool joints_known) {
    const double ratio = (shoulder[1].x - shoulder[0].x) / unit;
    const double least = joints_known ? 1.4 : 1.7;
    return finding("pose", ratio > least && ratio < 3.1 ? 1 : 0.6,
                   "Head and shoulders do not fit together: use a photo of a standing person, taken from the front.");
}

Finding arms_seen(const Sided<Arm>& arm) {
    const double factor = arm[0].measured && arm[1].measured ? 1 : arm[0].measured || arm[1].measured ? 0.9 : 0.8;
    return finding("pose", factor, "The arms could not be followed: let them hang a little away from the body.");
}

Finding background(const PersonEvidence& evidence) {
    double factor = evidence.model.plain_background ? 1 : 0.35;
    if (evidence.sighting && !evidence.sighting->person.empty()) {
        // Two networks that agree on the person have told it from any background.
        const double trust = std::clamp((evidence.sighting->agreement - 0.8) / 0.12, 0.0, 1.0);
        const double best = evidence.model.plain_background ? 1 : 0.85;
        factor = 0.35 + (best - 0.35) * trust;
    }
    return finding("cutout", factor, "The background is busy: use a photo in front of a plain wall.");
}

Finding clothes(const PersonEvidence& evidence) {
    return finding("cutout", 1 - 0.35 * std::clamp((evidence.skin_alike - 0.3) / 0.5, 0.0, 1.0),
                   "The clothes that are worn have nearly the colour of the skin: wear a plain top of another colour.");
}

/// Under a long coat or a suit nothing tells where the body is: its sleeves end at the hands, no hem is found, and the
/// chest is wider than chests are.
Finding body_is_seen(const PersonEvidence& evidence) {
    constexpr float widest_chest = 2.2F;  // units
    const PersonLandmarks& marks = evidence.model.landmarks;
    const auto long_sleeve = [](const Arm& arm) { return arm.wrist > 0 && arm.sleeve_end > 0.8F * arm.wrist; };
    double factor = 1;
    if (marks.one_piece && long_sleeve(marks.arm[0]) && long_sleeve(marks.arm[1]) && !marks.trunk.empty()) {
        const int row = static_cast<int>(marks.shoulder_y + 1.15F * marks.unit) - marks.trunk_top;
        const TrunkRow& chest =
            marks.trunk[static_cast<std::size_t>(std::clamp(row, 0, static_cast<int>(marks.trunk.size()) - 1))];
        factor = std::clamp(1 - 1.2 * ((chest.right - chest.left) / marks.unit - widest_chest), 0.3, 1.0);
    }
    return finding("pose", factor, "A coat or suit hides the body: take it off and wear a close-fitting top.");
}

}  // namespace

double shoulders_factor(int seen) {
    return seen == 2 ? 1 : seen == 1 ? 0.58 : 0.45;
}

std::vector<Finding> judge_person(const PersonEvidence& evidence) {
    const BodyFrame& frame = evidence.frame;
    const bool joints_known = evidence.sighting != nullptr;
    return {is_a_person(evidence),
            is_alone(evidence),
            is_not_turned(evidence),
            is_standing(evidence),
            shoulders_seen(frame.shoulder_measured),
            faces_camera(evidence),
            shoulders_level(frame.shoulder, joints_known),
            arms_seen(evidence.model.landmarks.arm),
            plausible_proportions(frame.shoulder, frame.unit, joints_known),
            background(evidence),
            clothes(evidence),
            body_is_seen(evidence)};
}

void judge_corrected(const PersonLandmarks& marks, std::vector<Finding>& findings) {
    if (findings.size() != questions || marks.unit <= 0) return;
    const bool both = marks.shoulder_measured[0] && marks.shoulder_measured[1];
    // Somebody has seen shoulders where nothing else told of a person.
    if (both && findings[a_person].factor == shapeless_factor) findings[a_person] = finding("pose", 1, "");
    findings[shoulders] = shoulders_seen(marks.shoulder_measured);
    findings[arms] = arms_seen(marks.arm);
    if (!both) return;
    findings[level] = shoulders_level(marks.shoulder, true);
    findings[proportions] = plausible_proportions(marks.shoulder, marks.unit, true);
}

}  // namespace fitview::engine
