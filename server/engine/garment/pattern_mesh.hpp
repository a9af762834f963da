#pragma once
// The product photo as a sewing pattern: a triangulated front and back panel that share their sewn outline.
#include <array>
#include <optional>
#include <vector>

#include "engine/garment/garment_model.hpp"

namespace fitview::engine {

/// Where the outline of a panel is not sewn.
enum class Opening : std::uint8_t { none, neck, hem, armhole, cuff, waist, slit };

/// One point of the cloth. A sewn vertex belongs to both panels (`back` is false then).
struct PatternVertex {
    Point uv;  ///< place in the garment's picture, px
    Part part = part_trunk;
    bool back = false;                ///< only on the back panel
    bool sewn = false;                ///< on a seam between front and back panel
    Opening opening = Opening::none;  ///< which opening's rim it lies on; never together with `sewn`

    bool open() const { return opening != Opening::none; }
    bool boundary() const { return sewn || open(); }
};

/// Front triangles run clockwise as seen in the picture (x right, y down); back triangles run the other way, so that
/// every triangle's normal points out of the closed garment.
struct PatternTriangle {
    std::array<int, 3> vertices{};
    bool back = false;
};

/// Two joined vertices; `length` is their distance in the flat pattern, picture px.
struct PatternEdge {
    int first = 0;
    int second = 0;
    float length = 0;
};

/// The two vertices opposite a shared edge. `length` is their distance when the two triangles lie flat side by side;
/// across a seam the triangles are unfolded around it, so it is the sum of both heights over the shared edge.
struct PatternBend {
    int first = 0;
    int second = 0;
    int edge_first = 0;  ///< ends of the shared edge
    int edge_second = 0;
    float length = 0;
    bool across_seam = false;
};

/// The sleeve's own axes: from the middle of the seam shoulder-armpit to the middle of the cuff.
struct SleeveFrame {
    static constexpr int samples = 24;

    Point base;                          ///< middle of the seam
    Point along;                         ///< unit vector towards the cuff
    Point across;                        ///< unit vector towards the outer (shoulder) side
    float length = 0;                    ///< base to cuff, px
    std::array<float, samples> inner{};  ///< offset along `across` of the inner edge, equally spaced from base to cuff
    std::array<float, samples> outer{};  ///< the same for the outer edge

    /// Where a place lies across the sleeve.
    struct Across {
        float half = 1;   ///< half the sleeve's width there, px, at least 1
        float share = 0;  ///< -1 at the inner edge, 1 at the outer one
    };
    Across at(Point place) const;
};

/// Columns of the trunk in one picture row, sleeves left out.
struct TrunkExtent {
    float left = 0;
    float right = 0;
};

/// A plain sheet of unstitched cloth: `along` times `across` vertices, across fastest.
struct ClothSheet {
    int first = 0;
    int along = 0;
    int across = 0;
};

/// Independent of any person and immutable once made; may be shared between threads. Lengths are px of the garment's
/// picture. All lists are in a fixed order: the same garment gives the same mesh.
struct PatternMesh {
    std::vector<PatternVertex> vertices;
    std::vector<PatternTriangle> triangles;
    std::vector<PatternEdge> edges;  ///< every edge of every triangle once
    std::vector<PatternBend> bends;
    std::vector<PatternEdge> seams;  ///< the edges whose both ends are sewn and which lie on the outline
    Sided<std::vector<int>>
        shoulder_seam;           ///< sewn trunk vertices between neck and shoulder point, from the neck outwards
    std::vector<int> waistband;  ///< of a lower garment: both panels' vertices on it, corners too
    Sided<std::optional<SleeveFrame>> sleeve;  ///< as the landmarks' sleeves
    Sided<std::optional<SleeveFrame>> leg;     ///< of trousers: from the height of the crotch to the hem
    std::vector<TrunkExtent> trunk;  ///< one per picture row, filled above and below the trunk with its nearest row
    std::vector<ClothSheet> sheets;  ///< of unstitched cloth; then nothing is sewn
    float spacing = 0;               ///< usual length of an edge, px

    bool empty() const { return triangles.empty(); }
    /// From the mirror axis to the trunk's edge in the picture's row `y`, at least 1 px.
    float half_width(Side side, float axis_x, float y) const;
};

/// Cuts the pattern of a parsed garment into about `vertices_per_panel` points per panel (clamped to 200..20000).
/// No triangle is inverted or degenerate in the picture. Empty when the cut-out is empty. Deterministic, thread-safe.
PatternMesh make_pattern(const GarmentModel& garment, int vertices_per_panel);

}  // namespace fitview::engine
