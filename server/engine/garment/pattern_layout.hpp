#pragma once
// The points a pattern is triangulated from: samples along the outline, which both panels share, and a lattice inside.
#include <array>
#include <vector>

#include "engine/garment/pattern_outline.hpp"

namespace fitview::engine {

/// A point on the outline or on a cut.
struct OutlineSample {
    Point place;
    Opening opening = Opening::none;
    bool sewn = false;
    Part part = part_trunk;
};

/// Consecutive samples of one piece; neighbours share their end samples.
struct SampledPiece {
    std::vector<int> samples;
    Opening opening = Opening::none;
    Part part = part_trunk;
    bool shoulder_seam = false;
    int side = picture_left;
};

/// One panel, triangulated. Indices below `samples.size()` of the layout are samples, the others lattice points.
struct Panel {
    std::vector<Point> places;
    std::vector<std::array<int, 3>> triangles;  ///< clockwise in the picture
};

struct PatternLayout {
    float spacing = 0;
    std::vector<OutlineSample> samples;
    SampledPiece front_neck;
    SampledPiece back_neck;
    std::vector<SampledPiece> pieces;
    Sided<std::vector<int>>
        cut;  ///< samples from the notch (on the outline) up to the armpit (inside); empty without a cut
    Panel front;
    Panel back;
};

/// About `vertices` points per panel. Every outline and cut segment is an edge of the triangulation, except in
/// degenerate corners sharper than the picture's resolution. Deterministic.
PatternLayout lay_out_pattern(const PatternOutline& outline, int vertices, Point lattice_origin);

/// Whether `place` is inside the closed `polygon`.
bool inside_polygon(const std::vector<Point>& polygon, Point place);

}  // namespace fitview::engine
