#pragma once
// libvips in this layer's words: started once with our limits, images that free themselves. Private to media/.
#include <vips/vips.h>

#include <memory>
#include <string>

#include "media/raster.hpp"

namespace fitview::media {

/// Starts libvips on the first call: one thread for each picture, no cache, loaders for untrusted formats off.
/// Thread-safe. Throws std::runtime_error when the library does not start.
void start_vips();

struct ReleaseVipsObject {
    void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, ReleaseVipsObject>;

/// Calls a libvips operation whose output is its first `VipsImage**` after the inputs and returns that output; null
/// when the operation failed.
template <class Operation>
Image output_of(const Operation& operation) {
    VipsImage* output = nullptr;
    if (operation(&output) != 0) return nullptr;
    return Image(output);
}

/// Throws std::invalid_argument when the raster is empty, has neither one nor three channels, or its bytes do not fit
/// its size.
void require_consistent(const Raster& raster);

/// The raster as an image that reads the raster's own memory: `raster` must outlive it. Throws as `require_consistent`.
Image view_of(const Raster& raster);

}  // namespace fitview::media
