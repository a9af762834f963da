#include "app/move_places.hpp"

#include <filesystem>
#include <stdexcept>

#include "app/collections.hpp"
#include "reflect/json.hpp"
#include "storage/data_move.hpp"
#include "storage/lease.hpp"
#include "storage/mongo/mongo_address.hpp"
#include "storage/mongo/mongo_database.hpp"

namespace fitview::app {
namespace {

constexpr const char* database_file = "fitview.sqlite";

/// What follows `prefix`, or nothing when the text begins otherwise.
std::optional<std::string> after(const std::string& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return std::nullopt;
    return text.substr(prefix.size());
}

DatabaseAddress embedded(std::string folder, const MoveSettings& settings) {
    DatabaseAddress address{.storage = settings.storage, .shown = {}};
    if (folder.empty()) folder = settings.storage.data_dir;
    const std::filesystem::path path(folder);
    if (path.filename() == database_file) folder = path.has_parent_path() ? path.parent_path().string() : ".";
    address.storage.store = StoreKind::sqlite;
    address.storage.data_dir = folder;
    address.shown = "sqlite:" + folder;
    return address;
}

DatabaseAddress of_mongodb(const std::string& text, const MoveSettings& settings) {
    DatabaseAddress address{.storage = settings.storage, .shown = {}};
    address.storage.store = StoreKind::mongodb;
    if (text != "mongodb:") {
        address.storage.mongodb_url = Secret(text);
        if (std::string fault = storage::mongo_url_fault(address.storage.mongodb_url); !fault.empty())
            throw std::invalid_argument(fault);
        const std::string name = storage::mongo_database_in(address.storage.mongodb_url);
        if (!name.empty()) address.storage.mongodb_db_name = name;
    }
    if (std::string fault = storage::mongo_url_fault(address.storage.mongodb_url); !fault.empty())
        throw std::invalid_argument(fault);
    if (std::string fault = storage::mongo_name_fault(address.storage.mongodb_db_name); !fault.empty())
        throw std::invalid_argument(fault);
    address.shown =
        "mongodb://" + storage::mongo_hosts_in(address.storage.mongodb_url) + "/" + address.storage.mongodb_db_name;
    return address;
}

StorageSettings without_queue(StorageSettings storage) {
    storage.queue = QueueKind::redis;  // jobs are not moved, and no queue is opened
    return storage;
}

/// A lease that somebody holds means that a `serve` or `worker` runs, or was killed a moment ago.
void refuse_running_shop(storage::Collections& collections, const std::string& shown, const Timestamp& now) {
    for (const auto& collection : collections) {
        if (collection->name() != "leases") continue;
        for (const storage::StoredDocument& document : collection->read("")) {
            const auto lease = reflect::decode_own<storage::Lease>(document.text);
            if (lease.owner.empty() || lease.until <= now) continue;
            const auto seconds = std::chrono::ceil<std::chrono::seconds>(lease.until - now).count();
            throw std::runtime_error("the shop in " + shown +
                                     " is in use: stop every `fitview serve` and `fitview worker` on it. If one was "
                                     "killed, wait " +
                                     std::to_string(seconds) + " s, until its lease is over");
        }
    }
}

}  // namespace

DatabaseAddress read_database_address(const std::string& text, const MoveSettings& settings) {
    if (const auto folder = after(text, "sqlite:")) return embedded(*folder, settings);
    if (text == "mongodb:" || text.starts_with("mongodb://") || text.starts_with("mongodb+srv://")) {
        return of_mongodb(text, settings);
    }
    throw std::invalid_argument(
        "a database is sqlite:FOLDER, mongodb://HOST/DATABASE or mongodb+srv://SERVICE/DATABASE");
}

ObjectsAddress read_objects_address(const std::string& text, const MoveSettings& settings) {
    ObjectsAddress address{.kind = ObjectsKind::files, .folder = settings.storage.upload_dir, .aws = settings.aws};
    if (const auto folder = after(text, "file:")) {
        if (!folder->empty()) address.folder = *folder;
        address.shown = "file:" + address.folder;
        return address;
    }
    const auto bucket = text == "s3:" ? std::string() : after(text, "s3://");
    if (!bucket) throw std::invalid_argument("a place of pictures is file:FOLDER or s3://BUCKET");
    address.kind = ObjectsKind::s3;
    if (!bucket->empty()) address.aws.aws_s3_bucket = bucket->substr(0, bucket->find('/'));
    if (!address.aws.aws_s3_bucket) throw std::invalid_argument("s3: needs AWS_S3_BUCKET; or write s3://BUCKET");
    if (bucket->find('/') < bucket->size() - 1)
        throw std::invalid_argument("s3://BUCKET takes the whole bucket; a folder in it cannot be named");
    address.shown = "s3://" + *address.aws.aws_s3_bucket +
                    (address.aws.aws_s3_endpoint ? " at " + *address.aws.aws_s3_endpoint : std::string());
    return address;
}

DatabasePlace::DatabasePlace(const DatabaseAddress& address, const Clock& clock, IdSource& ids, telemetry::Log& log)
    : shown_(address.shown),
      lock_(address.storage.store == StoreKind::sqlite
                ? std::make_unique<ShopLock>(address.storage.data_dir, ShopLock::Use::alone)
                : nullptr),
      stores_(open_stores(without_queue(address.storage), clock, ids, log)) {
    if (stores_.sqlite) {
        collections_ = collections_of(*stores_.sqlite);
        moves_ = storage::open_sqlite_data_moves(*stores_.sqlite);
    } else {
        collections_ = collections_of(*stores_.mongo_database);
        moves_ = storage::open_mongo_data_moves(*stores_.mongo_database);
        refuse_running_shop(collections_, shown_, clock.now());
    }
}

ObjectsPlace::ObjectsPlace(const ObjectsAddress& address, const Clock& clock) : shown_(address.shown) {
    if (address.kind == ObjectsKind::s3) {
        s3_ = std::make_unique<S3Connection>(address.aws, clock);
        objects_ = s3_->open_objects();
    } else {
        objects_ = storage::open_filesystem_objects(address.folder);
    }
}

}  // namespace fitview::app
