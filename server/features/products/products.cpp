#include "products/products.hpp"

#include <algorithm>
#include <cmath>

#include "pictures/pictures_lookup.hpp"

namespace fitview::products {

std::string garment_words_of(const Product& product) {
    return product.subcategory ? product.category.str() + " / " + product.subcategory->str() : product.category.str();
}

std::optional<engine::GarmentType> garment_type_of(const Product& product) {
    return engine::garment_type_of(garment_words_of(product));
}

std::int64_t StockedProduct::stock_of(const SizeName& size) const {
    const auto place = figures.stock.find(size);
    return place == figures.stock.end() ? 0 : place->second.get();
}

bool StockedProduct::in_stock() const {
    return std::any_of(product.sizes.begin(), product.sizes.end(),
                       [&](const SizeName& size) { return stock_of(size) > 0; });
}

ProductView view_of(const StockedProduct& stocked, const pictures::Addresses& addresses) {
    const Product& product = stocked.product;
    ProductView view{.id = product.id,
                     .retailer_id = product.retailer_id,
                     .name = product.name,
                     .description = product.description,
                     .category = product.category,
                     .subcategory = product.subcategory,
                     .tags = product.tags,
                     .price = product.price,
                     .currency = "INR",
                     .colors = product.colors,
                     .material = product.material,
                     .images = {},
                     .model_3d = {},
                     .sizes = {},
                     .in_stock = stocked.in_stock(),
                     .size_chart = product.size_chart,
                     .size_chart_of = product.size_chart_of,
                     .size_chart_unit = product.size_chart_unit,
                     .hsn = product.hsn,
                     .tax_class = product.tax_class,
                     .try_on = stocked.figures.try_on,
                     .rough_preview = product.rough_preview,
                     .is_deleted = product.is_deleted,
                     .revision = product.revision,
                     .created_at = product.created_at,
                     .updated_at = product.updated_at};
    for (const pictures::Picture& picture : product.images)
        view.images.push_back(pictures::view_of(picture, addresses));
    if (product.model_3d) view.model_3d = pictures::view_of(*product.model_3d, addresses);
    for (const SizeName& size : product.sizes) {
        view.sizes.items.push_back({.size = size, .stock = *Stock::check(stocked.stock_of(size))});
    }
    return view;
}

SearchEntry search_entry_of(const StockedProduct& stocked) {
    const Product& product = stocked.product;
    SearchEntry entry;
    entry.id = product.id;
    entry.revision = product.revision;
    entry.retailer_id = product.retailer_id;
    entry.name = product.name.str();
    entry.description = plain_text(product.description);
    entry.category = product.category.str();
    if (product.subcategory) entry.subcategory = product.subcategory->str();
    if (product.material) entry.material = product.material->str();
    for (const Label& tag : product.tags) entry.tags.push_back(tag.str());
    for (const Label& color : product.colors) entry.colors.push_back(color.str());
    for (const SizeName& size : product.sizes) {
        entry.sizes.push_back({.size = size.str(), .in_stock = stocked.stock_of(size) > 0});
    }
    entry.price_paise = product.price.paise();
    entry.created_at = product.created_at;
    entry.popularity = stocked.figures.popularity;
    return entry;
}

SearchQuery search_query_of(const ProductQuery& query) {
    const auto texts = [](const FilterTexts& given) {
        std::vector<std::string> wanted;
        for (const FilterText& text : given) {
            if (!text.str().empty()) wanted.push_back(text.str());
        }
        return wanted;
    };
    SearchQuery asked;
    if (query.search) asked.words = query.search->str();
    // A bound may have more digits than a price; what lies between two prices rounds inwards.
    constexpr double hair = 1e-6;
    if (query.min_price) asked.min_price_paise = std::llround(std::ceil(query.min_price->get() * 100 - hair));
    if (query.max_price) asked.max_price_paise = std::llround(std::floor(query.max_price->get() * 100 + hair));
    asked.categories = texts(query.category);
    asked.subcategories = texts(query.subcategory);
    asked.sizes = texts(query.size);
    asked.colors = texts(query.color);
    asked.materials = texts(query.material);
    asked.tags = texts(query.tag);
    asked.retailers = query.retailer_id.items;
    asked.in_stock = query.in_stock;
    asked.sort = query.sort.value_or(asked.words.empty() ? Sort::newest : Sort::relevance);
    const Paging paging = paging_of(query);
    asked.offset = static_cast<std::size_t>(paging.offset());
    asked.limit = static_cast<std::size_t>(paging.page_size);
    asked.facets = query.facets.value_or(false);
    return asked;
}

FacetsView view_of(const SearchFacets& facets) {
    FacetsView view{.category = facets.category,
                    .size = facets.size,
                    .color = facets.color,
                    .material = facets.material,
                    .price = {}};
    if (facets.price) {
        view.price.min = Price::from_paise(facets.price->min_paise);
        view.price.max = Price::from_paise(facets.price->max_paise);
    }
    return view;
}

}  // namespace fitview::products
