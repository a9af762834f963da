#include "storage/disk_room.hpp"

#include <sys/statvfs.h>

namespace fitview::storage {

std::optional<std::string> fault_in_room(const std::string& folder, std::uint64_t spare_bytes) {
    struct statvfs disk {};
    if (statvfs(folder.c_str(), &disk) != 0) return "the folder cannot be reached";
    if ((disk.f_flag & ST_RDONLY) != 0) return "the disk is mounted read-only: nothing can be kept";
    const bool is_full = disk.f_bavail * disk.f_frsize < spare_bytes;
    const bool lacks_files = disk.f_files > 0 && disk.f_favail == 0;  // some file systems do not count them
    if (is_full || lacks_files) return "the disk is full: reading works, little or nothing can be kept";
    return std::nullopt;
}

}  // namespace fitview::storage
