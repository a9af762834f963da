#include "products/catalogue_follower.hpp"

#include <algorithm>

namespace fitview::products {

void CatalogueFollower::build(const std::function<void(const StockedProduct& stocked)>& visit) {
    const std::scoped_lock lock(mutex_);
    build_locked(visit);
}

void CatalogueFollower::build_locked(const std::function<void(const StockedProduct& stocked)>& visit) {
    // Opened before the products are read: a change in between is then taken twice, never missed.
    auto cursor = feed_.follow(products_collection);
    std::optional<ProductId> last;
    search_.rebuild([&](std::vector<SearchEntry>& batch) {
        for (const StockedProduct& stocked : store_.list_on_sale(last, Store::list_limit)) {
            visit(stocked);
            batch.push_back(search_entry_of(stocked));
            last = stocked.product.id;
        }
    });
    cursor_ = std::move(cursor);
    read_.clear();
}

std::size_t CatalogueFollower::follow() {
    const std::scoped_lock lock(mutex_);
    std::size_t count = 0;
    while (cursor_) {
        if (read_.empty()) {
            storage::Changes changes = cursor_->next(storage::ChangeCursor::read_limit);
            if (!changes.complete) {
                build_locked([&](const StockedProduct& stocked) { documents_.remember(stocked); });
                return ++count;
            }
            read_ = std::move(changes.ids);
        }
        if (read_.empty()) break;
        take(read_);
        count += read_.size();
        read_.clear();
    }
    return count;
}

void CatalogueFollower::take(const std::vector<std::string>& changed) {
    std::vector<ProductId> ids;
    for (const std::string& text : changed) {
        const auto id = ProductId::check(text);
        if (id && std::find(ids.begin(), ids.end(), *id) == ids.end()) ids.push_back(*id);
    }
    if (ids.empty()) return;
    std::vector<SearchChange> entries;
    for (const StockedProduct& stocked : store_.find_all(ids)) {
        documents_.remember(stocked);
        if (stocked.product.is_deleted) {
            entries.emplace_back(SearchRemoval{.id = stocked.product.id, .revision = stocked.product.revision});
        } else {
            entries.emplace_back(search_entry_of(stocked));
        }
    }
    search_.apply(entries);
}

}  // namespace fitview::products
