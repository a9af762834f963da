#include "app/backup.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/interprocess/file_mapping.hpp>
#include <boost/interprocess/mapped_region.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <vector>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "base/failure.hpp"
#include "storage/objects/object_ledger.hpp"
#include "storage/sqlite/snapshot.hpp"

namespace fitview::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* database_name = "fitview.sqlite";
constexpr const char* secret_name = "jwt_secret";
constexpr const char* pictures_folder = "uploads";
constexpr const char* sums_name = "SHA256SUMS";
constexpr std::int64_t progress_every = 500;
constexpr int page = storage::Objects::list_limit;

std::string hash_of(const fs::path& file) {
    if (fs::file_size(file) == 0) return hex(sha256(""));
    const boost::interprocess::file_mapping mapping(file.c_str(), boost::interprocess::read_only);
    const boost::interprocess::mapped_region region(mapping, boost::interprocess::read_only);
    return hex(sha256({static_cast<const char*>(region.get_address()), region.get_size()}));
}

/// Makes what was written to a file or a folder survive a loss of power.
void sync(const fs::path& path) {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool done = file >= 0 && fsync(file) == 0;
    if (file >= 0) close(file);
    if (!done) throw Unavailable("backup: a file could not be written to the disk");
}

/// Every key of the snapshot's ledger, page by page.
template <class Each>
void for_each_key(const fs::path& database, Each each) {
    std::optional<storage::ObjectKey> after;
    while (true) {
        const auto keys = storage::keys_in_snapshot(database.string(), after, page);
        for (const storage::ObjectKey& key : keys) each(key);
        if (static_cast<int>(keys.size()) < page) return;
        after = keys.back();
    }
}

/// One copy in the making; its sums are written as it grows.
class Copy {
public:
    Copy(storage::Objects& objects, const fs::path& folder, std::ostream& progress)
        : objects_(objects),
          folder_(folder),
          pictures_(storage::open_filesystem_objects((folder / pictures_folder).string())),
          progress_(progress) {}

    /// Returns whether the picture is in the copy now.
    bool take(const storage::ObjectKey& key) {
        if (sums_.contains(key.str())) return true;
        const auto bytes = objects_.find(key);
        if (!bytes) return false;
        pictures_->put(key, *bytes);
        sums_[key.str()] = hex(sha256(*bytes));
        if (static_cast<std::int64_t>(sums_.size()) % progress_every == 0) {
            progress_ << sums_.size() << " pictures copied\n" << std::flush;
        }
        return true;
    }

    /// Removes what was erased while the copy was made: `kept` is what the snapshot knows.
    void keep_only(const std::set<std::string>& kept) {
        std::erase_if(sums_, [&](const auto& entry) {
            if (kept.contains(entry.first)) return false;
            pictures_->remove(storage::ObjectKey::of(entry.first));
            return true;
        });
    }

    std::int64_t pictures() const { return static_cast<std::int64_t>(sums_.size()); }

    void write_sums() const {
        std::ofstream file(folder_ / sums_name);
        for (const char* name : {database_name, secret_name}) {
            if (fs::exists(folder_ / name)) file << hash_of(folder_ / name) << "  " << name << '\n';
        }
        for (const auto& [key, sum] : sums_) file << sum << "  " << pictures_folder << '/' << key << '\n';
        file.close();
        if (!file) throw Unavailable("backup: the list of sums could not be written");
        sync(folder_ / sums_name);
    }

private:
    storage::Objects& objects_;
    fs::path folder_;
    std::unique_ptr<storage::Objects> pictures_;
    std::ostream& progress_;
    std::map<std::string, std::string> sums_;
};

void copy_private(const fs::path& from, const fs::path& to) {
    fs::copy_file(from, to);
    fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write);
    sync(to);
}

using Sums = std::map<std::string, std::string>;  ///< by file, relative to the copy

