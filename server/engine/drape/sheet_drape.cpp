#include "engine/drape/sheet_drape.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "engine/drape/saree_drape.hpp"
#include "engine/drape/sheet_place.hpp"
#include "engine/garment/sheet_pattern.hpp"

namespace fitview::engine {
namespace {

constexpr auto pi = static_cast<float>(CV_PI);

/// The ways of the dupatta.
class DupattaDrape {
public:
    DupattaDrape(const BodyField& body, const LegLines& legs) : body_(body), legs_(legs), u_(body.unit) {}

    Vector3 sides(OnSheet at) const {
        constexpr float folds = 3.5F, band = 0.58F;
        const Fold fold = fold_of(at.across, folds, 1.8F);
        const bool left = at.along < 0.5F;
        const Side side = left ? picture_left : picture_right;
        const float outwards = left ? -1.0F : 1.0F;
        const float down = std::abs(at.along - 0.5F) * 2;  // 0 behind the neck, 1 at the ends
        constexpr float over = 0.16F;
        const float end = legs_.crotch_y + 0.9F * u_ + (left ? 0.25F * u_ : 0.0F);
        const float inner = 0.46F * u_;
        const float offset = inner + fold.across * band * u_ * mix(0.75F, 1.0F, down);
        float x = body_.neck_x + outwards * offset;
        const float ridge = body_.slope_y(side, x) - 0.04F * u_;
        if (down < over) {  // behind the neck
            const float t = down / over;
            x = body_.neck_x + outwards * offset * std::sqrt(t);
            return {x, ridge + (1 - t) * 0.05F * u_, -0.45F * u_ * (1 - t) + 0.03F * u_};
        }
        const float t = (down - over) / (1 - over), y = mix(ridge, end + hem_wave(fold), t);
        // it hangs straight from the chest, not into the waist
        const float hang = std::max(front_of(body_, x, y),
                                    front_of(body_, x, body_.shoulder_y + 1.4F * u_) * smooth_step(0.1F, 0.3F, t));
        x += outwards * 0.08F * u_ * std::sin(2.2F * t + fold.across) * t;
        return {x, y, hang + (0.05F + 0.09F * (1 + fold.before)) * u_ * smooth_step(0, 0.06F, t) + 0.02F * u_};
    }

    Vector3 shoulder(OnSheet at) const {
        constexpr float folds = 4, band = 0.56F, over = 0.14F;
        const Fold fold = fold_of(at.across, folds, 1.8F);
        const float end = legs_.crotch_y + 1.5F * u_;
        float x = body_.neck_x + (0.50F + fold.across * band) * u_;
        const float ridge = body_.slope_y(picture_right, x) - 0.04F * u_;
        if (at.along < over) {
            const float t = 1 - at.along / over;
            return {x - 0.5F * u_ * t, ridge + t * t * 1.5F * u_, 0.03F * u_ - 0.7F * u_ * t};
        }
        const float t = (at.along - over) / (1 - over), y = mix(ridge, end + hem_wave(fold), t);
        const float hang = std::max(front_of(body_, x, y),
                                    front_of(body_, x, body_.shoulder_y + 1.4F * u_) * smooth_step(0.1F, 0.3F, t));
        x += 0.06F * u_ * std::sin(2.6F * t + fold.across);
        return {x, y, hang + (0.05F + 0.09F * (1 + fold.before)) * u_ * smooth_step(0, 0.06F, t) + 0.02F * u_};
    }

