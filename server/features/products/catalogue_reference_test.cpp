// The index against a reference that looks at every product for every question, on random small catalogues.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "products/catalogue_index.hpp"
#include "products/search_words.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::products {
namespace {

/// The rules of ProductSearch, written the slow way.
class Reference {
public:
    void apply(const SearchEntry& entry) { products_[entry.id] = entry; }
    void remove(const ProductId& id) { products_.erase(id); }

    SearchPage find(const SearchQuery& query) const {
        SearchPage page;
        std::vector<const SearchEntry*> hits = matching(query);
        std::sort(hits.begin(), hits.end(),
                  [&](const SearchEntry* left, const SearchEntry* right) { return before(query, *left, *right); });
        page.total = hits.size();
        for (std::size_t at = query.offset; at < std::min(hits.size(), query.offset + query.limit); ++at)
            page.ids.push_back(hits[at]->id);
        if (query.facets) page.facets = facets(query);
        return page;
    }

private:
    struct Words {
        std::set<std::string> name;
        std::set<std::string> anywhere;
    };

    static Words words_of(const SearchEntry& product) {
        Words words;
        for (const auto& word : search_words(product.name)) words.name.insert(word);
        std::string all = product.name + " " + product.description + " " + product.category + " " +
                          product.subcategory.value_or("") + " " + product.material.value_or("");
        for (const auto& list : {product.tags, product.colors}) {
            for (const auto& text : list) all += " " + text;
        }
        for (const auto& word : search_words(all)) words.anywhere.insert(word);
        return words;
    }

    static bool any_begins(const std::set<std::string>& words, const std::string& word) {
        return std::any_of(words.begin(), words.end(), [&](const auto& other) { return other.starts_with(word); });
    }
    static bool any_slips(const std::set<std::string>& words, const std::string& word) {
        return std::any_of(words.begin(), words.end(), [&](const auto& other) { return is_one_slip(word, other); });
    }
    bool is_known(const std::string& word) const {
        return std::any_of(products_.begin(), products_.end(),
                           [&](const auto& product) { return any_begins(words_of(product.second).anywhere, word); });
    }

    static bool any_of(const std::vector<std::string>& wanted, const std::vector<std::string>& values) {
        if (wanted.empty()) return true;
        for (const auto& one : wanted) {
            for (const auto& value : values) {
                if (filter_key(one) == filter_key(value)) return true;
            }
        }
        return false;
    }
    static std::vector<std::string> sizes_of(const SearchEntry& product, const SearchQuery& query) {
        std::vector<std::string> sizes;
        for (const auto& size : product.sizes) {
            if (size.in_stock || !query.in_stock.value_or(false)) sizes.push_back(size.size);
        }
        return sizes;
    }
    static std::vector<std::string> list(const std::optional<std::string>& value) {
        return value ? std::vector{*value} : std::vector<std::string>{};
    }

    std::vector<const SearchEntry*> matching(const SearchQuery& query) const {
        std::vector<const SearchEntry*> hits;
        for (const auto& [id, product] : products_) {
            if (passes(product, query)) hits.push_back(&product);
        }
        return hits;
    }
    bool passes(const SearchEntry& product, const SearchQuery& query) const {
        const Words words = words_of(product);
        for (const auto& word : search_words(query.words)) {
            if (!(is_known(word) ? any_begins(words.anywhere, word) : any_slips(words.anywhere, word))) return false;
        }
        const bool in_stock =
            std::any_of(product.sizes.begin(), product.sizes.end(), [](const auto& size) { return size.in_stock; });
        const bool of_retailer = query.retailers.empty() ||
                                 std::count(query.retailers.begin(), query.retailers.end(), product.retailer_id) > 0;
        return any_of(query.categories, {product.category}) && any_of(query.subcategories, list(product.subcategory)) &&
               any_of(query.materials, list(product.material)) && any_of(query.colors, product.colors) &&
               any_of(query.tags, product.tags) && any_of(query.sizes, sizes_of(product, query)) && of_retailer &&
               query.in_stock.value_or(in_stock) == in_stock &&
               product.price_paise >= query.min_price_paise.value_or(0) &&
               product.price_paise <= query.max_price_paise.value_or(INT64_MAX);
    }

