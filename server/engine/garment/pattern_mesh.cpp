#include "engine/garment/pattern_mesh.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "engine/garment/lower_outline.hpp"
#include "engine/garment/pattern_layout.hpp"
#include "engine/garment/pattern_measures.hpp"
#include "engine/garment/pattern_outline.hpp"
#include "engine/garment/sheet_pattern.hpp"
#include "engine/ops/delaunay.hpp"

namespace fitview::engine {
namespace {

constexpr int fewest_vertices = 200;
constexpr int most_vertices = 20000;

float distance_between(Point a, Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

/// Turns the two triangulated panels into one cloth: sewn samples become one vertex, cuts get one vertex per part.
class Sewing {
public:
    Sewing(const PatternOutline& outline, const PatternLayout& layout) : outline_(outline), layout_(layout) {
        for (std::size_t side = 0; side < 2; ++side)
            for (std::size_t at = 0; at + 1 < layout.cut[side].size(); ++at) cut_side_[layout.cut[side][at]] = side;
        add_panel(layout.front, false);
        add_panel(layout.back, true);
        add_shoulder_seams();
    }

    PatternMesh take() { return std::move(mesh_); }

private:
    /// Which copy of a layout point a triangle uses: 0, or 1 for the sleeve's copy of a point on a cut.
    struct Key {
        int point;
        bool sleeve_copy;
        bool back;
        bool operator<(const Key& other) const {
            return std::tie(point, sleeve_copy, back) < std::tie(other.point, other.sleeve_copy, other.back);
        }
    };

    Part part_at(Point place) const {
        for (std::size_t side = 0; side < 2; ++side)
            if (!outline_.sleeve[side].empty() && inside_polygon(outline_.sleeve[side], place))
                return outline_.limb[side];
        return part_trunk;
    }

    int vertex_of(const Panel& panel, int point, Point centre, bool back) {
        const auto at = static_cast<std::size_t>(point);
        const bool is_sample = at < layout_.samples.size();
        const bool sewn = is_sample && layout_.samples[at].sewn;
        const auto cut = cut_side_.find(point);
        const bool sleeve_copy = cut != cut_side_.end() && inside_polygon(outline_.sleeve[cut->second], centre);
        const auto [found, fresh] = vertices_.try_emplace({point, sleeve_copy, back && !sewn}, -1);
        if (!fresh) return found->second;
        PatternVertex vertex;
        vertex.uv = panel.places[at];
        vertex.back = back && !sewn;
        if (is_sample) {
            vertex.sewn = sewn;
            vertex.opening = sewn ? Opening::none : layout_.samples[at].opening;
            vertex.part = layout_.samples[at].part;
        } else {
            vertex.part = part_at(vertex.uv);
        }
        if (cut != cut_side_.end())
            vertex.part = !sleeve_copy                  ? part_trunk
                          : cut->second == picture_left ? part_sleeve_left
                                                        : part_sleeve_right;
        found->second = static_cast<int>(mesh_.vertices.size());
        mesh_.vertices.push_back(vertex);
        return found->second;
    }

    void add_panel(const Panel& panel, bool back) {
        for (const auto& corners : panel.triangles) {
            Point centre;
            for (const int corner : corners) centre += panel.places[static_cast<std::size_t>(corner)] / 3;
            PatternTriangle triangle;
            triangle.back = back;
            for (std::size_t at = 0; at < 3; ++at) triangle.vertices[at] = vertex_of(panel, corners[at], centre, back);
            if (back) std::swap(triangle.vertices[1], triangle.vertices[2]);
            mesh_.triangles.push_back(triangle);
        }
    }

    void add_shoulder_seams() {
        for (const SampledPiece& piece : layout_.pieces) {
            if (!piece.shoulder_seam) continue;
            auto& seam = mesh_.shoulder_seam[static_cast<std::size_t>(piece.side)];
            for (const int sample : piece.samples) {
                const auto found = vertices_.find({sample, false, false});
                if (found != vertices_.end()) seam.push_back(found->second);
            }
            // The left side's pieces run towards the neck.
            if (piece.side == picture_left) std::reverse(seam.begin(), seam.end());
        }
    }

    const PatternOutline& outline_;
    const PatternLayout& layout_;
    std::map<int, std::size_t> cut_side_;  // points that have a copy per part: the cut without its upper end
    std::map<Key, int> vertices_;
    PatternMesh mesh_;
};

/// The corner of a triangle opposite an edge, and the panel the triangle belongs to.
struct Opposite {
    int vertex;
    bool back;
};

float altitude(Point first, Point second, Point apex) {
    return std::abs(turn(first, second, apex)) / std::max(1e-3F, distance_between(first, second));
}

/// Edges, bends and seams follow from the triangles.
void connect(PatternMesh& mesh) {
    std::map<std::pair<int, int>, std::vector<Opposite>> around;
    for (const PatternTriangle& triangle : mesh.triangles)
        for (std::size_t at = 0; at < 3; ++at) {
            const int a = triangle.vertices[at];
            const int b = triangle.vertices[(at + 1) % 3];
            around[{std::min(a, b), std::max(a, b)}].push_back({triangle.vertices[(at + 2) % 3], triangle.back});
        }
    const auto place = [&](int vertex) { return mesh.vertices[static_cast<std::size_t>(vertex)].uv; };
    for (const auto& [edge, opposites] : around) {
        const auto [first, second] = edge;
        mesh.edges.push_back({first, second, distance_between(place(first), place(second))});
        Sided<std::vector<int>> of_panel;
        for (const Opposite& opposite : opposites) of_panel[opposite.back ? 1 : 0].push_back(opposite.vertex);
        for (const auto& pair : of_panel)
            if (pair.size() == 2)
                mesh.bends.push_back(
                    {pair[0], pair[1], first, second, distance_between(place(pair[0]), place(pair[1])), false});
        if (of_panel[0].size() != 1 || of_panel[1].size() != 1) continue;
        mesh.seams.push_back(mesh.edges.back());
        const int front = of_panel[0].front();
        const int back = of_panel[1].front();
        if (front == back) continue;
        const float length =
            altitude(place(first), place(second), place(front)) + altitude(place(first), place(second), place(back));
        mesh.bends.push_back({front, back, first, second, length, true});
    }
}

/// Parts the two halves of an open front where they still hang together, at the hem.
void cut_open_front(const GarmentModel& garment, float spacing, PatternMesh& mesh) {
    const auto side = [&](int vertex) {
        const float x = mesh.vertices[static_cast<std::size_t>(vertex)].uv.x - garment.landmarks.axis_x;
        return x < -0.05F * spacing ? -1 : x > 0.05F * spacing ? 1 : 0;
    };
    const auto crosses = [&](const PatternTriangle& triangle) {
        if (triangle.back) return false;
        const auto& [a, b, c] = triangle.vertices;
        return std::min({side(a), side(b), side(c)}) <= 0 && std::max({side(a), side(b), side(c)}) >= 0 &&
               !(side(a) == side(b) && side(b) == side(c));
    };
    const float from = garment.landmarks.neck_centre.y;
    std::erase_if(mesh.triangles, [&](const PatternTriangle& triangle) {
        const bool below = mesh.vertices[static_cast<std::size_t>(triangle.vertices[0])].uv.y > from;
        return below && crosses(triangle);
    });
}

}  // namespace

PatternMesh make_pattern(const GarmentModel& garment, int vertices_per_panel) {
    if (garment.kind == GarmentClass::drape) return make_sheets(garment);
    const bool lower = garment.lower.has_value();
    const PatternOutline outline = lower ? outline_lower(garment) : outline_pattern(garment);
    if (outline.empty()) return {};
    const int vertices = std::clamp(vertices_per_panel, fewest_vertices, most_vertices);
    const PatternLayout layout =
        lay_out_pattern(outline, vertices, {garment.landmarks.axis_x, garment.landmarks.hem_y});
    PatternMesh mesh = Sewing(outline, layout).take();
    mesh.spacing = layout.spacing;
    if (!lower && rules_of(garment.type).front == Front::open) cut_open_front(garment, layout.spacing, mesh);
    connect(mesh);
    if (lower)
        measure_lower(garment, outline, mesh);
    else
        measure_sleeves(garment, outline, mesh);
    measure_trunk(garment, outline, mesh);
    return mesh;
}

}  // namespace fitview::engine
