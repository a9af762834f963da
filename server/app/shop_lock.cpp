#include "app/shop_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <system_error>

namespace fitview::app {

// A file of its own: closing any descriptor of the database would drop the locks SQLite holds on it.
ShopLock::ShopLock(const std::string& folder, Use use) {
    std::filesystem::create_directories(folder);
    const std::string path = (std::filesystem::path(folder) / "fitview.lock").string();
    constexpr mode_t owner_only = 0600;
    file_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, owner_only);
    if (file_ < 0)
        throw std::runtime_error("'" + path + "' cannot be opened: " + std::generic_category().message(errno));
    if (flock(file_, (use == Use::alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0) return;
    close(file_);
    throw std::runtime_error(
        use == Use::alone
            ? "the shop in '" + folder + "' is in use: stop every `fitview serve` and `fitview worker` on it"
            : "the shop in '" + folder + "' is being moved by `fitview migrate-data`; wait until it is done");
}

ShopLock::~ShopLock() {
    close(file_);
}

}  // namespace fitview::app
