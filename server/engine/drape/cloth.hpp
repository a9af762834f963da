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
    float lowest_y = 1e9F;  ///< the floor

    const PatternVertex& pattern_vertex(int point) const { return pattern->vertices[vertex[point]]; }
    /// What the point can touch.
    Solid solid(int point) const { return is_sleeve(pattern_vertex(point).part) ? Solid::arms : Solid::without_arms; }
    std::size_t size() const { return vertex.size(); }
};

/// The lengths a kind of garment is cut to.
class CutLengths {
public:
    virtual ~CutLengths() = default;
    virtual float between(const PatternVertex& a, const PatternVertex& b) const = 0;
    /// How far below its anchor a point hangs, at most.
    virtual float hanging(const PatternVertex& point, const PatternVertex& anchor) const = 0;
    /// Whether the vertex is hidden in a waistband for good.
    virtual bool tucked_in(const PatternVertex& /*vertex*/) const { return false; }
};

/// Cuts the pattern to `lengths`; what is trunk hangs from the nearest vertex of each row in `anchors`, no nearer than
/// `shortest_tether`. Positions are still empty.
Cloth cut_cloth(const PatternMesh& pattern, const CutLengths& lengths, const std::vector<std::vector<int>>& anchors,
                float shortest_tether);

/// The same for an upper garment: scales the pattern's lengths by the plan and leaves away what is tucked in.
Cloth cut_cloth(const GarmentModel& garment, const PatternMesh& pattern, const FitPlan& plan);

}  // namespace fitview::engine
