#pragma once
// The port behind every product list: words, filters, sorts and facets. The stores keep the truth, a search may be
// rebuilt.
#include <boost/describe/enum.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"

namespace fitview::products {

/// What a search knows about one product on sale.
struct SearchEntry {
    struct Size {
        std::string size;
        bool in_stock = false;
    };

    ProductId id;
    std::int64_t revision = 0;  ///< grows with every change of the product or of what is in stock
    UserId retailer_id;
    std::string name;
    std::string description;  ///< as plain text
    std::string category;
    std::optional<std::string> subcategory;
    std::optional<std::string> material;
    std::vector<std::string> tags;
    std::vector<std::string> colors;
    std::vector<Size> sizes;
    std::int64_t price_paise = 0;
    Timestamp created_at;
    std::uint32_t popularity = 0;  ///< of a product not known yet; a known one keeps what it has
};

/// A product that is gone.
struct SearchRemoval {
    ProductId id;
    std::int64_t revision = 0;
};

using SearchChange = std::variant<SearchEntry, SearchRemoval>;

struct PopularityChange {
    ProductId id;
    std::uint32_t popularity = 0;
};

/// `relevance` without words is `newest`.
enum class Sort { relevance, newest, price_asc, price_desc, popular, name };
BOOST_DESCRIBE_ENUM(Sort, relevance, newest, price_asc, price_desc, popular, name)

/// Filters of different kinds combine as "and", the values of one kind as "any of"; an empty list filters nothing.
/// Texts compare without letter case and are otherwise exact.
struct SearchQuery {
    std::string words;  ///< every word is wanted; without a single letter or digit in it nothing is searched for
    std::optional<std::int64_t> min_price_paise;
    std::optional<std::int64_t> max_price_paise;
    std::vector<std::string> categories;
    std::vector<std::string> subcategories;
    std::vector<std::string> sizes;  ///< offered in; with `in_stock` true: in stock in
    std::vector<std::string> colors;
    std::vector<std::string> materials;
    std::vector<std::string> tags;
    std::vector<UserId> retailers;
    std::optional<bool> in_stock;  ///< in any size
    Sort sort = Sort::newest;
    std::size_t offset = 0;
    std::size_t limit = 20;
    bool facets = false;
};

/// How many of the found products have a value, in the spelling it was first seen with.
struct FacetCount {
    std::string value;
    std::size_t count = 0;

    bool operator==(const FacetCount&) const = default;
};

struct PriceSpan {
    std::int64_t min_paise = 0;
    std::int64_t max_paise = 0;

    bool operator==(const PriceSpan&) const = default;
};

/// Each is counted with every filter but its own. The most frequent values first, equal counts by their text; at most
/// `facet_values_max` of each. Values nobody has are left out.
struct SearchFacets {
    std::vector<FacetCount> category;
    std::vector<FacetCount> size;
    std::vector<FacetCount> color;
    std::vector<FacetCount> material;
    std::optional<PriceSpan> price;  ///< nothing when no product is left
};

constexpr std::size_t facet_values_max = 200;

struct SearchPage {
    std::vector<ProductId> ids;  ///< in the order asked for; what is equal there is ordered by id
    std::size_t total = 0;
    std::optional<SearchFacets> facets;
};

/// Finds products. Every method may be called from several threads at once. `find` never waits for a change being made;
/// when a changing call returns, every `find` that starts afterwards sees the change.
///
/// Words: case and accents do not matter; a word finds every word it begins, and, where no product has such a word,
/// every word of five letters or more from which it differs by one slip (inserted, left out, replaced or swapped
/// neighbours). Relevance: whole words before beginnings, words of the name before words elsewhere, then the more
/// popular.
class ProductSearch {
public:
    virtual ~ProductSearch() = default;

    virtual SearchPage find(const SearchQuery& query) const = 0;

    /// Takes each change whose revision is newer than what is known of its product; the others are ignored.
    virtual void apply(const std::vector<SearchChange>& changes) = 0;

    /// Sets counts of products that are known; others are ignored.
    virtual void set_popularity(const std::vector<PopularityChange>& changes) = 0;

    /// Fills `batch` with the next entries of the catalogue; leaves it empty at the end.
    using NextBatch = std::function<void(std::vector<SearchEntry>& batch)>;

    /// Forgets everything and takes the whole catalogue from `next_batch` (no product twice). Until the end, searches
    /// see what was there before; changes made meanwhile wait and are taken afterwards, so none is lost.
    virtual void rebuild(const NextBatch& next_batch) = 0;
};

}  // namespace fitview::products
