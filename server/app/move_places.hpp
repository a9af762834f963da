#pragma once
// The places a shop's data can be moved between, as the command line names them.
#include <functional>
#include <memory>
#include <string>

#include "app/config.hpp"
#include "app/s3_connection.hpp"
#include "app/shop_lock.hpp"
#include "app/stores.hpp"
#include "base/id_source.hpp"
#include "base/time.hpp"
#include "storage/collection.hpp"
#include "storage/objects/objects.hpp"
#include "telemetry/log.hpp"

namespace fitview::app {

/// What the settings say; places name parts of it anew.
struct MoveSettings {
    StorageSettings storage;
    AwsSettings aws;
};

/// A database: `sqlite:FOLDER` or `mongodb://…/DATABASE`; `sqlite:` and `mongodb:` alone are what the settings name.
struct DatabaseAddress {
    StorageSettings storage;  ///< `store` is sqlite or mongodb
    std::string shown;        ///< for messages; holds no secret
};

/// Fails: std::invalid_argument, whose text repeats nothing of a connection string.
DatabaseAddress read_database_address(const std::string& text, const MoveSettings& settings);

/// A place of pictures: `file:FOLDER` or `s3://BUCKET`; `file:` and `s3:` alone are what the settings name.
struct ObjectsAddress {
    ObjectsKind kind = ObjectsKind::files;
    std::string folder;
    AwsSettings aws;
    std::string shown;
};

/// Fails: std::invalid_argument.
ObjectsAddress read_objects_address(const std::string& text, const MoveSettings& settings);

/// A database with every collection in it, used by nobody else as long as it is open.
class DatabasePlace {
public:
    /// Makes what is missing and brings the schema up to date. Fails: std::exception with a text for people: who uses
    /// it, or what was tried.
    DatabasePlace(const DatabaseAddress& address, const Clock& clock, IdSource& ids, telemetry::Log& log);

    const std::string& shown() const { return shown_; }
    storage::Collections& collections() { return collections_; }
    storage::Collection& moves() { return *moves_; }

private:
    std::string shown_;
    std::unique_ptr<ShopLock> lock_;  ///< of an embedded one
    Stores stores_;
    storage::Collections collections_;
    std::unique_ptr<storage::Collection> moves_;
};

/// Where pictures are.
class ObjectsPlace {
public:
    ObjectsPlace(const ObjectsAddress& address, const Clock& clock);
    const std::string& shown() const { return shown_; }
    storage::Objects& objects() { return *objects_; }

private:
    std::string shown_;
    std::unique_ptr<S3Connection> s3_;
    std::unique_ptr<storage::Objects> objects_;
};

}  // namespace fitview::app
