#pragma once
// Keeps the catalogue's index and the cached documents up with the store, whichever process changed it.
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "products/product_documents.hpp"
#include "products/product_search.hpp"
#include "storage/change_feed.hpp"

namespace fitview::products {

/// Thread-safe; blocks. The references must outlive it. Everything may fail with Unavailable; then calling again goes
/// on where it stopped.
class CatalogueFollower {
public:
    CatalogueFollower(Store& store, ProductSearch& search, ProductDocuments& documents, storage::ChangeFeed& feed)
        : store_(store), search_(search), documents_(documents), feed_(feed) {}

    /// Builds the index from the store, calling `visit` for each product. To be called once before anything is
    /// searched; for a large catalogue in the background.
    void build(const std::function<void(const StockedProduct& stocked)>& visit);

    /// Takes every change since `build` or the last call (or builds anew where changes were trimmed). To be called
    /// several times a second. Returns how many changes there were.
    std::size_t follow();

private:
    void build_locked(const std::function<void(const StockedProduct& stocked)>& visit);
    void take(const std::vector<std::string>& changed);

    Store& store_;
    ProductSearch& search_;
    ProductDocuments& documents_;
    storage::ChangeFeed& feed_;
    std::mutex mutex_;
    std::unique_ptr<storage::ChangeCursor> cursor_;  ///< from the beginning of the last build
    std::vector<std::string> read_;                  ///< read from the cursor and not taken yet
};

}  // namespace fitview::products
