#pragma once
// A finished try-on, cut out and set into a place that suits the occasion. Everything is drawn by this code.
#include <boost/describe/enum.hpp>

#include "media/raster.hpp"

namespace fitview::engine {

enum class SceneStyle {
    casual,      ///< a sunny street
    formal,      ///< an office with a view
    party,       ///< an evening with lights
    traditional  ///< a festive courtyard
};
BOOST_DESCRIBE_ENUM(SceneStyle, casual, formal, party, traditional)

/// Pixels that the mask holds fully differ from the try-on by at most this many of 255 levels in each channel.
constexpr int scene_colour_bound = 12;

/// Sets the person of `picture` (RGB) into a scene of the same size. `person_mask` (one channel, same size) is 255 on
/// the person and the clothes, soft at the edges. People cut off by the frame and people with feet are both welcome; an
/// empty mask gives the scene alone. Deterministic, thread-safe, about a second on one thread at 768 x 1024. Fails:
/// std::invalid_argument when the rasters do not fit together or a side is under 64 px.
media::Raster set_into_scene(const media::Raster& picture, const media::Raster& person_mask, SceneStyle style);

/// The mask for `set_into_scene`, found in a picture on its own: for results whose maker gives none. As
/// `prepare_person`, about 200 ms.
media::Raster find_person_mask(const media::Raster& picture);

}  // namespace fitview::engine
