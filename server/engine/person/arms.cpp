#include "engine/person/arms.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

#include "engine/person/limb_edges.hpp"
#include "engine/person/masks.hpp"

namespace fitview::engine {
namespace {

constexpr float degrees = std::numbers::pi_v<float> / 180;
constexpr float upper_length = 1.9F;  ///< shoulder to elbow, units
constexpr float fore_length = 1.65F;  ///< elbow to wrist
constexpr float hand_length = 1.25F;  ///< wrist to fingertips at most
constexpr float sample_step = 0.08F;

/// Directions are measured from straight down, positive away from the trunk.
Point direction_of(float angle, float outwards) {
    return {std::sin(angle) * outwards, std::cos(angle)};
}

struct RadiusRange {
    float smallest;
    float largest;
};
constexpr RadiusRange upper_radius{0.17F, 0.40F};
constexpr RadiusRange fore_radius{0.11F, 0.34F};

/// The two angles and lengths of an arm, in limb pixels.
struct Bend {
    Point shoulder;
    Point elbow;
    Point wrist;
    std::optional<Point> hand{};  ///< the knuckles, where they are known
    float score = -1e9F;
};

/// Scores of straight ribbons through the limb picture, remembered per place and direction.
class Ribbons {
public:
    Ribbons(const LimbEdges& edges, RadiusRange radius)
        : edges_(edges), radius_(radius), size_((edges.size().width + 1) / 2, (edges.size().height + 1) / 2) {
        scores_.assign(static_cast<std::size_t>(size_.area()) * directions, unknown);
    }

    /// Mean score along a straight line; parts outside the frame count little either way.
    float along(Point from, Point to) {
        const Point whole = to - from;
        const float length = std::hypot(whole.x, whole.y);
        const int steps = std::max(2, static_cast<int>(length / (limb_unit * 0.12F)));
        float angle = std::atan2(whole.x, whole.y);
        if (angle < 0) angle += std::numbers::pi_v<float>;
        const int direction =
            static_cast<int>(std::lround(angle / std::numbers::pi_v<float> * directions)) % directions;
        float sum = 0;
        for (int step = 0; step < steps; ++step) {
            const float share = (static_cast<float>(step) + 0.5F) / static_cast<float>(steps);
            const Point place = from + whole * share;
            sum += edges_.contains(place) ? at(place, direction) : 0.25F;
        }
        return sum / static_cast<float>(steps);
    }

private:
    static constexpr int directions = 24;
    static constexpr float unknown = -100;

    float at(Point place, int direction) {
        const int column = std::clamp(static_cast<int>(place.x / 2), 0, size_.width - 1);
        const int row = std::clamp(static_cast<int>(place.y / 2), 0, size_.height - 1);
        float& score = scores_[(static_cast<std::size_t>(row) * static_cast<std::size_t>(size_.width) +
                                static_cast<std::size_t>(column)) *
                                   directions +
                               static_cast<std::size_t>(direction)];
        if (score == unknown)
            score = measure({static_cast<float>(2 * column) + 0.5F, static_cast<float>(2 * row) + 0.5F}, direction);
        return score;
    }

    float measure(Point place, int direction) const {
        const float angle = std::numbers::pi_v<float> * static_cast<float>(direction) / directions;
        const Point across(std::cos(angle), -std::sin(angle));
        if (edges_.inside(place) < 0.5F) return -1.5F;
        float best = 0;
        for (float radius = radius_.smallest * limb_unit; radius <= radius_.largest * limb_unit; radius += 1) {
            const float one = edges_.ending(place + across * radius, across);
            const float other = edges_.ending(place - across * radius, across * -1);
            best = std::max(best, 0.25F * (one + other) + 0.5F * std::min(one, other));
        }
        return best + 0.25F * edges_.skin(place);
    }

