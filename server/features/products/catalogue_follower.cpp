#include "products/catalogue_follower.hpp"

#include <algorithm>

namespace fitview::products {

void CatalogueFollower::build(const std::function<void(const StockedProduct& stocked)>& visit) {
    const std::scoped_lock lock(mutex_);
    build_locked(visit);
}

void CatalogueFollower::build_locked(const std::function<void(const StockedProduct& stocked)>& visit) {
    // Read before the products are: a change in between is then taken twice, never missed.
    const std::int64_t latest = feed_.latest();
    std::optional<ProductId> last;
    search_.rebuild([&](std::vector<SearchEntry>& batch) {
        for (const StockedProduct& stocked : store_.list_on_sale(last, Store::list_limit)) {
            visit(stocked);
            batch.push_back(search_entry_of(stocked));
            last = stocked.product.id;
        }
    });
    seen_ = latest;
}

std::size_t CatalogueFollower::follow() {
    const std::scoped_lock lock(mutex_);
    std::size_t count = 0;
    while (feed_.latest() > seen_) {
        const storage::Changes changes = feed_.since(seen_, storage::ChangeFeed::read_limit);
        if (!changes.complete) {
            build_locked([&](const StockedProduct& stocked) { documents_.remember(stocked); });
            return ++count;
        }
        if (changes.items.empty()) break;
        take(changes.items);
        count += changes.items.size();
        seen_ = changes.items.back().sequence;
    }
    return count;
}

void CatalogueFollower::take(const std::vector<storage::Change>& changes) {
    std::vector<ProductId> ids;
    for (const storage::Change& change : changes) {
        if (change.collection != products_collection) continue;
        const auto id = ProductId::check(change.id);
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
