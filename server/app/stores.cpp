#include "app/stores.hpp"

#include <filesystem>

#include "storage/data_move.hpp"
#include "storage/mongo/guide_collections.hpp"
#include "storage/mongo/mongo_database.hpp"
#include "storage/mongo/mongo_migrations.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "telemetry/log.hpp"

namespace fitview::app {
namespace {

/// Long enough for a server that is there, short enough for who asks whether it is.
constexpr std::chrono::milliseconds probe_patience{800};

std::unique_ptr<storage::SqliteDatabase> open_sqlite(const StorageSettings& settings) {
    std::filesystem::create_directories(settings.data_dir);
    const auto path = std::filesystem::path(settings.data_dir) / "fitview.sqlite";
    return std::make_unique<storage::SqliteDatabase>(storage::SqliteDatabase::open(path.string()));
}

void open_in_sqlite(Stores& stores, const Clock& clock, IdSource& ids) {
    storage::SqliteDatabase& database = *stores.sqlite;
    stores.engine = "sqlite";
    stores.check = [&database] {
        database.read([](storage::SqliteConnection& connection) { connection.prepare("SELECT 1").step(); });
    };
    stores.unit_of_work = storage::open_sqlite_unit_of_work(database);
    stores.ledger = storage::open_sqlite_object_ledger(database);
    stores.feed = storage::open_sqlite_change_feed(database);
    stores.leases = storage::open_sqlite_leases(database, clock);
    stores.idempotency = storage::open_sqlite_idempotency_store(database, clock);
    stores.audit = audit::open_sqlite_store(database, ids);
    stores.users = identity::open_sqlite_user_store(database);
    stores.sessions = identity::open_sqlite_session_store(database);
    stores.products = products::open_sqlite_store(database);
    stores.models = models::open_sqlite_store(database);
    stores.tryons = tryon::open_sqlite_store(database);
    stores.styles = style::open_sqlite_store(database);
}

/// No feature has changed its documents yet: what knows a step was made by a newer program.
void refuse_newer_documents(storage::MongoDatabase& database) {
    for (const char* feature :
         {"users", "sessions", "products", "models", "tryon", "style", "audit", "object_ledger", "idempotency"}) {
        storage::migrate(database, feature, {});
    }
}

void open_in_mongo(Stores& stores, const StorageSettings& settings, const Clock& clock, IdSource& ids,
                   telemetry::Log& log) {
    stores.engine = "mongodb";
    stores.mongo = std::make_unique<storage::MongoConnections>(settings.mongodb_url);
    stores.mongo_database = std::make_unique<storage::MongoDatabase>(*stores.mongo, settings.mongodb_db_name);
    storage::MongoDatabase& database = *stores.mongo_database;
    database.ping();
    stores.mongo_probe = std::make_unique<storage::MongoConnections>(
        settings.mongodb_url, storage::MongoPatience{.server = probe_patience, .socket = probe_patience});
    stores.mongo_probe_database =
        std::make_unique<storage::MongoDatabase>(*stores.mongo_probe, settings.mongodb_db_name);
    stores.check = [&probe = *stores.mongo_probe_database] { probe.ping(); };

    std::vector<std::string> missing;
    stores.unit_of_work = storage::open_mongo_unit_of_work(database);
    stores.ledger = storage::open_mongo_object_ledger(database);
    stores.feed = storage::open_mongo_change_feed(database);
    stores.leases = storage::open_mongo_leases(database, clock);
    stores.idempotency = storage::open_mongo_idempotency_store(database, clock);
    stores.audit = audit::open_mongo_store(database, ids);
    stores.users = identity::open_mongo_user_store(database);
    stores.sessions = identity::open_mongo_session_store(database);
    stores.products = products::open_mongo_store(database, &missing);
    stores.models = models::open_mongo_store(database);
    stores.tryons = tryon::open_mongo_store(database);
    stores.styles = style::open_mongo_store(database);
    storage::ensure_guide_collections(database);
    refuse_newer_documents(database);
    for (const std::string& what : missing) {
        log.warning("MongoDB does not offer everything; the shop does without", {{"missing", what}});
    }
}

}  // namespace

Stores::Stores() = default;
Stores::~Stores() = default;
Stores::Stores(Stores&&) noexcept = default;

Stores open_stores(const StorageSettings& settings, const Clock& clock, IdSource& ids, telemetry::Log& log) {
    Stores stores;
    const bool in_mongo = settings.store == StoreKind::mongodb;
    if (!in_mongo || settings.queue == QueueKind::sqlite) stores.sqlite = open_sqlite(settings);
    if (in_mongo)
        open_in_mongo(stores, settings, clock, ids, log);
    else
        open_in_sqlite(stores, clock, ids);
    return stores;
}

std::unique_ptr<ShopLock> lock_shop(const StorageSettings& settings) {
    if (settings.store != StoreKind::sqlite) return nullptr;
    return std::make_unique<ShopLock>(settings.data_dir, ShopLock::Use::shared);
}

Stores open_whole_stores(const StorageSettings& settings, const Clock& clock, IdSource& ids, telemetry::Log& log) {
    Stores stores = open_stores(settings, clock, ids, log);
    const auto moves = stores.mongo_database ? storage::open_mongo_data_moves(*stores.mongo_database)
                                             : storage::open_sqlite_data_moves(*stores.sqlite);
    const auto move = storage::find_move(*moves);
    if (move && !move->finished_at) {
        throw std::runtime_error("the shop is half moved, from " + move->source +
                                 ": run the same `fitview migrate-data` again, which goes on where it was");
    }
    return stores;
}

}  // namespace fitview::app
