#pragma once
// From bytes to an upright sRGB raster, in this process. Private to media/: others use pictures.hpp.
#include <optional>
#include <string_view>

#include "media/pictures.hpp"
#include "media/raster.hpp"

namespace fitview::media {

/// What can be told without starting a decoder: too many bytes, none of the five formats, several frames.
/// Nothing when the bytes are worth decoding.
std::optional<Refusal> refuse_by_content(std::string_view bytes);

/// Decodes as PictureDecoder::decode says, on the calling thread. Calls must not overlap: libvips keeps the messages
/// this reads in one place for the whole process.
Accepted<Raster> decode_here(std::string_view bytes, int max_side);

/// `decode_here` and everything of PictureDecoder::prepare. Calls must not overlap.
Accepted<StoredPicture> prepare_here(std::string_view bytes);

}  // namespace fitview::media
