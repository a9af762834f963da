#include "engine/person/parse_person.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

#include "engine/person/arms.hpp"
#include "engine/person/body_frame.hpp"
#include "engine/person/face.hpp"
#include "engine/person/hem.hpp"
#include "engine/person/labels.hpp"
#include "engine/person/masks.hpp"
#include "engine/person/outfit.hpp"
#include "engine/person/person_findings.hpp"
#include "engine/person/shoulder_line.hpp"
#include "engine/person/silhouette.hpp"
#include "engine/person/skin.hpp"
#include "engine/person/soft_edge.hpp"
#include "engine/person/trunk.hpp"
#include "engine/person/wall.hpp"
#include "engine/person/working_picture.hpp"

namespace fitview::engine {
namespace {

std::optional<Face> find_own_face(const WorkingPicture& picture, const Wall& wall, const cv::Mat& foreground) {
    if (!wall.plain) {
        const cv::Rect upper(0, 0, picture.small.cols, static_cast<int>(0.6 * picture.small.rows));
        return find_face(picture.grey, upper);
    }
    const cv::Rect area = head_area(foreground);
    const std::optional<Face> face = find_face(picture.grey, area);
    if (face && !is_plausible_face(*face, picture.small, foreground)) return std::nullopt;
    return face;
}

/// A face near the one the pose knows; without one, the points of the face itself.
std::optional<Face> find_known_face(const WorkingPicture& picture, const Sighting& sighting) {
    if (!sighting.head_inside()) return std::nullopt;
    const Face known = sighting.face();
    const std::optional<Face> seen = find_face(picture.grey, sighting.head_area());
    if (!seen) return known;
    const Point off = (seen->box.tl() + seen->box.br() - known.box.tl() - known.box.br()) * 0.5F;
    const float ratio = seen->unit / known.unit;
    const bool same = std::hypot(off.x, off.y) < 0.6F * known.unit && ratio > 0.7F && ratio < 1.4F;
    return same ? seen : known;
}

/// Of a body whose head the frame cuts off the network sometimes guesses a turned one; what the outline shows clearly
/// is then the better witness.
bool outline_contradicts(const Sighting& sighting, const BodyFrame& frame, const Wall& wall) {
    if (sighting.head_inside() || !wall.plain || !frame.shoulder_measured[0] || !frame.shoulder_measured[1])
        return false;
    constexpr float far_off = 0.6F;
    const auto off = [&](Side side) {
        return cv::norm(frame.shoulder[side] - sighting.shoulder_tip(side, frame.unit));
    };
    return std::max(off(picture_left), off(picture_right)) > far_off * frame.unit;
}

/// Arms outside the trunk: on them the rules about the waist do not hold.
cv::Mat arms_beside_trunk(const Sided<Arm>& arms, const Torso& torso, cv::Size size, float unit) {
    cv::Mat mask = cv::Mat::zeros(size, CV_8UC1);
    for (const Arm& arm : arms)
        if (arm.confidence > 0.3F) mask |= draw_arm(arm, size, 0.04F * unit);
    for (std::size_t at = 0; at < torso.rows.size(); ++at)
        set_box(mask, torso.rows[at].left, static_cast<float>(torso.top) + static_cast<float>(at),
                torso.rows[at].right + 1, static_cast<float>(torso.top) + static_cast<float>(at) + 1, 0);
    return mask;
}

struct Outline {
    std::optional<Face> face;
    cv::Mat silhouette;  ///< 8UC1
};

Outline find_outline(const WorkingPicture& picture, const Wall& wall, const std::optional<Sighting>& sighting) {
    Outline outline;
    if (sighting) outline.face = find_known_face(picture, *sighting);
    if (sighting && !sighting->person.empty()) {
        outline.silhouette = refine_silhouette(picture, wall, sighting->person, sighting->certain_body());
        return outline;
    }
    const cv::Mat foreground = wall.plain ? rough_foreground(wall) : cv::Mat::zeros(picture.small.size(), CV_8UC1);
    if (!outline.face) outline.face = find_own_face(picture, wall, foreground);
    outline.silhouette = cut_silhouette(picture, wall, foreground, outline.face);
    return outline;
}

/// Everything that hangs on the first measures of the body; analysis pixels.
struct BodyParts {
    BodyFrame frame;
    Sided<Arm> arms;
    std::optional<float> hem;
    Torso torso;
    PersonLabels labels;
};

BodyParts measure_parts(const WorkingPicture& picture, const cv::Mat& silhouette, const cv::Mat& skin,
                        const BodyFrame& frame, const Sighting* sighting) {
    BodyParts parts;
    parts.frame = frame;
    parts.arms = sighting ? follow_arms(picture, silhouette, skin, frame, *sighting)
                          : follow_arms(picture, silhouette, skin, frame);
    const std::optional<float> parting = find_parting(silhouette, frame);
    const cv::Mat arms = arms_and_hands(parts.arms, skin, frame.unit);
    parts.hem = find_hem(picture.lab, arms, frame, parting);
    // The border of a kurta changes colour before the kurta ends.
    if (parts.hem && parting && *parting > *parts.hem &&
        *parting<*parts.hem + 0.9F * frame.unit&& * parts.hem> frame.shoulder_y + 3.4F * frame.unit &&
        steps_inwards(silhouette, frame, *parting))
        parts.hem = parting;
    parts.torso = measure_torso(silhouette, arms, frame, {parting, parts.hem});
    const cv::Mat beside = arms_beside_trunk(parts.arms, parts.torso, silhouette.size(), frame.unit);
    parts.labels = label_person(picture, frame, {silhouette, skin, beside, parts.hem});
    for (Arm& arm : parts.arms) arm.sleeve_end = find_sleeve_end(arm, parts.labels.labels);
    return parts;
}

/// At working size the silhouette reaches a little beyond the analysis labels; its rim takes the label next to it.
cv::Mat enlarge_labels(const cv::Mat& labels, const cv::Mat& silhouette) {
    cv::Mat grown;
    cv::dilate(labels, grown, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}));
    labels.copyTo(grown, labels != label_none);
    cv::Mat result;
    cv::resize(grown, result, silhouette.size(), 0, 0, cv::INTER_NEAREST);
    result.setTo(label_none, silhouette < 128);
    return result;
}

