#pragma once
// Products: as they are stored, as they are sent in, and as the wire shows them.
#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/list.hpp"
#include "base/nullable.hpp"
#include "base/number.hpp"
#include "base/page.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "engine/fit_points_document.hpp"
#include "engine/garment/garment_type.hpp"
#include "pictures/pictures.hpp"
#include "products/product_search.hpp"
#include "products/product_values.hpp"

namespace fitview::products {

constexpr std::size_t pictures_max = 10;

/// A product's document. Stock, popularity and what the engine thinks of its picture change without the product being
/// edited and are kept beside it (Figures).
struct Product {
    ProductId id;
    UserId retailer_id;
    ProductName name;
    std::string description;  ///< sanitised HTML
    Category category;
    std::optional<Category> subcategory;
    Tags tags;
    Price price;
    Colors colors;
    std::optional<Material> material;
    std::vector<pictures::Picture> images;               ///< the first is the main one
    std::optional<engine::GarmentFitPoints> fit_points;  ///< corrections for the main one
    std::optional<pictures::Model3d> model_3d;
    bool rough_preview = false;  ///< try-ons below the quality floor are shown, marked so, instead of refused
    std::vector<SizeName> sizes;
    SizeChart size_chart;
    SizeChartOf size_chart_of = SizeChartOf::body;
    SizeChartUnit size_chart_unit = SizeChartUnit::cm;
    std::optional<Hsn> hsn;
    TaxClass tax_class = TaxClass::apparel;
    bool is_deleted = false;
    std::int64_t revision = 1;  ///< counts changes, of the stock too
    Timestamp created_at;
    Timestamp updated_at;

    bool operator==(const Product&) const = default;
};
/// Category and subcategory in one text, as engine::garment_type_of reads them: the subcategory's words come last.
std::string garment_words_of(const Product& product);
/// What the product is, by the one table; nothing when neither word is known: then the picture decides.
std::optional<engine::GarmentType> garment_type_of(const Product& product);
BOOST_DESCRIBE_STRUCT(Product, (),
                      (id, retailer_id, name, description, category, subcategory, tags, price, colors, material, images,
                       fit_points, model_3d, rough_preview, sizes, size_chart, size_chart_of, size_chart_unit, hsn,
                       tax_class, is_deleted, revision, created_at, updated_at))

/// What changes beside a product's document.
struct Figures {
    std::map<SizeName, Stock> stock;   ///< by the names of Product::sizes
    pictures::TryOnReadiness try_on;   ///< of the main picture
    std::int64_t try_on_revision = 0;  ///< counts changes of `try_on`
    std::uint32_t popularity = 0;

    bool operator==(const Figures&) const = default;
};
BOOST_DESCRIBE_STRUCT(Figures, (), (stock, try_on, try_on_revision, popularity))

/// A product with all that is known of it.
struct StockedProduct {
    Product product;
    Figures figures;

