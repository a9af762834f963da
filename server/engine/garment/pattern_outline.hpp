#pragma once
// The outline of a garment as the pieces a tailor would name: seams, neckline, armholes, cuffs, hem.
#include <optional>
#include <vector>

#include "engine/garment/garment_model.hpp"
#include "engine/garment/pattern_mesh.hpp"

namespace fitview::engine {

/// One piece of the outline, from corner to corner. `opening` is none on a seam.
struct OutlinePiece {
    std::vector<Point> line;
    Opening opening = Opening::none;
    Part part = part_trunk;
    bool shoulder_seam = false;
    int side = picture_left;
};

/// Clockwise in the picture: the neck from the left neck point to the right one, then `pieces` back to the left neck
/// point.
struct PatternOutline {
    OutlinePiece front_neck;
    OutlinePiece back_neck;
    std::vector<OutlinePiece> pieces;
    Sided<std::vector<Point>> sleeve;  ///< closed polygon of each sleeve (or leg), empty without one
    Sided<Part> limb{part_sleeve_left, part_sleeve_right};  ///< what `sleeve` holds
    Sided<std::vector<Point>> cut;  ///< where a sleeve lies on the trunk: from the notch up to the armpit; else empty

    bool empty() const { return pieces.empty(); }
    /// The front or back panel as one closed polygon.
    std::vector<Point> polygon(bool back) const;
};

/// From the model's outline and landmarks alone, so that corrected landmarks count; every landmark is moved to the
/// nearest place of the outline. Empty when the model has no outline.
PatternOutline outline_pattern(const GarmentModel& garment);

}  // namespace fitview::engine
