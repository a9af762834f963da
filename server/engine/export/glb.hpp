#pragma once
// Meshes as one binary glTF 2.0 file (.glb), which every 3D viewer opens.
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/drape/vector3.hpp"
#include "engine/geometry.hpp"

namespace fitview::engine {

/// One mesh with one material. Metres; x right, y up, z towards the viewer. Triangles run counter-clockwise as seen
/// from outside.
struct GlbMesh {
    std::string name;
    std::vector<Vector3> positions;
    std::vector<Point> texture_places;  ///< one per position, 0 to 1 from the texture's top left; empty without texture
    std::vector<std::array<std::uint32_t, 3>> triangles;
    std::string jpeg;                         ///< the texture; empty: `colour` alone
    std::array<float, 3> colour = {1, 1, 1};  ///< linear, multiplied with the texture
};

/// Normals are made smooth. Meshes without triangles are left out; indices must be within the positions. Deterministic.
std::string write_glb(const std::vector<GlbMesh>& meshes);

}  // namespace fitview::engine
