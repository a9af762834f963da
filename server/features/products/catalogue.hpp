#pragma once
// One copy of the searchable catalogue: bitmaps of products per term and per value, and the orders lists can ask for.
#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "products/bitmap.hpp"
#include "products/ordered_ordinals.hpp"
#include "products/product_search.hpp"

namespace fitview::products {

/// A product has an ordinal. A changed product gets a new one and the old one dies, so that no bitmap has to be
/// searched for it; when the dead are too many, all ordinals are given anew. Reading from several threads at once is
/// safe, changing is not; CatalogueIndex adds that.
class Catalogue {
public:
    SearchPage find(const SearchQuery& query) const;

    /// Takes the change if its revision is newer than what is known of the product.
    void apply(const SearchChange& change);

    void set_popularity(const PopularityChange& change);

    /// Takes entries of products not in here yet without keeping the orders; `finish_loading` must follow before a
    /// `find`.
    void load(const std::vector<SearchEntry>& entries);
    void finish_loading();

    std::size_t size() const { return ids_.size() - dead_; }
    /// About the memory in use, in bytes.
    std::size_t bytes() const;

private:
    class Finder;  // catalogue_find.cpp

    struct Term {
        std::string text;
        Bitmap anywhere;
        Bitmap name;
    };
    struct Value {
        std::string display;
        Bitmap products;
        std::vector<std::uint32_t> terms;  ///< the words in it, once they were looked for
    };
    /// The values of one kind of filter. They repeat in product after product, so their keys and words are found once.
    struct Values {
        boost::unordered_flat_map<std::string, std::uint32_t> by_key;       ///< by filter_key
        boost::unordered_flat_map<std::string, std::uint32_t> by_spelling;  ///< by every spelling seen
        std::vector<Value> values;

        const Bitmap* find(const std::string& value) const;
    };

    std::optional<std::uint32_t> ordinal_of(const ProductId& id) const;
    bool is_newer(const ProductId& id, std::int64_t revision) const;
    void take_entry(const SearchEntry& entry);
    void take_removal(const SearchRemoval& removal);

    /// Gives the entry the next ordinal and fills arrays and bitmaps, not the orders.
    std::uint32_t append(const SearchEntry& entry);
    /// Adds the product to the value, which is made when it is new.
    Value& append_value(Values& table, const std::string& value, std::uint32_t ordinal);
    void append_values(const SearchEntry& entry, std::uint32_t ordinal, std::vector<std::uint32_t>& terms);
    void append_words(const SearchEntry& entry, std::uint32_t ordinal, std::vector<std::uint32_t>& terms);
    void find_terms(const std::string& text, std::vector<std::uint32_t>& terms);
    std::uint32_t term_of(const std::string& word);
    void enter_orders(std::uint32_t ordinal);
    void leave_orders(std::uint32_t ordinal);
    void bury(std::uint32_t ordinal);
    void sort_orders();
    void compact_when_due();
    /// Forgets words and values no product has.
    void drop_unused();
    template <class Visit>
    void visit_bitmaps(const Visit& visit);

    static std::uint32_t price_bucket(std::int64_t paise);
    std::string_view name_of(std::uint32_t ordinal) const;
    // The orders. Each is total: what is equal is ordered by id.
    bool by_id(std::uint32_t left, std::uint32_t right) const;
    bool newest(std::uint32_t left, std::uint32_t right) const;
    bool cheapest(std::uint32_t left, std::uint32_t right) const;
    bool dearest(std::uint32_t left, std::uint32_t right) const;
    bool most_popular(std::uint32_t left, std::uint32_t right) const;
    bool first_name(std::uint32_t left, std::uint32_t right) const;
    bool term_before(std::uint32_t left, std::uint32_t right) const;
    bool ending_before(std::uint32_t left, std::uint32_t right) const;
    /// Calls `change(order, less)` for each order of products.
    template <class Change>
    void for_each_order(const Change& change);

    // By ordinal.
    std::vector<ProductId> ids_;
    std::vector<std::int64_t> revisions_;
    std::vector<std::int64_t> created_;
    std::vector<std::uint32_t> prices_;  ///< paise
    std::vector<std::uint32_t> popularity_;
    std::vector<std::size_t> name_ends_;
    std::string names_;  ///< folded, one after the other
    std::size_t dead_ = 0;
    Bitmap live_;
    std::unordered_map<ProductId, std::int64_t>
        removed_;  ///< the revision each went with, so that nothing older returns

    std::vector<Term> terms_;
    boost::unordered_flat_map<std::string, std::uint32_t> term_ids_;
    OrderedOrdinals vocabulary_;  ///< terms by their text
    OrderedOrdinals endings_;     ///< terms by their text read backwards
    bool loading_ = false;

    Values categories_;
    Values subcategories_;
    Values colors_;
    Values materials_;
    Values tags_;
    Values sizes_;
    Values sizes_in_stock_;
    std::unordered_map<UserId, Bitmap> retailers_;
    Bitmap in_stock_;
    std::vector<Bitmap> price_buckets_;

    OrderedOrdinals ids_order_;
    OrderedOrdinals newest_order_;
    OrderedOrdinals cheapest_order_;
    OrderedOrdinals dearest_order_;
    OrderedOrdinals popular_order_;
    OrderedOrdinals name_order_;
};

}  // namespace fitview::products