    int score(const SearchQuery& query, const SearchEntry& product) const {
        int points = 0;
        const Words words = words_of(product);
        std::set<std::string> asked;
        for (const auto& word : search_words(query.words)) asked.insert(word);
        for (const auto& word : asked) {
            points += words.anywhere.contains(word) ? 1 : 0;
            points += words.name.contains(word) ? 1 : 0;
            points += (is_known(word) ? any_begins(words.name, word) : any_slips(words.name, word)) ? 1 : 0;
        }
        return points;
    }
    bool before(const SearchQuery& query, const SearchEntry& left, const SearchEntry& right) const {
        const auto rank = [&](const SearchEntry& product) -> std::tuple<std::int64_t, std::int64_t, std::string> {
            const std::int64_t popular = -std::int64_t{product.popularity};
            switch (query.sort) {
                case Sort::relevance:
                    if (search_words(query.words).empty()) break;
                    return {-score(query, product), popular, ""};
                case Sort::newest:
                    break;
                case Sort::price_asc:
                    return {product.price_paise, 0, ""};
                case Sort::price_desc:
                    return {-product.price_paise, 0, ""};
                case Sort::popular:
                    return {popular, 0, ""};
                case Sort::name:
                    return {0, 0, folded(product.name)};
            }
            return {-product.created_at.milliseconds(), 0, ""};
        };
        const auto one = rank(left);
        const auto other = rank(right);
        return one != other ? one < other : left.id < right.id;
    }

    using Counts = std::map<std::string, std::size_t>;
    template <class ValuesOf>
    Counts count(const SearchQuery& query, const ValuesOf& values_of) const {
        Counts counts;
        for (const SearchEntry* product : matching(query)) {
            std::set<std::string> keys;
            for (const auto& value : values_of(*product)) keys.insert(filter_key(value));
            for (const auto& key : keys) ++counts[key];
        }
        return counts;
    }

public:
    /// Facets with filter keys for values, so that the spelling shown does not matter here.
    struct Facets {
        Counts category, size, color, material;
        std::optional<PriceSpan> price;
        bool operator==(const Facets&) const = default;
    };
    static Facets keyed(const SearchFacets& facets) {
        const auto counts = [](const std::vector<FacetCount>& list) {
            Counts keyed;
            for (const auto& [value, count] : list) keyed[filter_key(value)] += count;
            return keyed;
        };
        return {counts(facets.category), counts(facets.size), counts(facets.color), counts(facets.material),
                facets.price};
    }
    Facets counted(const SearchQuery& query) const {
        SearchQuery without = query;
        Facets facets;
        without.categories.clear();
        facets.category = count(without, [](const auto& product) { return std::vector{product.category}; });
        without = query;
        without.sizes.clear();
        facets.size = count(without, [&](const auto& product) { return sizes_of(product, query); });
        without = query;
        without.colors.clear();
        facets.color = count(without, [](const auto& product) { return product.colors; });
        without = query;
        without.materials.clear();
        facets.material = count(without, [](const auto& product) { return list(product.material); });
        without = query;
        without.min_price_paise = without.max_price_paise = std::nullopt;
        for (const SearchEntry* product : matching(without)) {
            if (!facets.price) facets.price = {product->price_paise, product->price_paise};
            facets.price->min_paise = std::min(facets.price->min_paise, product->price_paise);
            facets.price->max_paise = std::max(facets.price->max_paise, product->price_paise);
        }
        return facets;
    }

private:
    SearchFacets facets(const SearchQuery&) const { return {}; }

    std::map<ProductId, SearchEntry> products_;
};

class RandomShop {
public:
    explicit RandomShop(std::uint32_t seed) : random_(seed) {}