    std::int64_t stock_of(const SizeName& size) const;
    bool in_stock() const;
    /// Grows with each change of what a product's page shows.
    std::int64_t version() const { return product.revision + figures.try_on_revision; }
    bool operator==(const StockedProduct&) const = default;
};
BOOST_DESCRIBE_STRUCT(StockedProduct, (), (product, figures))

/// Body of POST /products.
struct NewProduct {
    ProductName name;
    Category category;
    Price price;
    Sizes sizes;
    std::optional<Description> description;
    std::optional<Category> subcategory;
    std::optional<Tags> tags;
    std::optional<Colors> colors;
    std::optional<Material> material;
    std::optional<SizeChart> size_chart;
    std::optional<SizeChartOf> size_chart_of;
    std::optional<SizeChartUnit> size_chart_unit;
    std::optional<Hsn> hsn;
    std::optional<TaxClass> tax_class;
    std::optional<bool> rough_preview;
};
BOOST_DESCRIBE_STRUCT(NewProduct, (),
                      (name, category, price, sizes, description, subcategory, tags, colors, material, size_chart,
                       size_chart_of, size_chart_unit, hsn, tax_class, rough_preview))

/// Body of PUT /products/{id}. Left out: stays as it is; null: cleared.
struct ProductChange {
    std::optional<ProductName> name;
    std::optional<Category> category;
    std::optional<Price> price;
    std::optional<Sizes> sizes;
    std::optional<Description> description;
    std::optional<Nullable<Category>> subcategory;
    std::optional<Tags> tags;
    std::optional<Colors> colors;
    std::optional<Nullable<Material>> material;
    std::optional<SizeChart> size_chart;
    std::optional<SizeChartOf> size_chart_of;
    std::optional<SizeChartUnit> size_chart_unit;
    std::optional<Nullable<Hsn>> hsn;
    std::optional<TaxClass> tax_class;
    std::optional<bool> rough_preview;
};
BOOST_DESCRIBE_STRUCT(ProductChange, (),
                      (name, category, price, sizes, description, subcategory, tags, colors, material, size_chart,
                       size_chart_of, size_chart_unit, hsn, tax_class, rough_preview))

/// Body of PUT /products/{id}/images/order.
struct PictureOrder {
    List<PictureId, 0, pictures_max> image_ids;
};
BOOST_DESCRIBE_STRUCT(PictureOrder, (), (image_ids))

/// A product as the wire shows it.
struct ProductView {
    ProductId id;
    UserId retailer_id;
    ProductName name;
    std::string description;
    Category category;
    Nullable<Category> subcategory;
    Tags tags;
    Price price;
    std::string currency = "INR";
    Colors colors;
    Nullable<Material> material;
    std::vector<pictures::PictureView> images;
    std::optional<pictures::Model3dView> model_3d;
    Sizes sizes;
    bool in_stock = false;
    SizeChart size_chart;
    SizeChartOf size_chart_of = SizeChartOf::body;
    SizeChartUnit size_chart_unit = SizeChartUnit::cm;
    Nullable<Hsn> hsn;
    TaxClass tax_class = TaxClass::apparel;
    pictures::TryOnReadiness try_on;
    bool rough_preview = false;
    bool is_deleted = false;
    std::int64_t revision = 1;
    Timestamp created_at;
    Timestamp updated_at;

    static constexpr std::string_view schema_name = "Product";
};
BOOST_DESCRIBE_STRUCT(ProductView, (),
                      (id, retailer_id, name, description, category, subcategory, tags, price, currency, colors,
                       material, images, model_3d, sizes, in_stock, size_chart, size_chart_of, size_chart_unit, hsn,
                       tax_class, try_on, rough_preview, is_deleted, revision, created_at, updated_at))

ProductView view_of(const StockedProduct& stocked, const pictures::Addresses& addresses);

/// What the catalogue's index keeps of it.
SearchEntry search_entry_of(const StockedProduct& stocked);

using FilterText = Text<0, 100>;
using FilterTexts = List<FilterText, 0, 50>;

/// Query of GET /products. An empty filter is none.
struct ProductQuery {
    std::optional<Text<0, 200>> search;
    FilterTexts category;
    FilterTexts subcategory;
    std::optional<Number<0, 1'000'000'000>> min_price;
    std::optional<Number<0, 1'000'000'000>> max_price;
    FilterTexts size;
    FilterTexts color;
    FilterTexts material;
    FilterTexts tag;
    std::optional<bool> in_stock;
    List<UserId, 0, 50> retailer_id;
    std::optional<Sort> sort;
    std::optional<PageNumber> page;
    std::optional<PageSize> page_size;
    std::optional<bool> facets;
};
BOOST_DESCRIBE_STRUCT(ProductQuery, (),
                      (search, category, subcategory, min_price, max_price, size, color, material, tag, in_stock,
                       retailer_id, sort, page, page_size, facets))

SearchQuery search_query_of(const ProductQuery& query);

BOOST_DESCRIBE_STRUCT(FacetCount, (), (value, count))

/// In rupees; null when no product is left.
struct PriceFacet {
    Nullable<Price> min;
    Nullable<Price> max;
};
BOOST_DESCRIBE_STRUCT(PriceFacet, (), (min, max))

struct FacetsView {
    std::vector<FacetCount> category;
    std::vector<FacetCount> size;
    std::vector<FacetCount> color;
    std::vector<FacetCount> material;
    PriceFacet price;

    static constexpr std::string_view schema_name = "Facets";
};
BOOST_DESCRIBE_STRUCT(FacetsView, (), (category, size, color, material, price))

FacetsView view_of(const SearchFacets& facets);

/// Answer of GET /products. `Item` is ProductView, or JSON text that was encoded before.
template <class Item>
struct ProductPage {
    std::vector<Item> items;
    std::int64_t total;
    std::int64_t page;
    std::int64_t page_size;
    std::int64_t pages;
    std::optional<FacetsView> facets;

    static constexpr std::string_view schema_name = "ProductPage";
    BOOST_DESCRIBE_CLASS(ProductPage, (), (items, total, page, page_size, pages, facets), (), ())
};

}  // namespace fitview::products
