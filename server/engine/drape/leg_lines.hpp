#pragma once
// The legs as tubes from the crotch to the ankles, whatever hides them.
#include <vector>

#include "engine/drape/body_outline.hpp"

namespace fitview::engine {

/// One leg in one picture row.
struct LegPlace {
    float centre = 0;
    float radius = 0;
};

struct LegLines {
    float hip_y = 0;  ///< where the hips are widest
    float crotch_y = 0;
    float ankle_y = 0;                  ///< may lie below the frame
    float floor_y = 0;                  ///< where the feet stand
    bool measured = false;              ///< legs seen apart; else from the hips and usual proportions
    Sided<std::vector<LegPlace>> rows;  ///< one per picture row of the outline, from row 0

    /// Above the crotch as at the crotch, below the ankle as at the ankle.
    LegPlace at(Side side, float y) const;
    /// Half the width of both legs and what is between them, about `centre`.
    float outer(Side side, float y) const;
};

/// Rows a skirt or hand hides are bridged from those that are seen; no leg is thicker than legs are.
LegLines measure_leg_lines(const PersonModel& person, const BodyOutline& body);

}  // namespace fitview::engine
