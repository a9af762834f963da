#pragma once
// Whether a folder's disk takes what is to be kept.
#include <cstdint>
#include <optional>
#include <string>

namespace fitview::storage {

/// Less than this and a picture or a group of writes may not find room any more.
inline constexpr std::uint64_t spare_disk_bytes = std::uint64_t{8} << 20U;

/// Why nothing more can be kept in `folder`, in words for everybody; nothing when it can. Asks the file system and
/// writes nothing: some microseconds. Thread-safe.
std::optional<std::string> fault_in_room(const std::string& folder, std::uint64_t spare_bytes = spare_disk_bytes);

}  // namespace fitview::storage
