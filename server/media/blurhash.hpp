#pragma once
// BlurHash (blurha.sh): a picture's colours in about thirty characters, to show while it loads.
#include <string>

#include "media/raster.hpp"

namespace fitview::media {

/// The hash of a three-channel raster with `columns` x `rows` components, each from 1 to 9. The time grows with the
/// pixels: give it a picture of a few dozen pixels.
std::string blurhash(const Raster& raster, int columns, int rows);

}  // namespace fitview::media