    Vector3 loop(OnSheet at) const {
        constexpr float folds = 4, behind = 0.14F;
        const Fold fold = fold_of(at.across, folds, 1.5F);
        const float t = std::clamp((at.along - behind) / (1 - 2 * behind), 0.0F, 1.0F), around = (t - 0.5F) * pi;
        const float reach = mix(0.46F, 1.15F, fold.across) * u_, depth = mix(0.75F, 1.75F, fold.across) * u_;
        const float x = body_.neck_x + reach * std::sin(around);
        const float ridge = body_.slope_y(x < body_.neck_x ? picture_left : picture_right, x) - 0.04F * u_;
        const float y = ridge + depth * std::cos(around) * std::cos(around) * 0.9F;
        Vector3 result{x, y, front_of(body_, x, y) + (0.06F + 0.05F * (1 + fold.before)) * u_};
        const float off = std::max({0.0F, behind - at.along, at.along - 1 + behind}) / behind;
        result.z = mix(result.z, 0.05F * u_, smooth_step(0.85F, 1.0F, std::abs(around) / (0.5F * pi)));
        if (off > 0) {
            result.z = -0.7F * u_ * off;
            result.x = mix(x, body_.neck_x, 0.7F * off);
            result.y += off * off * 1.5F * u_;
        }
        return result;
    }

private:
    /// The end of gathered cloth is no straight line.
    float hem_wave(const Fold& fold) const { return u_ * (0.05F * fold.before + 0.10F * fold.across); }

