#pragma once
// What a file is, told from its first bytes and its table of contents; nothing is decoded.
#include <optional>
#include <string_view>

namespace fitview::media {

enum class PictureFormat { jpeg, png, webp, heif };  ///< heif is AVIF or HEIC: one container, one loader

/// The format the content claims, whatever the file is called; nothing when it is none of those accepted.
std::optional<PictureFormat> judge_format(std::string_view bytes);

/// Whether the container itself announces several frames, for the cases the loader does not tell: an animated PNG, an
/// AVIF or HEIC sequence. Other pictures in a phone's file (gain map, depth, thumbnail) are not frames.
bool announces_frames(PictureFormat format, std::string_view bytes);

}  // namespace fitview::media