/// The sums of a copy, and every file found to fit them.
Sums checked_sums(const fs::path& folder, std::ostream& progress) {
    std::ifstream file(folder / sums_name);
    if (!file) throw BackupFault{"'" + folder.string() + "' is no whole backup: it has no " + sums_name};
    Sums sums;
    std::string line;
    while (std::getline(file, line)) {
        constexpr std::size_t sum_size = 64;
        const std::string name = line.size() > sum_size + 2 ? line.substr(sum_size + 2) : "";
        const bool picture = name.starts_with(std::string(pictures_folder) + "/") &&
                             storage::ObjectKey::check(name.substr(std::string_view(pictures_folder).size() + 1));
        if (!picture && name != database_name && name != secret_name) {
            throw BackupFault{std::string(sums_name) + " names a file that belongs to no backup"};
        }
        if (!fs::exists(folder / name) || hash_of(folder / name) != line.substr(0, sum_size)) {
            throw BackupFault{"'" + name + "' is missing from the backup or not what it was; nothing was restored"};
        }
        sums[name] = line.substr(0, sum_size);
        if (static_cast<std::int64_t>(sums.size()) % progress_every == 0) {
            progress << sums.size() << " files checked\n" << std::flush;
        }
    }
    if (!sums.contains(database_name)) throw BackupFault{"the backup has no database"};
    return sums;
}

void refuse_other_pictures(storage::Objects& objects, const Sums& sums) {
    std::optional<storage::ObjectKey> after;
    while (true) {
        const auto keys = objects.list("", after, page);
        for (const storage::ObjectKey& key : keys) {
            if (!sums.contains(std::string(pictures_folder) + "/" + key.str())) {
                throw BackupFault{"there are pictures of another shop already; restore into an empty place"};
            }
        }
        if (static_cast<int>(keys.size()) < page) return;
        after = keys.back();
    }
}

}  // namespace

BackupCount back_up(const std::string& data_dir, storage::Objects& objects, const std::string& folder,
                    std::ostream& progress) {
    const fs::path database = fs::path(data_dir) / database_name;
    if (!fs::exists(database)) throw BackupFault{"there is no shop in '" + data_dir + "'"};
    if (fs::exists(folder)) throw BackupFault{"'" + folder + "' exists already; name a new folder"};
    const fs::path making = fs::path(folder).lexically_normal().string() + ".partial";
    fs::remove_all(making);
    fs::create_directories(making);
    fs::permissions(making, fs::perms::owner_all);

    Copy copy(objects, making, progress);
    // Most pictures first, so that little can be erased between the database's moment and the last copy.
    for_each_key(database, [&](const storage::ObjectKey& key) { copy.take(key); });
    storage::write_snapshot(database.string(), (making / database_name).string());
    BackupCount count;
    std::set<std::string> known;
    for_each_key(making / database_name, [&](const storage::ObjectKey& key) {
        known.insert(key.str());
        if (!copy.take(key)) ++count.missing;
    });
    copy.keep_only(known);
    count.pictures = copy.pictures();
    const fs::path secret = fs::path(data_dir) / secret_name;
    if (fs::exists(secret)) copy_private(secret, making / secret_name);
    fs::permissions(making / database_name, fs::perms::owner_read | fs::perms::owner_write);
    sync(making / database_name);
    copy.write_sums();
    sync(making);
    fs::rename(making, folder);
    return count;
}

BackupCount restore(const std::string& folder, const std::string& data_dir, storage::Objects& objects,
                    std::ostream& progress) {
    const fs::path database = fs::path(data_dir) / database_name;
    if (fs::exists(database)) throw BackupFault{"'" + data_dir + "' holds a shop already; restore into an empty place"};
    const Sums sums = checked_sums(folder, progress);
    refuse_other_pictures(objects, sums);
    const auto pictures = storage::open_filesystem_objects((fs::path(folder) / pictures_folder).string());
    BackupCount count;
    for (const auto& entry : sums) {
        const std::string prefix = std::string(pictures_folder) + "/";
        if (!entry.first.starts_with(prefix)) continue;
        const auto key = storage::ObjectKey::of(entry.first.substr(prefix.size()));
        const auto bytes = pictures->find(key);
        if (!bytes) throw BackupFault{"'" + entry.first + "' went from the backup while it was read"};
        objects.put(key, *bytes);
        if (++count.pictures % progress_every == 0) progress << count.pictures << " pictures restored\n" << std::flush;
    }
    fs::create_directories(data_dir);
    if (sums.contains(secret_name)) {
        fs::remove(fs::path(data_dir) / secret_name);
        copy_private(fs::path(folder) / secret_name, fs::path(data_dir) / secret_name);
    }
    // The database last, in one step: without it there is no shop, and the command can be repeated.
    const fs::path incoming = database.string() + ".restoring";
    fs::remove(incoming);
    copy_private(fs::path(folder) / database_name, incoming);
    fs::rename(incoming, database);
    sync(data_dir);
    return count;
}

}  // namespace fitview::app
