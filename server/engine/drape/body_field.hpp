#pragma once
// The person as a solid the cloth can lie on: a signed distance grid made of landmarks and silhouette.
#include <vector>

#include "engine/drape/vector3.hpp"
#include "engine/person/person_model.hpp"

namespace fitview::engine {

/// The trunk in one picture row: an ellipse around `centre`.
struct TrunkSection {
    float centre = 0;
    float half_width = 0;
    float half_depth = 0;
};

/// Immutable once made; may be shared between threads. About 4 MB at 768 x 1024.
struct BodyField {
    float unit = 0;         ///< u of the person
    float length_unit = 0;  ///< u from the body's height where the feet are seen (face boxes vary by 15 %), else `unit`
    float shoulder_y = 0;
    float chin_y = 0;
    float neck_x = 0;
    Sided<Point> shoulder;                     ///< tips
    Sided<std::vector<Point>> shoulder_slope;  ///< top of the shoulders from the neck outwards, bad contours replaced
    Sided<std::vector<ArmSample>> arm;         ///< from the shoulder to the wrist and the hand
    Sided<float> wrist{};                      ///< `along` of the wrist
    std::vector<TrunkSection> trunk;  ///< one per picture row from row 0, continued above, below and past the frame

    Vector3 origin;  ///< of the grid's first node
    float cell = 1;
    int columns = 0, rows = 0, layers = 0;
    std::vector<float> distances;  ///< negative inside; x fastest, then y, then z

    /// Signed distance to the body; continued flat outside the grid.
    float distance(const Vector3& place) const;
    /// The same with the outward direction.
    float distance(const Vector3& place, Vector3& outward) const;

    const TrunkSection& section(float y) const;
    /// Half the way round the trunk in picture row `y`.
    float half_girth(float y) const;
    /// The top of the shoulder at column `x`.
    float slope_y(Side side, float x) const;
};

/// Builds the solid: an ellipse per trunk row, round cones for arms, shoulders, neck and head. Deterministic, about 40
/// ms.
BodyField make_body_field(const PersonModel& person);

}  // namespace fitview::engine
