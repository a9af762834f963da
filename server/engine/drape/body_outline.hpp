#pragma once
// The person's landmarks made fit for a solid: smooth, without gaps, continued past the frame.
#include <optional>
#include <vector>

#include "engine/person/person_model.hpp"

namespace fitview::engine {

/// The trunk in one picture row: an ellipse around `centre`.
struct TrunkSection {
    float centre = 0;
    float half_width = 0;
    float half_depth = 0;
};

struct BodyOutline {
    float unit = 1;         ///< u of the person
    float length_unit = 1;  ///< u from the body's height where the feet are seen (face boxes vary by 15 %), else `unit`
    float shoulder_y = 0;
    float chin_y = 0;
    float neck_x = 0;
    Sided<Point> shoulder;                     ///< tips
    Sided<std::vector<Point>> shoulder_slope;  ///< top of the shoulders from the neck outwards, bad contours replaced
    Sided<Arm> arm;                            ///< resampled evenly; at least two samples
    std::vector<TrunkSection> trunk;           ///< one per picture row from row 0 to well below the frame
    std::optional<float> crotch_y;
    Sided<std::vector<TrunkRow>> legs;  ///< one per row as `trunk`; right < left where not seen

    const TrunkSection& section(float y) const;
    const TrunkRow& leg(Side side, float y) const;
    /// Half the way round the trunk in picture row `y`.
    float half_girth(float y) const;
    /// The top of the shoulder at column `x`.
    float slope_y(Side side, float x) const;
};

/// Never fails: landmarks that cannot belong to a body are pulled to usual proportions.
BodyOutline measure_outline(const PersonModel& person);

}  // namespace fitview::engine