    const LimbEdges& edges_;
    RadiusRange radius_;
    cv::Size size_;
    std::vector<float> scores_;
};

float squared(float value) {
    return value * value;
}

Bend best_bend(const LimbEdges& edges, const BodyFrame& frame, Side side) {
    const float outwards = side == picture_left ? -1.0F : 1.0F;
    const float unit = frame.unit * edges.scale();
    const Point tip = frame.shoulder[side] * edges.scale();
    const float middle = frame.centre_x * edges.scale();
    Ribbons upper(edges, upper_radius);
    Ribbons fore(edges, fore_radius);
    const auto outward_units = [&](Point place) { return (place.x - middle) * outwards / unit; };

    Bend best;
    for (const float inset : {0.16F, 0.26F}) {
        const Point shoulder = tip + Point(-outwards * inset * unit, 0.2F * unit);
        for (int first = -15; first <= 75; first += 5) {
            for (const float first_share : {0.72F, 0.86F, 1.0F}) {
                const float angle = static_cast<float>(first) * degrees;
                const Point elbow = shoulder + direction_of(angle, outwards) * (upper_length * first_share * unit);
                const float first_score =
                    1.3F * upper.along(shoulder, elbow) - 0.12F * squared((static_cast<float>(first) - 10) / 25) -
                    0.25F * squared(1 - first_share) / 0.04F * 0.5F - (outward_units(elbow) < 0.55F ? 0.6F : 0.0F);
                for (int turn = -135; turn <= 30; turn += 5) {
                    for (const float second_share : {0.6F, 0.8F, 1.0F}) {
                        const float second = angle + static_cast<float>(turn) * degrees;
                        const Point wrist =
                            elbow + direction_of(second, outwards) * (fore_length * second_share * unit);
                        const float score = first_score + fore.along(elbow, wrist) -
                                            0.10F * squared((static_cast<float>(turn) + 5) / 35) -
                                            0.12F * squared(1 - second_share) / 0.04F * 0.5F;
                        if (score > best.score) best = {shoulder, elbow, wrist, std::nullopt, score};
                    }
                }
            }
        }
    }
    return best;
}

/// Across the line from one place to the other.
Point across_of(Point from, Point to) {
    const Point span = to - from;
    const float size = std::max(1e-3F, std::hypot(span.x, span.y));
    return {span.y / size, -span.x / size};
}

/// The arm of a known pose: joints are right to about a quarter of an arm's thickness, edges tell the rest.
Bend seen_bend(const LimbEdges& edges, const BodyFrame& frame, Side side, const Sighting& sighting) {
    constexpr float least_visibility = 0.4F;
    constexpr float hidden_after = 0.4F;  ///< units beyond the elbow, when the wrist is hidden
    const float outwards = side == picture_left ? -1.0F : 1.0F;
    const float unit = frame.unit * edges.scale();
    const auto point = [&](BodyPoint of_left) { return sighting.pose.on(side, of_left).place * edges.scale(); };
    const auto seen = [&](BodyPoint of_left) { return sighting.pose.on(side, of_left).visibility >= least_visibility; };
    const Point shoulder = frame.shoulder[side] * edges.scale() + Point(-outwards * 0.2F * unit, 0.18F * unit);
    const Point elbow = point(left_elbow);
    Point wrist = point(left_wrist);
    const float fore = static_cast<float>(cv::norm(wrist - elbow));
    if (!seen(left_wrist) && fore > hidden_after * unit) wrist = elbow + (wrist - elbow) * (hidden_after * unit / fore);

    Ribbons upper_ribbons(edges, upper_radius);
    Ribbons fore_ribbons(edges, fore_radius);
    const Point beside_elbow = across_of(shoulder, wrist) * (0.08F * unit);
    const Point beside_wrist = across_of(elbow, wrist) * (0.08F * unit);
    Bend best;
    for (int first = -2; first <= 2; ++first)
        for (int second = -2; second <= 2; ++second) {
            const Point shifted_elbow = elbow + beside_elbow * static_cast<float>(first);
            const Point shifted_wrist = wrist + beside_wrist * static_cast<float>(second);
            const float score = 1.3F * upper_ribbons.along(shoulder, shifted_elbow) +
                                fore_ribbons.along(shifted_elbow, shifted_wrist) -
                                0.06F * static_cast<float>(first * first + second * second);
            if (score > best.score) best = {shoulder, shifted_elbow, shifted_wrist, std::nullopt, score};
        }
    if (seen(left_wrist) && seen(left_index) && seen(left_pinky))
        best.hand = (point(left_index) + point(left_pinky)) * 0.5F;
    return best;
}

/// One cross-section of the arm while its edges are followed.
struct Section {
    Point centre;
    Point across;  ///< unit length, to the picture's right of the walking direction
    float along = 0;
};

std::vector<Section> sections_of(const Bend& bend, float step) {
    std::vector<Section> sections;
    const Point upper = bend.elbow - bend.shoulder;
    const Point fore = bend.wrist - bend.elbow;
    const float upper_size = std::max(1e-3F, std::hypot(upper.x, upper.y));
    const float fore_size = std::max(1e-3F, std::hypot(fore.x, fore.y));
    for (float along = 0; along <= upper_size + fore_size; along += step) {
        const Point centre = along < upper_size ? bend.shoulder + upper * (along / upper_size)
                                                : bend.elbow + fore * ((along - upper_size) / fore_size);
        // Near the elbow the direction turns gradually, so that the cross-sections do not cross each other.
        const float turn = std::clamp((along - upper_size) / (0.5F * limb_unit) + 0.5F, 0.0F, 1.0F);
        Point forward = upper * ((1 - turn) / upper_size) + fore * (turn / fore_size);
        const float size = std::max(1e-3F, std::hypot(forward.x, forward.y));
        forward *= 1 / size;
        sections.push_back({centre, {forward.y, -forward.x}, along});
    }
    return sections;
}

constexpr int offsets = 24;
constexpr float offset_step = 0.5F;  ///< limb pixels

/// The distance of one edge from the centre line at every section, by dynamic programming: strong endings, near the
/// expected radius, without jumps.
std::vector<float> follow_edge(const LimbEdges& edges, const std::vector<Section>& sections, float sign,
                               float elbow_along) {
    const auto count = sections.size();
    std::vector<std::array<float, offsets>> best(count);
    std::vector<std::array<int, offsets>> from(count);
    const float total = std::max(1.0F, sections.back().along);
    for (std::size_t at = 0; at < count; ++at) {
        const Section& section = sections[at];
        const float expected =
            limb_unit * (section.along < elbow_along
                             ? 0.25F - 0.04F * section.along / std::max(1.0F, elbow_along)
                             : 0.21F - 0.06F * (section.along - elbow_along) / std::max(1.0F, total - elbow_along));
        for (int offset = 0; offset < offsets; ++offset) {
            const float distance = 1 + offset_step * static_cast<float>(offset);
            const Point place = section.centre + section.across * (sign * distance);
            const float ending = edges.contains(place) ? edges.ending(place, section.across * sign) : 0.0F;
            const float value = ending - 0.25F * squared((distance - expected) / (0.12F * limb_unit)) * 0.5F;
            float before = at == 0 ? 0.0F : -1e9F;
            int source = offset;
            if (at > 0)
                for (int step = -3; step <= 3; ++step) {
                    const int old = offset + step;
                    if (old < 0 || old >= offsets) continue;
                    const float score =
                        best[at - 1][static_cast<std::size_t>(old)] - 0.06F * static_cast<float>(step * step);
                    if (score > before) {
                        before = score;
                        source = old;
                    }
                }
            best[at][static_cast<std::size_t>(offset)] = value + before;
            from[at][static_cast<std::size_t>(offset)] = source;
        }
    }
    std::vector<float> distances(count);
    auto offset =
        static_cast<int>(std::distance(best.back().begin(), std::max_element(best.back().begin(), best.back().end())));
    for (std::size_t at = count; at-- > 0;) {
        distances[at] = 1 + offset_step * static_cast<float>(offset);
        offset = from[at][static_cast<std::size_t>(offset)];
    }
    return distances;
}

struct TracedArm {
    std::vector<ArmSample> samples;  ///< limb pixels
    float elbow = 0;
    float wrist = 0;
    bool hand_visible = false;
};

/// Walks on from the wrist while there is person, and skin where the forearm was bare.
void add_hand(const LimbEdges& edges, const Bend& bend, TracedArm& arm) {
    const Point across = across_of(bend.hand ? bend.wrist : bend.elbow, bend.hand.value_or(bend.wrist));
    const Point forward(-across.y, across.x);
    const ArmSample wrist = arm.samples.back();
    const float step = sample_step * limb_unit;
    Point place = wrist.centre;
    arm.hand_visible = edges.contains(place);
    for (float along = step; along <= hand_length * limb_unit; along += step) {
        const Point next = place + forward * step;
        if (!edges.contains(next)) {
            arm.hand_visible = along > 0.6F * limb_unit;
            break;
        }
        if (edges.inside(next) < 0.5F) break;
        if (edges.skin(next) < 0.15F && edges.skin(place) < 0.15F) break;
        // The hand's middle: halfway between its edges, pulled back to the straight continuation.
        float left = 1;
        float right = 1;
        const float widest = 0.36F * limb_unit;
        while (left < widest && edges.ending(next - across * left, across * -1) < 0.45F) left += 0.5F;
        while (right < widest && edges.ending(next + across * right, across) < 0.45F) right += 0.5F;
        const bool seen = left < widest && right < widest;
        place = next + across * (seen ? 0.25F * (right - left) : 0.0F);
        const float radius = seen ? std::clamp((left + right) / 2, 0.08F * limb_unit, 0.3F * limb_unit)
                                  : std::max(arm.samples.back().radius, 0.18F * limb_unit);
        arm.samples.push_back({place, radius, wrist.along + along});
    }
}

TracedArm trace(const LimbEdges& edges, const Bend& bend) {
    const std::vector<Section> sections = sections_of(bend, sample_step * limb_unit);
    const Point upper = bend.elbow - bend.shoulder;
    const float elbow_along = std::hypot(upper.x, upper.y);
    const std::vector<float> right = smoothed(follow_edge(edges, sections, 1, elbow_along), 1.5);
    const std::vector<float> left = smoothed(follow_edge(edges, sections, -1, elbow_along), 1.5);
    TracedArm arm;
    bool cut = false;
    for (std::size_t at = 0; at < sections.size() && !cut; ++at) {
        const Point centre = sections[at].centre + sections[at].across * ((right[at] - left[at]) / 2);
        cut = !edges.contains(centre) && arm.samples.size() >= 2;
        if (cut) break;
        float along = 0;
        if (!arm.samples.empty()) {
            const Point step = centre - arm.samples.back().centre;
            along = arm.samples.back().along + std::hypot(step.x, step.y);
        }
        arm.samples.push_back({centre, (right[at] + left[at]) / 2, along});
        if (sections[at].along <= elbow_along) arm.elbow = along;
    }
    arm.wrist = arm.samples.back().along;
    if (!cut) add_hand(edges, bend, arm);
    return arm;
}

/// In analysis pixels.
Arm enlarged(const TracedArm& traced, const LimbEdges& edges) {
    Arm arm;
    const float back = 1 / edges.scale();
    for (const ArmSample& sample : traced.samples)
        arm.line.push_back({sample.centre * back, sample.radius * back, sample.along * back});
    arm.elbow = traced.elbow * back;
    arm.wrist = traced.wrist * back;
    arm.hand_visible = traced.hand_visible;
    return arm;
}

}  // namespace

Sided<Arm> follow_arms(const WorkingPicture& picture, const cv::Mat& silhouette, const cv::Mat& skin,
                       const BodyFrame& frame) {
    const LimbEdges edges(picture, silhouette, skin, frame);
    Sided<Arm> arms;
    for (const Side side : {picture_left, picture_right}) {
        const Bend bend = best_bend(edges, frame, side);
        arms[side] = enlarged(trace(edges, bend), edges);
        arms[side].confidence = std::clamp((bend.score - 0.3F) / 1.4F, 0.0F, 1.0F);
        arms[side].measured = arms[side].confidence > 0.4F;
    }
    return arms;
}

Sided<Arm> follow_arms(const WorkingPicture& picture, const cv::Mat& silhouette, const cv::Mat& skin,
                       const BodyFrame& frame, const Sighting& sighting) {
    const LimbEdges edges(picture, silhouette, skin, frame);
    Sided<Arm> arms;
    for (const Side side : {picture_left, picture_right}) {
        arms[side] = enlarged(trace(edges, seen_bend(edges, frame, side, sighting)), edges);
        arms[side].confidence = std::clamp(sighting.pose.on(side, left_elbow).visibility, 0.0F, 1.0F);
        arms[side].measured = arms[side].confidence > 0.4F;
    }
    return arms;
}

cv::Mat draw_arm(const Arm& arm, cv::Size size, float grow) {
    constexpr int shift = 4;
    constexpr float parts = 16;
    cv::Mat mask = cv::Mat::zeros(size, CV_8UC1);
    for (std::size_t at = 0; at + 1 < arm.line.size(); ++at) {
        // Between samples the disc moves in small steps, which also draws tapering.
        for (const float share : {0.0F, 0.5F}) {
            const Point centre = arm.line[at].centre * (1 - share) + arm.line[at + 1].centre * share;
            const float radius = arm.line[at].radius * (1 - share) + arm.line[at + 1].radius * share + grow;
            if (radius <= 0) continue;
            cv::circle(mask, cv::Point(cvRound(centre.x * parts), cvRound(centre.y * parts)), cvRound(radius * parts),
                       cv::Scalar(255), cv::FILLED, cv::LINE_8, shift);
        }
    }
    return mask;
}

namespace {

/// Fingers go on where the line lost them, as far as a hand reaches.
void extend_hand(const Arm& arm, float unit, Arm& hand) {
    constexpr float usual_hand = 0.9F;
    const float missing = arm.wrist + usual_hand * unit - arm.line.back().along;
    if (!arm.hand_visible || arm.line.size() < 2 || missing <= 0) return;
    const ArmSample& last = arm.line.back();
    const Point forward = last.centre - arm.line[arm.line.size() - 2].centre;
    const float step = std::max(1e-3F, std::hypot(forward.x, forward.y));
    hand.line.push_back(last);
    for (const float share : {0.33F, 0.67F, 1.0F})
        hand.line.push_back({last.centre + forward * (share * missing / step), std::max(last.radius, 0.12F * unit),
                             last.along + share * missing});
}

}  // namespace

cv::Mat arms_and_hands(const Sided<Arm>& arms, const cv::Mat& skin, float unit) {
    cv::Mat area = cv::Mat::zeros(skin.size(), CV_8UC1);
    for (const Arm& arm : arms) {
        area |= draw_arm(arm, skin.size(), 0.03F * unit);
        Arm hand;
        for (const ArmSample& sample : arm.line)
            if (sample.along > arm.wrist - 0.1F * unit) hand.line.push_back(sample);
        extend_hand(arm, unit, hand);
        area |= draw_arm(hand, skin.size(), 0.16F * unit) & (skin > 0.2);
    }
    return closed(area, 3);
}

}  // namespace fitview::engine