/// Landmarks are found in analysis pixels and handed out in working pixels.
class ToWorkingSize {
public:
    explicit ToWorkingSize(float scale) : factor_(1 / scale) {}
    float operator()(float length) const { return length * factor_; }
    Point operator()(Point place) const { return place * factor_; }
    TrunkRow operator()(const TrunkRow& row) const { return {row.left * factor_, row.right * factor_}; }
    std::optional<float> operator()(const std::optional<float>& length) const {
        return length ? std::optional(*length * factor_) : std::nullopt;
    }
    Arm operator()(Arm arm) const {
        for (ArmSample& sample : arm.line)
            sample = {sample.centre * factor_, sample.radius * factor_, sample.along * factor_};
        arm.elbow *= factor_;
        arm.wrist *= factor_;
        arm.sleeve_end *= factor_;
        return arm;
    }
    /// One row per working row.
    std::vector<TrunkRow> operator()(const std::vector<TrunkRow>& rows) const {
        std::vector<TrunkRow> result;
        const auto count = static_cast<int>(static_cast<float>(rows.size()) * factor_);
        for (int row = 0; row < count; ++row) {
            const float at = std::min(static_cast<float>(row) / factor_, static_cast<float>(rows.size() - 1));
            const auto first = static_cast<std::size_t>(at);
            const std::size_t second = std::min(first + 1, rows.size() - 1);
            const float share = at - static_cast<float>(first);
            result.push_back({factor_ * (rows[first].left + (rows[second].left - rows[first].left) * share),
                              factor_ * (rows[first].right + 1 + (rows[second].right - rows[first].right) * share)});
        }
        return result;
    }

private:
    float factor_;
};

