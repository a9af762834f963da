#pragma once
// Where models live.
#include <memory>
#include <optional>
#include <vector>

#include "models/models.hpp"
#include "storage/collection.hpp"

namespace fitview::storage {
class MongoDatabase;
class SqliteDatabase;
}  // namespace fitview::storage

namespace fitview::models {

/// One page of a list and how many there are on all pages.
struct ModelPage {
    std::vector<KnownModel> items;
    std::int64_t total = 0;
};

/// The storage port of models; every back end passes `models_store_contract.hpp`. Withdrawn models stay for history.
///
/// Thread-safe; blocks; joins a unit of work. Throws Unavailable when the back end is away, nothing else. Writes are
/// durable but for the usage count.
class Store {
public:
    static constexpr int list_limit = 1000;

    virtual ~Store() = default;

    virtual void add(const KnownModel& model) = 0;

    /// The model, withdrawn or not.
    virtual std::optional<KnownModel> find(const ModelId& id) = 0;

    /// Those of `ids` (at most `list_limit`) that exist, withdrawn or not, in the order of `ids`.
    virtual std::vector<KnownModel> find_all(const std::vector<ModelId>& ids) = 0;

    /// Replaces the document if the stored one has the revision before `model.revision`; returns whether it did.
    virtual bool replace(const Model& model) = 0;

    /// Sets what is known of the picture. Returns whether there is such a model.
    virtual bool set_try_on(const ModelId& id, const pictures::TryOnReadiness& try_on) = 0;

    /// Adds one to the usage count, if the model exists. Relaxed.
    virtual void count_use(const ModelId& id) = 0;

    /// The page `query` asks for, of the models that are listed and those of `viewer`; equal ones are ordered by id.
    virtual ModelPage list(const ModelQuery& query, const std::optional<UserId>& viewer) = 0;

    /// The retailer's models that are not withdrawn, ordered by id, at most `limit` (1 to `list_limit`).
    virtual std::vector<KnownModel> list_of_retailer(const UserId& retailer, int limit) = 0;

    /// Models whose picture waits to be looked at, ordered by id, after `after`, at most `limit` (1 to `list_limit`).
    virtual std::vector<KnownModel> list_pending(const std::optional<ModelId>& after, int limit) = 0;
};

/// Opens the store inside `database`, which must outlive it; makes its tables or collections when they are missing.
std::unique_ptr<Store> open_sqlite_store(storage::SqliteDatabase& database);
std::unique_ptr<Store> open_mongo_store(storage::MongoDatabase& database);

/// All it keeps, document by document, for moving to another engine. The store must have been opened before.
storage::Collections sqlite_collections(storage::SqliteDatabase& database);
storage::Collections mongo_collections(storage::MongoDatabase& database);

}  // namespace fitview::models