    const BodyField& body_;
    const LegLines& legs_;
    float u_;
};

/// Straight towards the viewer, or away where the cloth is behind.
void leave_body(const BodyField& body, Vector3& place) {
    const float clearance = 0.03F * body.unit, step = (place.z < 0 ? -0.03F : 0.03F) * body.unit;
    for (int tries = 0; tries < 60 && body.distance(place, Solid::without_arms) < clearance; ++tries) place.z += step;
}

/// A sheet of the pattern and where its places lie.
struct LaidSheet {
    std::size_t sheet = 0;
    std::function<Vector3(OnSheet)> place;
};

std::vector<LaidSheet> saree_sheets(DrapeWay way, const SareeDrape& drape) {
    std::vector<LaidSheet> laid{{saree_skirt, [&](OnSheet at) { return drape.skirt(at); }}};
    if (way == DrapeWay::seedha_pallu)
        laid.push_back({saree_front_pallu, [&](OnSheet at) { return drape.front_pallu(at); }});
    else if (way == DrapeWay::nivi)
        laid.push_back({saree_pallu, [&](OnSheet at) { return drape.pinned_pallu(at); }});
    else
        laid.push_back({saree_pallu, [&](OnSheet at) { return drape.open_pallu(at); }});
    if (way == DrapeWay::bengali)
        laid.push_back({saree_second_round, [&](OnSheet at) { return drape.second_round(at); }});
    return laid;
}

SkirtPleats pleats_of(DrapeWay way) {
    return way == DrapeWay::seedha_pallu ? SkirtPleats::to_right
           : way == DrapeWay::bengali    ? SkirtPleats::box
                                         : SkirtPleats::to_left;
}

Vector3 place_of(const DupattaDrape& drape, DrapeWay way, OnSheet at) {
    if (way == DrapeWay::one_shoulder) return drape.shoulder(at);
    return way == DrapeWay::round_neck ? drape.loop(at) : drape.sides(at);
}

void add_sheet(const ClothSheet& grid, const LaidSheet& laid, const BodyField& body, Cloth& cloth,
               std::vector<int>& point_of) {
    for (int i = 0; i < grid.along; ++i)
        for (int j = 0; j < grid.across; ++j) {
            const OnSheet at{static_cast<float>(i) / static_cast<float>(grid.along - 1),
                             static_cast<float>(j) / static_cast<float>(grid.across - 1)};
            Vector3 place = laid.place(at);
            leave_body(body, place);
            const int vertex = grid.first + i * grid.across + j;
            point_of[static_cast<std::size_t>(vertex)] = static_cast<int>(cloth.vertex.size());
            cloth.vertex.push_back(vertex);
            cloth.position.push_back(place);
        }
}

/// Twice the area of a triangle as the picture shows it; positive where its normal points towards the viewer.
float seen_area(const Cloth& cloth, const ClothTriangle& triangle) {
    const Vector3& a = cloth.position[static_cast<std::size_t>(triangle.points[0])];
    const Vector3& b = cloth.position[static_cast<std::size_t>(triangle.points[1])];
    const Vector3& c = cloth.position[static_cast<std::size_t>(triangle.points[2])];
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/// Plain cloth has no inside: turns the triangles so that most of each stretch of a sheet looks at the viewer. A
/// stretch reaches over `reach` strips on both sides.
void face_viewer(const ClothSheet& grid, std::size_t reach, std::size_t first_triangle, Cloth& cloth) {
    const auto strips = static_cast<std::size_t>(grid.along - 1);
    const auto per_strip = static_cast<std::size_t>(2 * (grid.across - 1));
    std::vector<float> area(strips);
    for (std::size_t strip = 0; strip < strips; ++strip)
        for (std::size_t i = 0; i < per_strip; ++i)
            area[strip] += seen_area(cloth, cloth.triangles[first_triangle + strip * per_strip + i]);
    for (std::size_t strip = 0; strip < strips; ++strip) {
        float around = 0;
        for (std::size_t i = strip - std::min(strip, reach); i < std::min(strips, strip + reach + 1); ++i)
            around += area[i];
        if (around >= 0) continue;
        for (std::size_t i = 0; i < per_strip; ++i) {
            auto& points = cloth.triangles[first_triangle + strip * per_strip + i].points;
            std::swap(points[1], points[2]);
        }
    }
}

void face_viewer(const PatternMesh& pattern, const std::vector<int>& point_of, Cloth& cloth) {
    std::size_t first = 0;
    for (const ClothSheet& grid : pattern.sheets) {
        if (point_of[static_cast<std::size_t>(grid.first)] < 0) continue;
        // the skirt's pleats lie along its strips: a stretch is longer than a pleat
        const bool skirt = pattern.sheets.size() > 1 && &grid == &pattern.sheets[saree_skirt];
        face_viewer(grid, skirt ? static_cast<std::size_t>(grid.along) / 6 : 2, first, cloth);
        first += static_cast<std::size_t>(2 * (grid.across - 1) * (grid.along - 1));
    }
}

}  // namespace

bool covers_left_arm(DrapeWay way) {
    return way == DrapeWay::nivi_open || way == DrapeWay::bengali;
}

Cloth drape_sheets(const PatternMesh& pattern, DrapeWay way, const BodyField& body, const LegLines& legs,
                   float waist_y) {
    Cloth cloth;
    cloth.pattern = &pattern;
    std::vector<int> point_of(pattern.vertices.size(), -1);
    if (pattern.sheets.size() > 1) {
        const SareeDrape drape(body, legs, waist_y, pleats_of(way));
        for (const LaidSheet& laid : saree_sheets(way, drape))
            add_sheet(pattern.sheets[laid.sheet], laid, body, cloth, point_of);
    } else {
        const DupattaDrape drape(body, legs);
        add_sheet(pattern.sheets.front(), {0, [&](OnSheet at) { return place_of(drape, way, at); }}, body, cloth,
                  point_of);
    }
    cloth.mobility.assign(cloth.size(), 0.0F);
    cloth.pinned_hem.assign(cloth.size(), false);
    const auto point = [&](int vertex) { return point_of[static_cast<std::size_t>(vertex)]; };
    for (const PatternTriangle& triangle : pattern.triangles)
        if (const auto& v = triangle.vertices; point(v[0]) >= 0)
            cloth.triangles.push_back({{point(v[0]), point(v[1]), point(v[2])}, false});
    face_viewer(pattern, point_of, cloth);
    for (const PatternEdge& edge : pattern.edges)
        if (const int a = point(edge.first), b = point(edge.second); a >= 0)
            cloth.edges.push_back(
                {a, b,
                 length(cloth.position[static_cast<std::size_t>(a)] - cloth.position[static_cast<std::size_t>(b)])});
    return cloth;
}

}  // namespace fitview::engine
