#include "engine/garment/sheet_pattern.hpp"

#include <algorithm>
#include <cmath>

namespace fitview::engine {
namespace {

struct Cut {
    int along = 2;  // vertices
    int across = 2;
    float from = 0;      // where the sheet begins along the cloth, in widths
    float length = 1;    // in widths
    float tucked = 0;    // share of the width hidden in the waistband
    bool plain = false;  // without the pallu's end
};

/// The pallu's woven end takes up to this share of the photo.
constexpr float pallu_share = 0.42F;

/// The place in the photo of a point of the cloth; the photo goes on there and back along the length.
Point place_of(const cv::Rect2f& cloth, float along, float across, bool plain) {
    const bool upright = cloth.height >= cloth.width;
    const float width = upright ? cloth.width : cloth.height, length = upright ? cloth.height : cloth.width;
    const float first = plain ? pallu_share * length : 0, span = length - first;
    const float walked = std::fmod(along * width, 2 * span);
    const float there = length - std::abs(span - walked);  // 0 at the pallu's end
    const float side = across * width;
    if (upright) return {cloth.x + side, cloth.y + cloth.height - there};
    return {cloth.x + cloth.width - there, cloth.y + side};
}

void add_sheet(const cv::Rect2f& cloth, const Cut& cut, PatternMesh& mesh) {
    const auto first = static_cast<int>(mesh.vertices.size());
    mesh.sheets.push_back({first, cut.along, cut.across});
    for (int i = 0; i < cut.along; ++i)
        for (int j = 0; j < cut.across; ++j) {
            const float along = static_cast<float>(i) / static_cast<float>(cut.along - 1);
            const float share = static_cast<float>(j) / static_cast<float>(cut.across - 1);
            const float across = cut.tucked + (1 - cut.tucked) * share;
            PatternVertex vertex;
            vertex.uv = place_of(cloth, cut.from + along * cut.length, across, cut.plain);
            const bool rim = i == 0 || j == 0 || i + 1 == cut.along || j + 1 == cut.across;
            vertex.opening = rim ? Opening::hem : Opening::none;
            mesh.vertices.push_back(vertex);
        }
    const auto at = [&](int i, int j) { return first + i * cut.across + j; };
    for (int i = 0; i + 1 < cut.along; ++i)
        for (int j = 0; j + 1 < cut.across; ++j) {
            mesh.triangles.push_back({{at(i, j), at(i, j + 1), at(i + 1, j)}, false});
            mesh.triangles.push_back({{at(i, j + 1), at(i + 1, j + 1), at(i + 1, j)}, false});
        }
    for (int i = 0; i < cut.along; ++i)
        for (int j = 0; j < cut.across; ++j) {
            if (i + 1 < cut.along) mesh.edges.push_back({at(i, j), at(i + 1, j), 0});
            if (j + 1 < cut.across) mesh.edges.push_back({at(i, j), at(i, j + 1), 0});
        }
}

}  // namespace

PatternMesh make_sheets(const GarmentModel& garment) {
    PatternMesh mesh;
    if (!garment.cloth || garment.cloth->area() < 1) return mesh;
    const cv::Rect2f& cloth = *garment.cloth;
    if (garment.type == GarmentType::saree) {
        add_sheet(cloth, {260, 28, 0, saree_skirt_length, saree_tucked, true}, mesh);
        add_sheet(cloth, {70, 80, 1.25F, -0.7F, 0, false}, mesh);
        add_sheet(cloth, {80, 80, 0, 0.95F, 0, false}, mesh);
        add_sheet(cloth, {60, 70, 1.0F, -0.6F, 0, false}, mesh);
    } else {
        add_sheet(cloth, {120, 34, 0, 2.2F, 0, false}, mesh);
    }
    mesh.spacing = 1;
    return mesh;
}

}  // namespace fitview::engine
