#include "products/catalogue.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "products/search_words.hpp"

namespace fitview::products {
namespace {

/// Fewer dead ordinals than this are not worth a walk over all bitmaps.
constexpr std::size_t dead_min = 1024;

}  // namespace

void Catalogue::apply(const SearchChange& change) {
    if (const auto* entry = std::get_if<SearchEntry>(&change)) {
        take_entry(*entry);
    } else {
        take_removal(std::get<SearchRemoval>(change));
    }
    compact_when_due();
}

bool Catalogue::is_newer(const ProductId& id, std::int64_t revision) const {
    if (const auto ordinal = ordinal_of(id)) return revision > revisions_[*ordinal];
    const auto gone = removed_.find(id);
    return gone == removed_.end() || revision > gone->second;
}

void Catalogue::take_entry(const SearchEntry& entry) {
    if (!is_newer(entry.id, entry.revision)) return;
    std::optional<std::uint32_t> popularity;
    if (const auto old = ordinal_of(entry.id)) {
        popularity = popularity_[*old];
        bury(*old);
    }
    removed_.erase(entry.id);
    const std::uint32_t ordinal = append(entry);
    if (popularity) popularity_[ordinal] = *popularity;
    enter_orders(ordinal);
}

void Catalogue::take_removal(const SearchRemoval& removal) {
    if (!is_newer(removal.id, removal.revision)) return;
    if (const auto old = ordinal_of(removal.id)) bury(*old);
    removed_[removal.id] = removal.revision;
}

void Catalogue::set_popularity(const PopularityChange& change) {
    const auto ordinal = ordinal_of(change.id);
    if (!ordinal || popularity_[*ordinal] == change.popularity) return;
    const auto less = [this](std::uint32_t left, std::uint32_t right) { return most_popular(left, right); };
    popular_order_.erase(*ordinal, less);
    popularity_[*ordinal] = change.popularity;
    popular_order_.insert(*ordinal, less);
}

void Catalogue::load(const std::vector<SearchEntry>& entries) {
    loading_ = true;
    for (const SearchEntry& entry : entries) append(entry);
}

void Catalogue::finish_loading() {
    loading_ = false;
    sort_orders();

    std::vector<std::uint32_t> terms(terms_.size());
    for (std::uint32_t at = 0; at < terms.size(); ++at) terms[at] = at;
    vocabulary_.assign(terms, [this](std::uint32_t left, std::uint32_t right) { return term_before(left, right); });
    endings_.assign(terms, [this](std::uint32_t left, std::uint32_t right) { return ending_before(left, right); });
    visit_bitmaps([](Bitmap& bitmap) { bitmap.shrink(); });
}

// Sorting keys that lie side by side is several times faster than sorting ordinals that point all over memory.
void Catalogue::sort_orders() {
    std::vector<std::uint32_t> ordinals(ids_.size());
    for (std::uint32_t at = 0; at < ordinals.size(); ++at) ordinals[at] = at;
    const auto id_less = [this](std::uint32_t left, std::uint32_t right) { return by_id(left, right); };
    if (!std::is_sorted(ordinals.begin(), ordinals.end(), id_less))
        std::sort(ordinals.begin(), ordinals.end(), id_less);
    ids_order_.assign_sorted(ordinals);

    struct Keyed {
        std::uint64_t key;
        std::uint32_t ordinal;
        std::uint32_t rank;  ///< by id
    };
    std::vector<Keyed> keyed(ordinals.size());
    std::vector<std::uint32_t> sorted(ordinals.size());
    const auto sort_by = [&](OrderedOrdinals& order, const auto& key_of, const auto& equal_keys_less) {
        for (std::uint32_t rank = 0; rank < keyed.size(); ++rank) {
            keyed[rank] = {.key = key_of(ordinals[rank]), .ordinal = ordinals[rank], .rank = rank};
        }
        std::sort(keyed.begin(), keyed.end(), [&](const Keyed& left, const Keyed& right) {
            return left.key != right.key ? left.key < right.key : equal_keys_less(left, right);
        });
        std::transform(keyed.begin(), keyed.end(), sorted.begin(), [](const Keyed& one) { return one.ordinal; });
        order.assign_sorted(sorted);
    };
    const auto rank_less = [](const Keyed& left, const Keyed& right) { return left.rank < right.rank; };
    constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();
    constexpr std::uint64_t sign = std::uint64_t{1} << 63U;  // times before 1970 come before the others
    const auto age = [&](std::uint32_t at) { return largest - (static_cast<std::uint64_t>(created_[at]) ^ sign); };
    sort_by(newest_order_, age, rank_less);
    sort_by(
        cheapest_order_, [&](std::uint32_t at) { return std::uint64_t{prices_[at]}; }, rank_less);
    sort_by(
        dearest_order_, [&](std::uint32_t at) { return largest - prices_[at]; }, rank_less);
    sort_by(
        popular_order_, [&](std::uint32_t at) { return largest - popularity_[at]; }, rank_less);
    const auto name_start = [&](std::uint32_t at) {
        std::uint64_t start = 0;
        const std::string_view name = name_of(at);
        for (std::size_t byte = 0; byte < sizeof start; ++byte) {
            start = (start << 8U) | (byte < name.size() ? static_cast<std::uint8_t>(name[byte]) : 0U);
        }
        return start;
    };
    sort_by(name_order_, name_start,
            [&](const Keyed& left, const Keyed& right) { return first_name(left.ordinal, right.ordinal); });
}

std::optional<std::uint32_t> Catalogue::ordinal_of(const ProductId& id) const {
    std::optional<std::uint32_t> found;
    ids_order_.visit_after([&](std::uint32_t ordinal) { return ids_[ordinal] < id; },
                           [&](std::uint32_t ordinal) {
                               if (ids_[ordinal] == id) found = ordinal;
                               return false;
                           });
    return found;
}

std::uint32_t Catalogue::append(const SearchEntry& entry) {
    const auto ordinal = static_cast<std::uint32_t>(ids_.size());
    ids_.push_back(entry.id);
    revisions_.push_back(entry.revision);
    created_.push_back(entry.created_at.milliseconds());
    constexpr std::int64_t price_max = std::numeric_limits<std::uint32_t>::max();
    prices_.push_back(static_cast<std::uint32_t>(std::clamp<std::int64_t>(entry.price_paise, 0, price_max)));
    popularity_.push_back(entry.popularity);
    names_ += folded(entry.name);
    name_ends_.push_back(names_.size());
    live_.add(ordinal);

    std::vector<std::uint32_t> terms;
    append_values(entry, ordinal, terms);
    append_words(entry, ordinal, terms);
    retailers_[entry.retailer_id].add(ordinal);
    const std::uint32_t bucket = price_bucket(prices_[ordinal]);
    if (price_buckets_.size() <= bucket) price_buckets_.resize(bucket + 1);
    price_buckets_[bucket].add(ordinal);
    return ordinal;
}

void Catalogue::append_values(const SearchEntry& entry, std::uint32_t ordinal, std::vector<std::uint32_t>& terms) {
    const auto add = [&](Values& table, const std::string& value) {
        Value& known = append_value(table, value, ordinal);
        if (known.terms.empty()) find_terms(value, known.terms);
        terms.insert(terms.end(), known.terms.begin(), known.terms.end());
    };
    add(categories_, entry.category);
    if (entry.subcategory) add(subcategories_, *entry.subcategory);
    if (entry.material) add(materials_, *entry.material);
    for (const std::string& color : entry.colors) add(colors_, color);
    for (const std::string& tag : entry.tags) add(tags_, tag);
    for (const SearchEntry::Size& size : entry.sizes) {
        append_value(sizes_, size.size, ordinal);
        if (!size.in_stock) continue;
        append_value(sizes_in_stock_, size.size, ordinal);
        in_stock_.add(ordinal);
    }
}

Catalogue::Value& Catalogue::append_value(Values& table, const std::string& value, std::uint32_t ordinal) {
    auto spelling = table.by_spelling.find(value);
    if (spelling == table.by_spelling.end()) {
        const auto next = static_cast<std::uint32_t>(table.values.size());
        const auto [key, is_new] = table.by_key.try_emplace(filter_key(value), next);
        if (is_new) table.values.push_back({.display = value, .products = {}, .terms = {}});
        spelling = table.by_spelling.emplace(value, key->second).first;
    }
    Value& known = table.values[spelling->second];
    known.products.add(ordinal);
    return known;
}

void Catalogue::append_words(const SearchEntry& entry, std::uint32_t ordinal, std::vector<std::uint32_t>& terms) {
    const auto add_all = [&](std::vector<std::uint32_t>& found, Bitmap Term::*set) {
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        for (const std::uint32_t term : found) (terms_[term].*set).add(ordinal);
    };
    std::vector<std::uint32_t> in_name;
    find_terms(entry.name, in_name);
    add_all(in_name, &Term::name);
    terms.insert(terms.end(), in_name.begin(), in_name.end());
    find_terms(entry.description, terms);
    add_all(terms, &Term::anywhere);
}

void Catalogue::find_terms(const std::string& text, std::vector<std::uint32_t>& terms) {
    visit_search_words(text, [&](const std::string& word) { terms.push_back(term_of(word)); });
}

std::uint32_t Catalogue::term_of(const std::string& word) {
    const auto [place, is_new] = term_ids_.try_emplace(word, static_cast<std::uint32_t>(terms_.size()));
    if (!is_new) return place->second;
    const std::uint32_t term = place->second;
    terms_.push_back({.text = word, .anywhere = {}, .name = {}});
    if (!loading_) {
        vocabulary_.insert(term, [this](std::uint32_t left, std::uint32_t right) { return term_before(left, right); });
        endings_.insert(term, [this](std::uint32_t left, std::uint32_t right) { return ending_before(left, right); });
    }
    return term;
}

const Bitmap* Catalogue::Values::find(const std::string& value) const {
    const auto place = by_key.find(filter_key(value));
    return place == by_key.end() ? nullptr : &values[place->second].products;
}

template <class Change>
void Catalogue::for_each_order(const Change& change) {
    change(ids_order_, [this](std::uint32_t left, std::uint32_t right) { return by_id(left, right); });
    change(newest_order_, [this](std::uint32_t left, std::uint32_t right) { return newest(left, right); });
    change(cheapest_order_, [this](std::uint32_t left, std::uint32_t right) { return cheapest(left, right); });
    change(dearest_order_, [this](std::uint32_t left, std::uint32_t right) { return dearest(left, right); });
    change(popular_order_, [this](std::uint32_t left, std::uint32_t right) { return most_popular(left, right); });
    change(name_order_, [this](std::uint32_t left, std::uint32_t right) { return first_name(left, right); });
}

void Catalogue::enter_orders(std::uint32_t ordinal) {
    for_each_order([&](OrderedOrdinals& order, const auto& less) { order.insert(ordinal, less); });
}

void Catalogue::leave_orders(std::uint32_t ordinal) {
    for_each_order([&](OrderedOrdinals& order, const auto& less) { order.erase(ordinal, less); });
}

void Catalogue::bury(std::uint32_t ordinal) {
    leave_orders(ordinal);
    live_.remove(ordinal);
    ++dead_;
}

template <class Visit>
void Catalogue::visit_bitmaps(const Visit& visit) {
    for (Term& term : terms_) {
        visit(term.anywhere);
        visit(term.name);
    }
    for (Values* table : {&categories_, &subcategories_, &colors_, &materials_, &tags_, &sizes_, &sizes_in_stock_}) {
        for (Value& value : table->values) visit(value.products);
    }
    for (auto& [id, products] : retailers_) visit(products);
    for (Bitmap& bucket : price_buckets_) visit(bucket);
    visit(in_stock_);
    visit(live_);
}

void Catalogue::compact_when_due() {
    if (dead_ < dead_min || dead_ < size() / 2) return;
    std::vector<std::uint32_t> new_ordinal(ids_.size());
    const std::vector<std::uint32_t> survivors = live_.values();
    std::string names;
    for (std::uint32_t at = 0; at < survivors.size(); ++at) {
        const std::uint32_t old = survivors[at];
        new_ordinal[old] = at;
        names += name_of(old);
        // `at` is never behind `old`, so what is overwritten has been read.
        ids_[at] = ids_[old];
        revisions_[at] = revisions_[old];
        created_[at] = created_[old];
        prices_[at] = prices_[old];
        popularity_[at] = popularity_[old];
    }
    for (auto* array : {&prices_, &popularity_}) array->resize(survivors.size());
    for (auto* array : {&revisions_, &created_}) array->resize(survivors.size());
    ids_.resize(survivors.size());

    std::vector<std::size_t> ends;
    ends.reserve(survivors.size());
    std::size_t end = 0;
    for (const std::uint32_t old : survivors) ends.push_back(end += name_of(old).size());
    name_ends_ = std::move(ends);
    names_ = std::move(names);

    const Bitmap live = live_;
    visit_bitmaps([&](Bitmap& bitmap) {
        std::vector<std::uint32_t> values = (bitmap & live).values();
        for (std::uint32_t& value : values) value = new_ordinal[value];
        bitmap = Bitmap::of(values);
    });
    drop_unused();
    dead_ = 0;
    finish_loading();
}

void Catalogue::drop_unused() {
    std::erase_if(terms_, [](const Term& term) { return term.anywhere.empty(); });
    term_ids_.clear();
    for (std::uint32_t at = 0; at < terms_.size(); ++at) term_ids_.emplace(terms_[at].text, at);
    for (Values* table : {&categories_, &subcategories_, &colors_, &materials_, &tags_, &sizes_, &sizes_in_stock_}) {
        std::erase_if(table->values, [](const Value& value) { return value.products.empty(); });
        table->by_key.clear();
        table->by_spelling.clear();
        for (std::uint32_t at = 0; at < table->values.size(); ++at) {
            table->by_key.emplace(filter_key(table->values[at].display), at);
            table->values[at].terms.clear();
        }
    }
    std::erase_if(retailers_, [](const auto& retailer) { return retailer.second.empty(); });
}

std::uint32_t Catalogue::price_bucket(std::int64_t paise) {
    // Sixteen buckets for each doubling of the price: an edge of a price range cuts through about 1/70 of a usual
    // catalogue.
    const auto price = static_cast<std::uint64_t>(paise);
    if (price < 16) return static_cast<std::uint32_t>(price);
    const auto doublings = static_cast<std::uint32_t>(std::bit_width(price)) - 5U;
    return 16U * doublings + static_cast<std::uint32_t>(price >> doublings);
}

std::string_view Catalogue::name_of(std::uint32_t ordinal) const {
    const std::size_t start = ordinal == 0 ? 0 : name_ends_[ordinal - 1];
    return std::string_view(names_).substr(start, name_ends_[ordinal] - start);
}

bool Catalogue::by_id(std::uint32_t left, std::uint32_t right) const {
    return ids_[left] < ids_[right];
}

bool Catalogue::newest(std::uint32_t left, std::uint32_t right) const {
    return created_[left] != created_[right] ? created_[left] > created_[right] : by_id(left, right);
}

bool Catalogue::cheapest(std::uint32_t left, std::uint32_t right) const {
    return prices_[left] != prices_[right] ? prices_[left] < prices_[right] : by_id(left, right);
}

bool Catalogue::dearest(std::uint32_t left, std::uint32_t right) const {
    return prices_[left] != prices_[right] ? prices_[left] > prices_[right] : by_id(left, right);
}

bool Catalogue::most_popular(std::uint32_t left, std::uint32_t right) const {
    return popularity_[left] != popularity_[right] ? popularity_[left] > popularity_[right] : by_id(left, right);
}

bool Catalogue::first_name(std::uint32_t left, std::uint32_t right) const {
    const int order = name_of(left).compare(name_of(right));
    return order != 0 ? order < 0 : by_id(left, right);
}

bool Catalogue::term_before(std::uint32_t left, std::uint32_t right) const {
    return terms_[left].text < terms_[right].text;
}

bool Catalogue::ending_before(std::uint32_t left, std::uint32_t right) const {
    const std::string& one = terms_[left].text;
    const std::string& other = terms_[right].text;
    return std::lexicographical_compare(one.rbegin(), one.rend(), other.rbegin(), other.rend());
}

std::size_t Catalogue::bytes() const {
    std::size_t sum = names_.capacity() + ids_.capacity() * sizeof(ProductId) + removed_.size() * 64 +
                      (revisions_.capacity() + created_.capacity() + name_ends_.capacity()) * sizeof(std::int64_t) +
                      (prices_.capacity() + popularity_.capacity()) * sizeof(std::uint32_t);
    const_cast<Catalogue*>(this)->visit_bitmaps([&](Bitmap& bitmap) { sum += bitmap.bytes(); });
    const_cast<Catalogue*>(this)->for_each_order([&](OrderedOrdinals& order, const auto&) { sum += order.bytes(); });
    // A term: its text twice, the node of the map, its place in two orders.
    for (const Term& term : terms_) sum += sizeof(Term) + 2 * term.text.capacity() + 80;
    return sum;
}

}  // namespace fitview::products
