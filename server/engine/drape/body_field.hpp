#pragma once
// The person as a solid the cloth can lie on: a signed distance grid made of landmarks and silhouette.
#include <optional>
#include <vector>

#include "engine/drape/body_outline.hpp"
#include "engine/drape/vector3.hpp"
#include "engine/person/person_model.hpp"

namespace fitview::engine {

/// What a part of the cloth can touch. Cloth passes between trunk and arms, as real cloth does: that of the trunk would
/// be pushed out to the far side of the arms, that of a sleeve through an arm that lies against the trunk.
enum class Solid { whole, without_arms, arms };

/// Immutable once made; may be shared between threads. About 6 MB. Front and back are mirror images.
struct BodyField : BodyOutline {
    Vector3 origin;  ///< of the grids' first node; the grids hold the front half (z >= 0)
    float cell = 1;
    int columns = 0, rows = 0, layers = 0;
    std::vector<float> whole;         ///< signed distances, negative inside; x fastest, then y, then z
    std::vector<float> without_arms;  ///< the same of trunk, shoulders, neck, head and legs
    std::vector<float> arms;          ///< the same of shoulders and arms
    std::vector<float> front;         ///< z of the front surface per column of nodes; negative where there is no body

    const std::vector<float>& distances(Solid solid) const {
        return solid == Solid::whole ? whole : solid == Solid::arms ? arms : without_arms;
    }
    /// Signed distance to the body; continued flat outside the grid.
    float distance(const Vector3& place, Solid solid = Solid::whole) const;
    /// The same with the outward direction.
    float distance(const Vector3& place, Vector3& outward, Solid solid = Solid::whole) const;
    /// The z of the front surface at a place of the picture; nothing where there is no body.
    std::optional<float> front_depth(float x, float y) const;
};

/// Builds the solid: an ellipse per trunk row, round cones for arms, shoulders, neck and head. Landmarks far from any
/// body are pulled to usual proportions, so it never fails. Deterministic, about 25 ms.
BodyField make_body_field(const PersonModel& person);

}  // namespace fitview::engine
