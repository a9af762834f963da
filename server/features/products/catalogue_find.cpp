#include <algorithm>
#include <utility>

#include "products/catalogue.hpp"
#include "products/search_sets.hpp"
#include "products/search_words.hpp"

namespace fitview::products {

/// Answers one query. Holds what its parts share: the set of each filter, so that facets can leave one out.
class Catalogue::Finder {
public:
    Finder(const Catalogue& catalogue, const SearchQuery& query) : catalogue_(catalogue), query_(query) {}
    SearchPage find();

private:
    enum class Kind { none, words, category, subcategory, size, color, material, tag, retailer, price, stock };
    struct Filter {
        Kind kind;
        SetView set;
    };
    /// The products that answer one word of the query, and those that answer it better.
    struct Word {
        SetView whole;
        SetView whole_in_name;
        SetView in_name;
    };

    void filter_by_words();
    void filter_by_word(const std::string& word);
    std::vector<const Term*> terms_beginning_with(const std::string& word) const;
    std::vector<const Term*> terms_one_slip_from(const std::string& word) const;
    void filter_by_values(Kind kind, const Values& table, const std::vector<std::string>& wanted);
    void filter_by_retailer();
    void filter_by_price();
    void filter_by_stock();

    /// What passes all filters except those of `left_out`.
    SetView found_without(Kind left_out) const;
    std::vector<std::uint32_t> page(const Bitmap& found, std::size_t total) const;
    std::vector<std::uint32_t> page_by_relevance(const Bitmap& found) const;
    template <class Less>
    std::vector<std::uint32_t> select(const Bitmap& found, std::size_t total, std::size_t offset, std::size_t limit,
                                      const OrderedOrdinals& order, const Less& less) const;
    std::vector<std::uint32_t> select_popular(const Bitmap& found, std::size_t total, std::size_t offset,
                                              std::size_t limit) const;

    SearchFacets facets() const;
    std::vector<FacetCount> count_values(Kind kind, const Values& table) const;
    std::optional<PriceSpan> price_span() const;

