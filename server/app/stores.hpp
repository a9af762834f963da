#pragma once
// The stores of one process, all in the one database the settings name.
#include <functional>
#include <memory>
#include <string>

#include "app/config.hpp"
#include "app/shop_lock.hpp"
#include "audit/audit_store.hpp"
#include "identity/session_store.hpp"
#include "identity/user_store.hpp"
#include "models/models_store.hpp"
#include "products/products_store.hpp"
#include "storage/change_feed.hpp"
#include "storage/idempotency_store.hpp"
#include "storage/lease.hpp"
#include "storage/objects/object_ledger.hpp"
#include "storage/unit_of_work.hpp"
#include "style/style_store.hpp"
#include "tryon/tryon_store.hpp"

namespace fitview::storage {
class MongoConnections;
class MongoDatabase;
class SqliteDatabase;
}  // namespace fitview::storage

namespace fitview::telemetry {
class Log;
}

namespace fitview::app {

/// In the order of dependence; destroyed from the bottom up.
struct Stores {
    Stores();
    ~Stores();
    Stores(Stores&&) noexcept;
    Stores& operator=(Stores&&) = delete;

    std::string engine;                                ///< sqlite or mongodb
    std::unique_ptr<storage::SqliteDatabase> sqlite;   ///< also there when only the queue is in it
    std::unique_ptr<storage::MongoConnections> mongo;  ///< null without MongoDB
    std::unique_ptr<storage::MongoConnections> mongo_probe;
    std::unique_ptr<storage::MongoDatabase> mongo_database;
    std::unique_ptr<storage::MongoDatabase> mongo_probe_database;
    std::function<void()> check;  ///< throws Unavailable when the database does not answer within a second

    std::unique_ptr<storage::UnitOfWork> unit_of_work;
    std::unique_ptr<storage::ObjectLedger> ledger;
    std::unique_ptr<storage::ChangeFeed> feed;
    std::unique_ptr<storage::Leases> leases;
    std::unique_ptr<storage::IdempotencyStore> idempotency;
    std::unique_ptr<audit::Store> audit;
    std::unique_ptr<identity::UserStore> users;
    std::unique_ptr<identity::SessionStore> sessions;
    std::unique_ptr<products::Store> products;
    std::unique_ptr<models::Store> models;
    std::unique_ptr<tryon::Store> tryons;
    std::unique_ptr<style::Store> styles;
};

/// Opens the database and every store in it, and brings its schema up to date. What MongoDB does not offer (text
/// indexes) is a warning in `log`. The references must outlive the stores.
/// Fails: std::exception with a text for people that names the database and what was tried.
Stores open_stores(const StorageSettings& settings, const Clock& clock, IdSource& ids, telemetry::Log& log);

/// The lock that every program of an embedded shop shares; null where nothing is embedded. Fails: std::runtime_error.
std::unique_ptr<ShopLock> lock_shop(const StorageSettings& settings);

/// As open_stores, but fails, too, when a move of data into them was left unfinished.
Stores open_whole_stores(const StorageSettings& settings, const Clock& clock, IdSource& ids, telemetry::Log& log);

}  // namespace fitview::app
