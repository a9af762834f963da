#include "engine/drape/leg_lines.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

#include "engine/drape/vector3.hpp"
#include "engine/ops/running_mean.hpp"

namespace fitview::engine {
namespace {

// Below the shoulder line, in units of body height / 10.5.
constexpr float usual_crotch = 3.75F;
constexpr float usual_floor = 8.75F;
constexpr float highest_crotch = 3.1F;
constexpr float lowest_crotch = 4.4F;
constexpr float ankle_height = 0.66F;  // units above the floor
constexpr float hip_height = 0.55F;    // units above the crotch
// Radii in units: thigh at the crotch, knee, calf's end.
constexpr float thickest_thigh = 0.68F;
constexpr float thickest_ankle = 0.36F;
constexpr float usual_ankle = 0.24F;

float share_of(const LegLines& legs, float y) {
    return std::clamp((y - legs.crotch_y) / std::max(1.0F, legs.ankle_y - legs.crotch_y), 0.0F, 1.0F);
}

/// Usual legs under a skirt: half the hips each, narrowing to the ankles.
LegPlace usual_leg(const LegLines& legs, const BodyOutline& body, Side side, float y) {
    const TrunkSection& hips = body.section(legs.hip_y);
    const float outwards = side == picture_left ? -1.0F : 1.0F, share = share_of(legs, y);
    const float thigh = std::min(0.5F * hips.half_width, 0.62F * body.unit);
    const float apart = mix(0.5F * hips.half_width, std::max(0.32F * body.unit, 0.42F * hips.half_width), share);
    return {hips.centre + outwards * apart, mix(thigh, usual_ankle * body.unit, std::pow(share, 0.8F))};
}

/// What is seen of one leg, where it can be a leg.
bool seen_leg(const BodyOutline& body, const LegLines& legs, Side side, float y, LegPlace& place) {
    const TrunkRow& row = body.leg(side, y);
    if (row.right - row.left < 0.16F * body.unit) return false;
    const float most = mix(thickest_thigh, thickest_ankle, share_of(legs, y)) * body.unit;
    place = {(row.left + row.right) / 2, std::min(most, (row.right - row.left) / 2)};
    return true;
}

void smooth(std::vector<LegPlace>& rows, int radius) {
    std::vector<float> centres, radii;
    for (const LegPlace& place : rows) {
        centres.push_back(place.centre);
        radii.push_back(place.radius);
    }
    running_mean(centres, radius);
    running_mean(radii, radius);
    for (std::size_t at = 0; at < rows.size(); ++at) rows[at] = {centres[at], radii[at]};
}

}  // namespace

LegPlace LegLines::at(Side side, float y) const {
    const auto& line = rows[side];
    const float row = std::clamp(y, crotch_y, std::max(crotch_y, ankle_y));
    return line[static_cast<std::size_t>(std::clamp(row, 0.0F, static_cast<float>(line.size() - 1)))];
}

float LegLines::outer(Side side, float y) const {
    const LegPlace place = at(side, y);
    return place.centre + (side == picture_left ? -place.radius : place.radius);
}

LegLines measure_leg_lines(const PersonModel& person, const BodyOutline& body) {
    LegLines legs;
    const float u = body.length_unit, shoulder = body.shoulder_y;
    const float crotch = body.crotch_y.value_or(shoulder + usual_crotch * u);
    legs.crotch_y = std::clamp(crotch, shoulder + highest_crotch * u, shoulder + lowest_crotch * u);
    legs.hip_y = legs.crotch_y - hip_height * u;
    legs.floor_y = shoulder + usual_floor * u;
    if (person.landmarks.feet_visible) {
        const cv::Rect box = cv::boundingRect(person.silhouette > 127);
        legs.floor_y = static_cast<float>(box.y + box.height);
    }
    legs.ankle_y = legs.floor_y - ankle_height * u;
    const auto rows = static_cast<int>(body.trunk.size());
    int seen = 0;
    for (const Side side : {picture_left, picture_right}) {
        auto& line = legs.rows[side];
        LegPlace last;
        bool any = false;
        for (int y = 0; y < rows; ++y) {
            const auto row = static_cast<float>(y);
            LegPlace place;
            const bool below_frame = y >= person.picture.rows - 2;
            if (row > legs.crotch_y && !below_frame && seen_leg(body, legs, side, row, place)) {
                last = place;
                any = true;
                ++seen;
            } else {
                place = usual_leg(legs, body, side, row);
                if (any) place.centre = last.centre;  // the frame cuts the leg: it goes on straight
            }
            line.push_back(place);
        }
        smooth(line, std::max(1, static_cast<int>(0.12F * body.unit)));
    }
    legs.measured = seen > 2 * body.unit;
    return legs;
}

}  // namespace fitview::engine