    const Catalogue& catalogue_;
    const SearchQuery& query_;
    std::vector<Filter> filters_;
    std::vector<Word> words_;
};

SearchPage Catalogue::find(const SearchQuery& query) const {
    return Finder(*this, query).find();
}

SearchPage Catalogue::Finder::find() {
    filter_by_words();
    filter_by_values(Kind::category, catalogue_.categories_, query_.categories);
    filter_by_values(Kind::subcategory, catalogue_.subcategories_, query_.subcategories);
    const bool only_in_stock = query_.in_stock.value_or(false);
    filter_by_values(Kind::size, only_in_stock ? catalogue_.sizes_in_stock_ : catalogue_.sizes_, query_.sizes);
    filter_by_values(Kind::color, catalogue_.colors_, query_.colors);
    filter_by_values(Kind::material, catalogue_.materials_, query_.materials);
    filter_by_values(Kind::tag, catalogue_.tags_, query_.tags);
    filter_by_retailer();
    filter_by_price();
    filter_by_stock();

    SearchPage result;
    const SetView found = found_without(Kind::none);
    result.total = &*found == &catalogue_.live_ ? catalogue_.size() : found->count();
    for (const std::uint32_t ordinal : page(*found, result.total)) result.ids.push_back(catalogue_.ids_[ordinal]);
    if (query_.facets) result.facets = facets();
    return result;
}

void Catalogue::Finder::filter_by_words() {
    std::vector<std::string> words = search_words(query_.words);
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    for (const std::string& word : words) filter_by_word(word);
}

void Catalogue::Finder::filter_by_word(const std::string& word) {
    const auto sets = [](const std::vector<const Term*>& terms, Bitmap Term::*set) {
        std::vector<const Bitmap*> parts;
        parts.reserve(terms.size());
        for (const Term* term : terms) parts.push_back(&(term->*set));
        return parts;
    };
    std::vector<const Term*> terms = terms_beginning_with(word);
    SetView anywhere = any_of(sets(terms, &Term::anywhere));
    if (!anywhere->meets(catalogue_.live_)) {
        // No product has the word, so it may have been mistyped.
        terms = terms_one_slip_from(word);
        anywhere = any_of(sets(terms, &Term::anywhere));
    }
    filters_.push_back({.kind = Kind::words, .set = std::move(anywhere)});
    if (query_.sort != Sort::relevance) return;

    Word better;
    const auto exact = catalogue_.term_ids_.find(word);
    if (exact != catalogue_.term_ids_.end()) {
        better.whole = SetView(catalogue_.terms_[exact->second].anywhere);
        better.whole_in_name = SetView(catalogue_.terms_[exact->second].name);
    }
    better.in_name = any_of(sets(terms, &Term::name));
    words_.push_back(std::move(better));
}

std::vector<const Catalogue::Term*> Catalogue::Finder::terms_beginning_with(const std::string& word) const {
    std::vector<const Term*> found;
    catalogue_.vocabulary_.visit_after([&](std::uint32_t term) { return catalogue_.terms_[term].text < word; },
                                       [&](std::uint32_t term) {
                                           const Term& candidate = catalogue_.terms_[term];
                                           if (!candidate.text.starts_with(word)) return false;
                                           found.push_back(&candidate);
                                           return true;
                                       });
    return found;
}

// One slip leaves the beginning or the end of the word as it was: with `half` code points at each side and at least one
// between them, not even a swap reaches both. So only words with that beginning or that end are compared.
std::vector<const Catalogue::Term*> Catalogue::Finder::terms_one_slip_from(const std::string& word) const {
    std::vector<std::size_t> starts;
    for (std::size_t at = 0; at < word.size(); ++at) {
        if ((static_cast<unsigned char>(word[at]) & 0xC0U) != 0x80U) starts.push_back(at);
    }
    if (starts.size() < slip_letters_min - 1) return {};
    const std::size_t half = (starts.size() - 1) / 2;
    const std::string_view beginning = std::string_view(word).substr(0, starts[half]);
    const std::string_view ending = std::string_view(word).substr(starts[starts.size() - half]);

    std::vector<const Term*> found;
    const auto consider = [&](const Term& term) {
        if (is_one_slip(word, term.text)) found.push_back(&term);
    };
    catalogue_.vocabulary_.visit_after([&](std::uint32_t term) { return catalogue_.terms_[term].text < beginning; },
                                       [&](std::uint32_t term) {
                                           const Term& candidate = catalogue_.terms_[term];
                                           if (!candidate.text.starts_with(beginning)) return false;
                                           consider(candidate);
                                           return true;
                                       });
    catalogue_.endings_.visit_after(
        [&](std::uint32_t term) {
            const std::string& text = catalogue_.terms_[term].text;
            return std::lexicographical_compare(text.rbegin(), text.rend(), ending.rbegin(), ending.rend());
        },
        [&](std::uint32_t term) {
            const Term& candidate = catalogue_.terms_[term];
            if (!candidate.text.ends_with(ending)) return false;
            if (!candidate.text.starts_with(beginning)) consider(candidate);
            return true;
        });
    return found;
}

void Catalogue::Finder::filter_by_values(Kind kind, const Values& table, const std::vector<std::string>& wanted) {
    if (wanted.empty()) return;
    std::vector<const Bitmap*> sets;
    for (const std::string& value : wanted) {
        if (const Bitmap* set = table.find(value)) sets.push_back(set);
    }
    filters_.push_back({.kind = kind, .set = any_of(sets)});
}

void Catalogue::Finder::filter_by_retailer() {
    if (query_.retailers.empty()) return;
    std::vector<const Bitmap*> sets;
    for (const UserId& retailer : query_.retailers) {
        if (const auto place = catalogue_.retailers_.find(retailer); place != catalogue_.retailers_.end()) {
            sets.push_back(&place->second);
        }
    }
    filters_.push_back({.kind = Kind::retailer, .set = any_of(sets)});
}

void Catalogue::Finder::filter_by_price() {
    if (!query_.min_price_paise && !query_.max_price_paise) return;
    const std::int64_t low = std::max<std::int64_t>(query_.min_price_paise.value_or(0), 0);
    const std::int64_t high = query_.max_price_paise.value_or(std::int64_t{UINT32_MAX});
    Bitmap within;
    if (low <= high) {
        const std::uint32_t first = price_bucket(low);
        const std::uint32_t last = price_bucket(high);
        std::vector<const Bitmap*> whole;
        std::vector<std::uint32_t> at_edges;
        for (std::uint32_t bucket = first; bucket <= last && bucket < catalogue_.price_buckets_.size(); ++bucket) {
            const Bitmap& products = catalogue_.price_buckets_[bucket];
            if (bucket != first && bucket != last) {
                whole.push_back(&products);
                continue;
            }
            for (const std::uint32_t ordinal : products.values()) {
                const std::int64_t price = catalogue_.prices_[ordinal];
                if (price >= low && price <= high) at_edges.push_back(ordinal);
            }
        }
        std::sort(at_edges.begin(), at_edges.end());
        within = Bitmap::union_of(whole);
        within |= Bitmap::of(at_edges);
    }
    filters_.push_back({.kind = Kind::price, .set = SetView(std::move(within))});
}

void Catalogue::Finder::filter_by_stock() {
    if (!query_.in_stock) return;
    SetView set = *query_.in_stock ? SetView(catalogue_.in_stock_) : SetView(catalogue_.live_ - catalogue_.in_stock_);
    filters_.push_back({.kind = Kind::stock, .set = std::move(set)});
}

SetView Catalogue::Finder::found_without(Kind left_out) const {
    std::vector<const Bitmap*> sets;
    for (const Filter& filter : filters_) {
        if (filter.kind != left_out) sets.push_back(&*filter.set);
    }
    // Bitmaps keep the dead until the next compaction.
    if (sets.empty() || catalogue_.dead_ > 0) sets.push_back(&catalogue_.live_);
    if (sets.size() == 1) return SetView(*sets.front());
    // The smallest first keeps what is carried along small.
    std::sort(sets.begin(), sets.end(),
              [](const Bitmap* left, const Bitmap* right) { return left->count() < right->count(); });
    Bitmap found = *sets[0] & *sets[1];
    for (std::size_t at = 2; at < sets.size(); ++at) found = found & *sets[at];
    return SetView(std::move(found));
}

std::vector<std::uint32_t> Catalogue::Finder::page(const Bitmap& found, std::size_t total) const {
    const Catalogue& all = catalogue_;
    const auto select_by = [&](const OrderedOrdinals& order,
                               bool (Catalogue::*less)(std::uint32_t, std::uint32_t) const) {
        return select(found, total, query_.offset, query_.limit, order,
                      [&](std::uint32_t left, std::uint32_t right) { return (all.*less)(left, right); });
    };
    switch (query_.sort) {
        case Sort::relevance:
            return words_.empty() ? select_by(all.newest_order_, &Catalogue::newest) : page_by_relevance(found);
        case Sort::newest:
            return select_by(all.newest_order_, &Catalogue::newest);
        case Sort::price_asc:
            return select_by(all.cheapest_order_, &Catalogue::cheapest);
        case Sort::price_desc:
            return select_by(all.dearest_order_, &Catalogue::dearest);
        case Sort::popular:
            return select_by(all.popular_order_, &Catalogue::most_popular);
        case Sort::name:
            return select_by(all.name_order_, &Catalogue::first_name);
    }
    return {};
}

std::vector<std::uint32_t> Catalogue::Finder::page_by_relevance(const Bitmap& found) const {
    Score score;
    for (const Word& word : words_) {
        for (const SetView* better : {&word.whole, &word.whole_in_name, &word.in_name}) score.add(found & **better);
    }
    std::vector<std::uint32_t> ordinals;
    std::size_t skipped = 0;
    score.visit_groups(found, [&](const Bitmap& group) {
        const std::size_t size = group.count();
        if (skipped + size <= query_.offset) {
            skipped += size;
            return true;
        }
        const std::size_t offset = query_.offset > skipped ? query_.offset - skipped : 0;
        skipped += offset;
        const auto part = select_popular(group, size, offset, query_.limit - ordinals.size());
        ordinals.insert(ordinals.end(), part.begin(), part.end());
        return ordinals.size() < query_.limit;
    });
    return ordinals;
}

std::vector<std::uint32_t> Catalogue::Finder::select_popular(const Bitmap& found, std::size_t total, std::size_t offset,
                                                             std::size_t limit) const {
    return select(found, total, offset, limit, catalogue_.popular_order_,
                  [&](std::uint32_t left, std::uint32_t right) { return catalogue_.most_popular(left, right); });
}

// Walks the order and keeps what was found, or sorts what was found, whichever looks at less. The walk gives up when
// the found ones lie late in the order.
template <class Less>
std::vector<std::uint32_t> Catalogue::Finder::select(const Bitmap& found, std::size_t total, std::size_t offset,
                                                     std::size_t limit, const OrderedOrdinals& order,
                                                     const Less& less) const {
    std::vector<std::uint32_t> ordinals;
    if (offset >= total || limit == 0) return ordinals;
    if (total == order.size()) {
        order.visit_from(offset, [&](std::uint32_t ordinal) {
            ordinals.push_back(ordinal);
            return ordinals.size() < limit;
        });
        return ordinals;
    }
    const std::size_t wanted = std::min(offset + limit, total);
    const std::size_t walk_max = 3 * total;  // about what gathering and sorting them costs
    if (wanted * order.size() / total < walk_max) {
        std::size_t walked = 0;
        std::size_t seen = 0;
        order.visit_from(0, [&](std::uint32_t ordinal) {
            if (found.contains(ordinal) && ++seen > offset) ordinals.push_back(ordinal);
            return seen < wanted && ++walked < walk_max;
        });
        if (seen == wanted) return ordinals;
    }
    ordinals = found.values();
    std::partial_sort(ordinals.begin(), ordinals.begin() + std::ptrdiff_t(wanted), ordinals.end(), less);
    ordinals.resize(wanted);
    ordinals.erase(ordinals.begin(), ordinals.begin() + std::ptrdiff_t(offset));
    return ordinals;
}

SearchFacets Catalogue::Finder::facets() const {
    const bool only_in_stock = query_.in_stock.value_or(false);
    return {.category = count_values(Kind::category, catalogue_.categories_),
            .size = count_values(Kind::size, only_in_stock ? catalogue_.sizes_in_stock_ : catalogue_.sizes_),
            .color = count_values(Kind::color, catalogue_.colors_),
            .material = count_values(Kind::material, catalogue_.materials_),
            .price = price_span()};
}

std::vector<FacetCount> Catalogue::Finder::count_values(Kind kind, const Values& table) const {
    const SetView found = found_without(kind);
    std::vector<std::pair<std::size_t, const Value*>> counts;
    for (const Value& value : table.values) {
        if (const std::size_t count = value.products.count_in_common(*found); count > 0)
            counts.emplace_back(count, &value);
    }
    const auto first = [](const auto& left, const auto& right) {
        return left.first != right.first ? left.first > right.first : left.second->display < right.second->display;
    };
    const std::size_t kept = std::min(counts.size(), facet_values_max);
    std::partial_sort(counts.begin(), counts.begin() + std::ptrdiff_t(kept), counts.end(), first);
    std::vector<FacetCount> facet;
    facet.reserve(kept);
    for (std::size_t at = 0; at < kept; ++at) facet.push_back({counts[at].second->display, counts[at].first});
    return facet;
}

std::optional<PriceSpan> Catalogue::Finder::price_span() const {
    // The cheapest product lies in the first bucket that has any, and the dearest in the last.
    const SetView found = found_without(Kind::price);
    const auto& buckets = catalogue_.price_buckets_;
    const auto meets = [&](const Bitmap& bucket) { return bucket.meets(*found); };
    const auto lowest = std::find_if(buckets.begin(), buckets.end(), meets);
    if (lowest == buckets.end()) return std::nullopt;
    const auto highest = std::find_if(buckets.rbegin(), buckets.rend(), meets);
    const auto less = [&](std::uint32_t left, std::uint32_t right) {
        return catalogue_.prices_[left] < catalogue_.prices_[right];
    };
    const auto cheap = (*lowest & *found).values();
    const auto dear = (*highest & *found).values();
    return PriceSpan{.min_paise = catalogue_.prices_[*std::min_element(cheap.begin(), cheap.end(), less)],
                     .max_paise = catalogue_.prices_[*std::max_element(dear.begin(), dear.end(), less)]};
}

}  // namespace fitview::products
