#pragma once
// The saree's parts, each a plain sheet laid along guide curves. Internal to the drape.
#include <array>

#include "engine/drape/leg_lines.hpp"
#include "engine/drape/sheet_place.hpp"

namespace fitview::engine {

/// How the front of the skirt is pleated.
enum class SkirtPleats {
    to_left,   ///< a stack of knife pleats whose edges look to the wearer's left
    to_right,  ///< the same the other way
    box        ///< broad pleats side by side
};

/// Places on the body for places on the sheets. What is seen has one scale along and across: the height of the skirt
/// says how large the cloth is, and what does not fit round the body lies hidden in pleats.
class SareeDrape {
public:
    SareeDrape(const BodyField& body, const LegLines& legs, float waist_y, SkirtPleats pleats);

    Vector3 skirt(OnSheet at) const;
    /// From the wearer's right hip over the chest to the left shoulder and behind it, in narrow folds.
    Vector3 pinned_pallu(OnSheet at) const;
    /// The same, not folded: its lower edge falls over the left arm.
    Vector3 open_pallu(OnSheet at) const;
    /// From under the right arm over the open pallu to the left shoulder.
    Vector3 second_round(OnSheet at) const;
    /// From behind over the right shoulder, spread over the front; its end is drawn to the left hip.
    Vector3 front_pallu(OnSheet at) const;

private:
    /// Waist, hips or legs with the cloth round them in one row.
    struct Row {
        float share = 0;  ///< 0 at the waist, 1 at the hem
        float y = 0, centre = 0, half_width = 0, depth = 0;
    };
    /// A place in the pleats: from the middle of the body, and before it.
    struct Pleated {
        float x = 0, lift = 0;
    };
    /// Upper and lower edge of a band across the chest: start, middle, end.
    struct Edges {
        std::array<Point, 3> high, low;
    };

    Row row_at(float share) const;
    float fan(float share) const;
    float pleats_width(float share) const;
    Pleated pleated(float cloth, float share) const;
    Vector3 across_chest(OnSheet at, const Edges& edges, float folds, float lift) const;
    Edges open_edges() const;
    Point on_shoulder(Side side, float share) const;

    const BodyField& body_;
    const LegLines& legs_;
    float u_, waist_y_, top_, bottom_;
    SkirtPleats pleats_;
    float width_;       ///< of the whole cloth, px
    float side_cloth_;  ///< of the cloth from a side of the body to the pleats, px
};

}  // namespace fitview::engine
