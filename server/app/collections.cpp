#include "app/collections.hpp"

#include <initializer_list>
#include <iterator>

#include "audit/audit_store.hpp"
#include "identity/session_store.hpp"
#include "identity/user_store.hpp"
#include "models/models_store.hpp"
#include "products/products_store.hpp"
#include "storage/idempotency_store.hpp"
#include "storage/lease.hpp"
#include "storage/objects/object_ledger.hpp"
#include "style/style_store.hpp"
#include "tryon/tryon_store.hpp"

namespace fitview::app {
namespace {

template <class Database>
storage::Collections all_of(Database& database,
                            std::initializer_list<storage::Collections (*)(Database&)> collections_of_stores) {
    storage::Collections all;
    for (const auto open : collections_of_stores) {
        auto some = open(database);
        all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    }
    return all;
}

}  // namespace

storage::Collections collections_of(storage::SqliteDatabase& database) {
    return all_of<storage::SqliteDatabase>(
        database, {identity::sqlite_user_collections, identity::sqlite_session_collections,
                   products::sqlite_collections, models::sqlite_collections, tryon::sqlite_collections,
                   style::sqlite_collections, audit::sqlite_collections, storage::sqlite_ledger_collections,
                   storage::sqlite_idempotency_collections, storage::sqlite_lease_collections});
}

storage::Collections collections_of(storage::MongoDatabase& database) {
    return all_of<storage::MongoDatabase>(
        database,
        {identity::mongo_user_collections, identity::mongo_session_collections, products::mongo_collections,
         models::mongo_collections, tryon::mongo_collections, style::mongo_collections, audit::mongo_collections,
         storage::mongo_ledger_collections, storage::mongo_idempotency_collections, storage::mongo_lease_collections});
}

}  // namespace fitview::app
