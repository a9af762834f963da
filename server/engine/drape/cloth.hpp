#pragma once
// The pattern cut to one body: points with the lengths they want to keep.
#include <array>
#include <vector>

#include "engine/drape/body_field.hpp"
#include "engine/drape/fit_plan.hpp"
#include "engine/drape/vector3.hpp"

namespace fitview::engine {

/// Two points and a length in person px.
struct Link {
    int first = 0;
    int second = 0;
    float length = 0;
};

struct ClothTriangle {
    std::array<int, 3> points{};
    bool back = false;
};

/// Positions and velocities are kept as whole points, not as separate coordinate arrays: the solver visits them in the
/// mesh's order, where one point is one cache line instead of three.
struct Cloth {
    const PatternMesh* pattern = nullptr;  ///< must outlive the cloth
    std::vector<int> vertex;               ///< per point: its vertex in the pattern
    std::vector<Vector3> position;
    std::vector<float> mobility;   ///< 1 free, 0 pinned
    std::vector<bool> pinned_hem;  ///< held by the waistband
    std::vector<ClothTriangle> triangles;
    std::vector<Link> edges;
    std::vector<Link> bends;  ///< opposite corners of neighbouring triangles
    std::vector<Link>
        tethers;  ///< `second` hangs from `first`, a point of the shoulder seam, and may not be further away
    std::vector<Link> seams;  ///< outline edges, for smoothing
    std::vector<int> shoulder_seam;

    const PatternVertex& pattern_vertex(int point) const { return pattern->vertices[vertex[point]]; }
    /// What the point can touch.
    Solid solid(int point) const {
        return pattern_vertex(point).part == part_trunk ? Solid::without_arms : Solid::whole;
    }
    std::size_t size() const { return vertex.size(); }
};

/// Scales the pattern's lengths by the plan and leaves away what is tucked in. Positions are still empty.
Cloth cut_cloth(const GarmentModel& garment, const PatternMesh& pattern, const FitPlan& plan);

}  // namespace fitview::engine
