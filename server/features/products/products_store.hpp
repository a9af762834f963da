#pragma once
// Where products live.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "products/products.hpp"
#include "products/products_lookup.hpp"
#include "storage/collection.hpp"

namespace fitview::storage {
class MongoDatabase;
class SqliteDatabase;
}  // namespace fitview::storage

namespace fitview::products {

/// The storage port of products; every back end passes `products_store_contract.hpp`. Whatever changes a product's page
/// is told by the back end's change feed (collection `products`), exactly when it is kept. Withdrawn (deleted) products
/// stay for history.
///
/// Thread-safe; blocks; joins a unit of work. Throws Unavailable when the back end is away, nothing else. Writes are
/// durable but for popularity.
class Store {
public:
    static constexpr int list_limit = 1000;

    virtual ~Store() = default;

    virtual void add(const StockedProduct& product) = 0;

    /// The product, withdrawn or not.
    virtual std::optional<StockedProduct> find(const ProductId& id) = 0;

    /// Those of `ids` (at most `list_limit`) that exist, withdrawn or not, in the order of `ids`.
    virtual std::vector<StockedProduct> find_all(const std::vector<ProductId>& ids) = 0;

    /// Replaces the document if the stored one has the revision before `product.revision`; returns whether it did.
    /// `stock` replaces what is in stock, when given.
    virtual bool replace(const Product& product, const std::optional<std::map<SizeName, Stock>>& stock) = 0;

    /// Sets what is known of the main picture. Returns whether there is such a product.
    virtual bool set_try_on(const ProductId& id, const pictures::TryOnReadiness& try_on) = 0;

    /// Adds to how often products were wanted. Returns the new sums, without ids that do not exist. Relaxed.
    virtual std::vector<PopularityChange> add_popularity(const std::vector<PopularityChange>& counts) = 0;

    /// Products on sale in the order of their ids, after `after`, at most `limit` (1 to `list_limit`).
    virtual std::vector<StockedProduct> list_on_sale(const std::optional<ProductId>& after, int limit) = 0;

    /// The retailer's products that are not withdrawn, ordered by id, at most `limit` (1 to `list_limit`).
    virtual std::vector<StockedProduct> list_of_retailer(const UserId& retailer, int limit) = 0;

    /// Takes every line out of the stock, or none: then returns the lines that are short. A size that is not there, or
    /// a product that is withdrawn, has 0. Taking again for the same order changes nothing and succeeds.
    virtual std::vector<ShortLine> take(const OrderId& order, const std::vector<StockLine>& lines) = 0;

    /// Gives back what the order took, to the sizes that are still offered. Again, or for an order that took nothing,
    /// it changes nothing. Returns whether it changed something.
    virtual bool give_back(const OrderId& order) = 0;
};

/// Opens the store inside `database`, which must outlive it; makes its tables or collections when they are missing.
std::unique_ptr<Store> open_sqlite_store(storage::SqliteDatabase& database);
/// `missing` gets what the server does not offer: the text index, which only other programs use.
std::unique_ptr<Store> open_mongo_store(storage::MongoDatabase& database, std::vector<std::string>* missing = nullptr);

/// The collection of products in the change feed.
constexpr std::string_view products_collection = "products";

/// All it keeps, document by document, for moving to another engine. The store must have been opened before.
storage::Collections sqlite_collections(storage::SqliteDatabase& database);
storage::Collections mongo_collections(storage::MongoDatabase& database);

}  // namespace fitview::products
