#pragma once
// A room or street of flat painted panels, seen through a camera at the place of the photographer.
#include <functional>
#include <vector>

#include "engine/scene/procedural.hpp"

namespace fitview::engine {

/// Metres: x to the right of the person, y up from the floor, z away from the camera.
struct Spot {
    float x = 0, y = 0, z = 0;
};

/// What a panel shows at one spot.
struct Paint {
    Light light;
    float cover = 1;  ///< 0: nothing is there, what lies behind shows
};

/// A flat rectangle square to one axis.
struct Panel {
    enum class Facing { sideways, up, camera };  ///< lies at one x, one y, one z

    Facing facing = Facing::camera;
    float at = 0;                      ///< the x, y or z it lies at
    Spot from, to;                     ///< the extent along the other two axes
    std::function<Paint(Spot)> paint;  ///< called from several places, must be pure
    float gloss = 0;                   ///< share of the mirror image that is added, 0 to 1
};

/// An out-of-focus lamp.
struct Lamp {
    Spot place;
    float radius = 0.02F;  ///< of the lamp itself, m
    Light light;
    float glow = 0.12F;  ///< of the air around it
};

/// The photographer's camera: the person stands at x = 0 on the floor, `distance` away.
struct SceneCamera {
    cv::Size size;
    float focal = 0;     ///< px
    float middle_x = 0;  ///< column of x = 0
    float horizon = 0;   ///< row of the camera's height
    float height = 0;    ///< above the floor, m
    float distance = 0;  ///< to the person, m

    float column(const Spot& spot) const { return middle_x + focal * spot.x / spot.z; }
    float row(const Spot& spot) const { return horizon - focal * (spot.y - height) / spot.z; }
    float pixels_per_metre(float z) const { return focal / z; }
};

struct Scene {
    std::vector<Panel> panels;
    std::function<Light(float across, float up)> sky;  ///< by direction: tangents from straight ahead
    std::vector<Lamp> lamps;
    Light grade{1, 1, 1};  ///< what the scene's light does to the person; see `set_into_scene` for its bound
    Light edge{1, 1, 1};   ///< light from behind that touches the person's outline
    float from_left = 0;   ///< -1 to 1: the side the light comes from
    float shadow = 0.5F;   ///< how dark the person's shadow is
    float reflection = 0;  ///< how much of the person the floor mirrors
    float blur = 1;        ///< how far the lens is opened
};

/// A scene seen sharply, with the distance of everything.
struct SeenScene {
    cv::Mat light;  ///< 32FC3 linear RGB
    cv::Mat depth;  ///< 32FC1, m
};

/// Draws the panels, four rays a pixel. Deterministic, one thread.
SeenScene look_at(const Scene& scene, const SceneCamera& camera);

/// What a lens focused on the person makes of it: blurred by distance, lamps as discs. 32FC3 linear RGB.
cv::Mat through_lens(const SeenScene& seen, const Scene& scene, const SceneCamera& camera);

}  // namespace fitview::engine
