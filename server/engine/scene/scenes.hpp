#pragma once
// The four places. Each is built around a person who stands `camera.distance` away.
#include "engine/scene/scene_space.hpp"
#include "engine/scene/style_scene.hpp"

namespace fitview::engine {

Scene street_scene(const SceneCamera& camera);
Scene office_scene(const SceneCamera& camera);
Scene party_scene(const SceneCamera& camera);
Scene courtyard_scene(const SceneCamera& camera);

}  // namespace fitview::engine
