#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <set>
#include <stdexcept>

#include "base/failure.hpp"
#include "base/id_source.hpp"
#include "storage/objects/objects.hpp"

namespace fitview::storage {
namespace {

/// Where objects are written before they get their name; no key can reach it, since keys have no dot in a folder.
constexpr const char* incoming_folder = ".incoming";
constexpr mode_t folder_mode = 0750;
constexpr mode_t file_mode = 0640;
/// Half-written files of a program that died are removed at the next start, unless another one may be writing them now.
constexpr auto incoming_age = std::chrono::hours(1);

[[noreturn]] void throw_error(const char* doing) {
    throw Unavailable(std::string("objects: ") + doing + ": " + std::strerror(errno));
}

/// An open file or folder, closed at the end.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) close(number_);
    }
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;

    int get() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

private:
    int number_;
};

void write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw_error("write");
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::string read_all(int file) {
    struct stat status {};
    if (fstat(file, &status) != 0) throw_error("stat");
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const ssize_t got = read(file, bytes.data() + filled, bytes.size() - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw_error("read");
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    bytes.resize(filled);
    return bytes;
}

/// The folder part of a key, empty when it has none.
std::string folder_of(const std::string& key) {
    return key.substr(0, key.find_last_of('/') + 1);
}

class FilesystemObjects final : public Objects {
public:
    explicit FilesystemObjects(const std::string& folder) : folder_(folder), root_(open_root(folder)) {
        make_folder(incoming_folder);
        remove_abandoned();
    }

    void put(const ObjectKey& key, std::string_view bytes) override {
        if (bytes.size() > size_limit) throw std::invalid_argument("objects: an object is too large");
        const std::string temporary = std::string(incoming_folder) + "/" + random_token(15);
        try {
            const Descriptor file(
                openat(root_.get(), temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, file_mode));
            if (!file) throw_error("create");
            write_all(file.get(), bytes);
            if (fsync(file.get()) != 0) throw_error("sync");
            give_name(temporary, key.str());
        } catch (...) {
            unlinkat(root_.get(), temporary.c_str(), 0);
            throw;
        }
    }

    std::optional<std::string> find(const ObjectKey& key) override {
        const Descriptor file(openat(root_.get(), key.str().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
        if (file) return read_all(file.get());
        if (is_absence()) return std::nullopt;
        throw_error("open");
    }

    bool exists(const ObjectKey& key) override {
        if (faccessat(root_.get(), key.str().c_str(), F_OK, 0) == 0) return true;
        if (is_absence()) return false;
        throw_error("access");
    }

    bool remove(const ObjectKey& key) override {
        if (unlinkat(root_.get(), key.str().c_str(), 0) != 0) {
            if (is_absence()) return false;
            throw_error("remove");
        }
        sync_folder(folder_of(key.str()));
        remove_empty_folders(folder_of(key.str()));
        return true;
    }

    std::vector<ObjectKey> list(std::string_view prefix, const std::optional<ObjectKey>& after, int limit) override {
        if (limit < 1 || limit > list_limit) throw std::invalid_argument("objects: limit out of range");
        std::set<ObjectKey> keys;
        const std::filesystem::path root(folder_);
        std::error_code error;
        std::filesystem::recursive_directory_iterator entry(root, error);
        for (; !error && entry != std::filesystem::recursive_directory_iterator(); entry.increment(error)) {
            const std::string name = entry->path().lexically_relative(root).string();
            const bool is_folder = entry->is_directory(error);
            const std::size_t common = std::min(name.size(), prefix.size());
            if (name.compare(0, common, prefix.substr(0, common)) != 0) {
                if (is_folder) entry.disable_recursion_pending();
                continue;
            }
            const Checked<ObjectKey> key = ObjectKey::check(name);
            if (is_folder || !key || !name.starts_with(prefix) || (after && *key <= *after)) continue;
            keys.insert(*key);
            if (keys.size() > static_cast<std::size_t>(limit)) keys.erase(std::prev(keys.end()));
        }
        // What was removed while we walked is no fault.
        if (error && error != std::errc::no_such_file_or_directory)
            throw Unavailable("objects: list: " + error.message());
        return {keys.begin(), keys.end()};
    }

private:
    static Descriptor open_root(const std::string& folder) {
        std::error_code error;
        std::filesystem::create_directories(folder, error);
        Descriptor root(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!root) throw_error("open the folder");
        return root;
    }

    static bool is_absence() { return errno == ENOENT || errno == ENOTDIR || errno == ELOOP; }

    /// Returns whether it had to be made. A missing parent is no fault: another process may have just removed it.
    bool make_folder(const std::string& folder) const {
        if (mkdirat(root_.get(), folder.c_str(), folder_mode) == 0) return true;
        if (errno != EEXIST && errno != ENOENT) throw_error("make a folder");
        return false;
    }

    bool make_folders_of(const std::string& key) const {
        bool made = false;
        for (std::size_t slash = key.find('/'); slash != std::string::npos; slash = key.find('/', slash + 1)) {
            made = make_folder(key.substr(0, slash)) || made;
        }
        return made;
    }

    void give_name(const std::string& temporary, const std::string& key) {
        const bool made_folders = rename_into_place(temporary, key);
        std::string folder = folder_of(key);
        sync_folder(folder);
        while (made_folders && !folder.empty()) {
            folder.pop_back();
            folder = folder_of(folder);
            sync_folder(folder);
        }
    }

    /// Returns whether folders had to be made.
    bool rename_into_place(const std::string& temporary, const std::string& key) {
        const std::lock_guard guard(folders_lock_);
        bool made_folders = false;
        constexpr int tries = 10;  // another process may take an empty folder away again
        for (int left = tries; left > 0; --left) {
            if (renameat(root_.get(), temporary.c_str(), root_.get(), key.c_str()) == 0) return made_folders;
            if (errno != ENOENT) break;
            made_folders = make_folders_of(key) || made_folders;
        }
        throw_error("rename");
    }

    /// A folder named for a person must not outlive the person's pictures.
    void remove_empty_folders(std::string folder) {
        const std::lock_guard guard(folders_lock_);
        while (!folder.empty()) {
            folder.pop_back();
            if (unlinkat(root_.get(), folder.c_str(), AT_REMOVEDIR) != 0) return;
            folder = folder_of(folder);
        }
    }

    /// Makes names that came or went survive the loss of power.
    void sync_folder(const std::string& folder) const {
        const Descriptor opened(
            openat(root_.get(), folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!opened && errno == ENOENT) return;  // removed meanwhile, empty
        if (!opened || fsync(opened.get()) != 0) throw_error("sync a folder");
    }

    void remove_abandoned() const {
        std::error_code error;
        const auto oldest = std::filesystem::file_time_type::clock::now() - incoming_age;
        for (const auto& entry : std::filesystem::directory_iterator(folder_ + "/" + incoming_folder, error)) {
            const auto written = entry.last_write_time(error);
            if (!error && written < oldest) std::filesystem::remove(entry.path(), error);
        }
    }

    const std::string folder_;
    const Descriptor root_;
    std::mutex folders_lock_;  ///< of making and removing folders, so that a put here never loses the one it needs
};

}  // namespace

std::unique_ptr<Objects> open_filesystem_objects(const std::string& folder) {
    return std::make_unique<FilesystemObjects>(folder);
}

}  // namespace fitview::storage