PersonLandmarks enlarge_landmarks(const BodyParts& parts, const std::optional<Face>& face, float scale) {
    const ToWorkingSize enlarge(scale);
    const BodyFrame& frame = parts.frame;
    const cv::Mat& labels = parts.labels.labels;
    PersonLandmarks marks;
    marks.unit = enlarge(frame.unit);
    if (face) marks.face = cv::Rect2f(enlarge(face->box.tl()), enlarge(face->box.br()));
    marks.centre_x = enlarge(frame.centre_x);
    marks.neck_x = enlarge(find_neck(labels, frame));
    marks.chin_y = enlarge(frame.chin_y);
    marks.shoulder_y = enlarge(frame.shoulder_y);
    for (const Side side : {picture_left, picture_right}) {
        marks.shoulder[side] = enlarge(frame.shoulder[side]);
        for (const Point& place : shoulder_slope(labels, frame, side))
            marks.shoulder_slope[side].push_back(enlarge(place));
        marks.arm[side] = enlarge(parts.arms[side]);
    }
    marks.shoulder_measured = frame.shoulder_measured;
    marks.trunk_top = static_cast<int>(enlarge(static_cast<float>(parts.torso.top)));
    marks.trunk = enlarge(parts.torso.rows);
    for (const LegRow& row : parts.torso.legs)
        marks.legs.push_back({enlarge(row.y), {enlarge(row.legs[0]), enlarge(row.legs[1])}});
    marks.crotch_y = enlarge(parts.torso.crotch);
    const Outfit outfit = describe_outfit(labels, frame, parts.torso, parts.hem);
    marks.hem_y = enlarge(parts.hem);
    marks.waist_y = enlarge(outfit.waist_y);
    marks.tucked = outfit.tucked;
    marks.one_piece = outfit.one_piece;
    marks.feet_visible = outfit.feet_visible;
    return marks;
}

}  // namespace

PersonModel parse_person(const media::Raster& photo, const PersonSight& sight) {
    const WorkingPicture picture = make_working_picture(photo);
    Wall wall = find_wall(picture.lab);
    std::optional<Sighting> sighting = look_at_person(picture, sight);
    const Outline outline = find_outline(picture, wall, sighting);
    const cv::Mat& silhouette = outline.silhouette;
    const cv::Mat skin = skin_likelihood(picture, silhouette, outline.face);
    const BodyFrame frame = measure_frame(silhouette, outline.face);
    if (sighting && outline_contradicts(*sighting, frame, wall)) sighting.reset();

    BodyParts parts;
    if (sighting) {
        parts =
            measure_parts(picture, silhouette, skin, measure_frame(silhouette, outline.face, *sighting), &*sighting);
    } else {
        // Shoulders are measured twice: hair is known only after labelling, which itself needs a first idea of the
        // body.
        parts = measure_parts(picture, silhouette, skin, frame, nullptr);
        const cv::Mat hair = parts.labels.labels == label_hair;
        if (const auto bare = measure_without_hair(parts.frame, silhouette, outline.face, hair))
            parts = measure_parts(picture, silhouette, skin, *bare, nullptr);
    }

    PersonModel model;
    model.picture = picture.picture;
    model.plain_background = wall.plain;
    model.source = sighting ? PersonSource::landmarks : PersonSource::classical;
    model.clean_plate = make_clean_plate(picture, silhouette, wall);
    model.silhouette = soften_silhouette(picture, silhouette, model.clean_plate, wall);
    model.labels = enlarge_labels(parts.labels.labels, model.silhouette);
    model.landmarks = enlarge_landmarks(parts, outline.face, picture.scale);
    const double share = cv::countNonZero(silhouette) / static_cast<double>(silhouette.total());
    model.findings =
        judge_person({parts.frame, model, share, parts.labels.skin_alike, sighting ? &*sighting : nullptr});
    return model;
}

}  // namespace fitview::engine
