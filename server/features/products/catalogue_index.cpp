#include "products/catalogue_index.hpp"

namespace fitview::products {

SearchPage CatalogueIndex::find(const SearchQuery& query) const {
    return copies_.read([&](const Catalogue& catalogue) { return catalogue.find(query); });
}

void CatalogueIndex::apply(const std::vector<SearchChange>& changes) {
    copies_.change([&](Catalogue& catalogue) {
        for (const SearchChange& change : changes) catalogue.apply(change);
    });
}

void CatalogueIndex::set_popularity(const std::vector<PopularityChange>& changes) {
    copies_.change([&](Catalogue& catalogue) {
        for (const PopularityChange& change : changes) catalogue.set_popularity(change);
    });
}

void CatalogueIndex::rebuild(const NextBatch& next_batch) {
    copies_.replace([&] {
        Catalogue catalogue;
        std::vector<SearchEntry> batch;
        for (next_batch(batch); !batch.empty(); next_batch(batch)) {
            catalogue.load(batch);
            batch.clear();
        }
        catalogue.finish_loading();
        return catalogue;
    });
}

std::size_t CatalogueIndex::size() const {
    return copies_.read([](const Catalogue& catalogue) { return catalogue.size(); });
}

std::size_t CatalogueIndex::bytes() const {
    return 2 * copies_.read([](const Catalogue& catalogue) { return catalogue.bytes(); });
}

}  // namespace fitview::products
