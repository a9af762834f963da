#pragma once
// Products as the bytes that go on the wire, encoded once.
#include <optional>
#include <string>
#include <vector>

#include "pictures/pictures_lookup.hpp"
#include "products/products_store.hpp"
#include "storage/cache/cache.hpp"

namespace fitview::products {

/// A product's JSON and its entity tag (quotes included).
struct ProductDocument {
    ProductId id;
    std::string etag;
    std::string json;
};

/// The tag of a product's page: of its revision, and of what the engine thinks of its picture.
std::string etag_of(const StockedProduct& stocked);

/// Documents out of the cache (`product:{id}`, 6 hours), else out of the store. Thread-safe; may block. A cache that is
/// away is gone without. The references must outlive it.
class ProductDocuments {
public:
    ProductDocuments(Store& store, storage::Cache& cache, const pictures::Addresses& addresses)
        : store_(store), cache_(cache), addresses_(addresses) {}

    /// The document; nothing when the product is withdrawn or never was. Fails: Unavailable.
    std::optional<ProductDocument> find(const ProductId& id);
    /// As find, but only out of the cache; nothing also when it is not there.
    std::optional<ProductDocument> find_cached(const ProductId& id);

    /// Those of `ids` that are on sale, in their order; at most one call to the store.
    std::vector<ProductDocument> find_all(const std::vector<ProductId>& ids);
    /// The same out of the cache alone; nothing when one is not there.
    std::optional<std::vector<ProductDocument>> find_all_cached(const std::vector<ProductId>& ids);

    /// Puts what was just stored into the cache, where it also bars older readers from putting back what they read.
    /// Returns its document; empty when the product is withdrawn.
    ProductDocument remember(const StockedProduct& stocked);

    static constexpr std::chrono::hours lifetime{6};

private:
    storage::SharedBytes look_up(const ProductId& id);
    std::vector<storage::SharedBytes> look_up_all(const std::vector<ProductId>& ids);

    Store& store_;
    storage::Cache& cache_;
    const pictures::Addresses& addresses_;
};

}  // namespace fitview::products