    SearchEntry product() {
        SearchEntry made;
        made.id = testkit::id<ProductId>(below(40) + 1);
        made.revision = ++revision_;
        made.retailer_id = testkit::id<UserId>(below(3));
        made.name = text(1 + below(3));
        made.description = below(2) == 0 ? "" : text(below(6));
        made.category = pick({"Kurtas", "KURTAS", "Sarees", "Tops"});
        if (below(2) == 0) made.subcategory = pick({"Festive", "Daily"});
        if (below(2) == 0) made.material = pick({"Silk", "silk", "Cotton"});
        for (std::uint32_t count = below(3); count > 0; --count)
            made.colors.push_back(pick({"Red", "Royal Blue", "royal blue", "Green"}));
        for (std::uint32_t count = below(3); count > 0; --count) made.tags.push_back(pick({"festive", "zari", "new"}));
        for (const char* size : {"S", "M", "L"}) {
            if (below(2) == 0) made.sizes.push_back({size, below(2) == 0});
        }
        made.price_paise = below(4) == 0 ? 99900 : 100 + below(2'000'000);
        made.created_at = Timestamp::from_milliseconds(below(5));
        made.popularity = 0;
        return made;
    }

    SearchQuery query() {
        SearchQuery made;
        if (below(3) > 0) made.words = text(1 + below(2));
        const auto some = [&](std::vector<std::string>& filter, std::initializer_list<const char*> values) {
            for (std::uint32_t count = below(5) == 0 ? 1 + below(2) : 0; count > 0; --count)
                filter.push_back(pick(values));
        };
        some(made.categories, {"kurtas", "Sarees", "nothing"});
        some(made.subcategories, {"festive", "Daily"});
        some(made.materials, {"SILK", "cotton"});
        some(made.colors, {"red", "Royal Blue", "green"});
        some(made.tags, {"Zari", "new"});
        some(made.sizes, {"S", "m", "XXL"});
        if (below(6) == 0) made.retailers = {testkit::id<UserId>(below(4))};
        if (below(4) == 0) made.in_stock = below(2) == 0;
        if (below(4) == 0) made.min_price_paise = below(1'000'000);
        if (below(4) == 0) made.max_price_paise = below(2'000'000);
        made.sort = static_cast<Sort>(below(6));
        made.offset = below(3) == 0 ? below(30) : 0;
        made.limit = 1 + below(20);
        made.facets = true;
        return made;
    }

    std::uint32_t below(std::uint32_t bound) { return bound == 0 ? 0 : random_() % bound; }

private:
    std::string pick(std::initializer_list<const char*> values) {
        return values.begin()[below(static_cast<std::uint32_t>(values.size()))];
    }

    /// Words that are prefixes and slips of one another, so that the rules meet.
    std::string text(std::uint32_t count) {
        std::string made;
        for (; count > 0; --count) {
            made += pick({"kurta",  "kurtas",  "Kurti",   "krta",        "shirt",      "skirt", "shrit",
                          "silk",   "silken",  "slik",    "banārasī",    "banarsi",    "b",     "साड़ी",
                          "साड़ियाँ", "t-shirt", "women's", "embroidered", "embroidred", "red"});
            made += ' ';
        }
        return made;
    }

    std::mt19937 random_;
    std::int64_t revision_ = 0;
};

TEST(CatalogueReference, AgreesWithTheIndexOnRandomCatalogues) {
    for (std::uint32_t seed = 1; seed <= 16; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        RandomShop shop(seed);
        CatalogueIndex index;
        Reference reference;
        for (int step = 0; step < 120; ++step) {
            const SearchEntry product = shop.product();
            if (shop.below(5) == 0) {
                index.apply({SearchRemoval{.id = product.id, .revision = product.revision}});
                reference.remove(product.id);
            } else {
                index.apply({product});
                reference.apply(product);
            }
            const SearchQuery query = shop.query();
            const SearchPage found = index.find(query);
            const SearchPage expected = reference.find(query);
            ASSERT_EQ(found.total, expected.total) << "step " << step << " words " << query.words;
            ASSERT_EQ(found.ids, expected.ids)
                << "step " << step << " words " << query.words << " sort " << int(query.sort);
            ASSERT_EQ(Reference::keyed(*found.facets), reference.counted(query)) << "step " << step;
        }
    }
}

}  // namespace
}  // namespace fitview::products
