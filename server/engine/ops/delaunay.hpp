#pragma once
// Delaunay triangulation of scattered points. Pure, thread-safe.
#include <array>
#include <vector>

#include "engine/geometry.hpp"

namespace fitview::engine {

/// The triangles of the convex hull of `points`, as indices, each running clockwise as seen in the picture (y down) and
/// of more than zero area. A point at the place of an earlier one is left out. Deterministic: the order follows the
/// points.
std::vector<std::array<int, 3>> delaunay(const std::vector<Point>& points);

/// Twice the signed area; positive when a, b, c run clockwise as seen in the picture (y down).
float turn(Point a, Point b, Point c);

}  // namespace fitview::engine
