// The search of product lists on synthetic catalogues of 1 000, 100 000 and 1 000 000 products: words follow a zipf
// distribution over 20 000 (30 of them in each product), 67 values of facets. Times are of one thread; the latency
// benchmarks print percentiles as counters (microseconds) beside the mean.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <memory>
#include <random>

#include "products/catalogue_index.hpp"

namespace fitview::products {
namespace {

/// Draws ranks from 0 to count - 1, the n-th with a probability as 1 / (n + 1).
class Zipf {
public:
    explicit Zipf(std::size_t count) {
        double sum = 0;
        for (std::size_t rank = 0; rank < count; ++rank) cumulated_.push_back(sum += 1.0 / double(rank + 1));
    }
    template <class Random>
    std::size_t draw(Random& random) const {
        const double point = std::uniform_real_distribution<>(0, cumulated_.back())(random);
        return std::size_t(std::lower_bound(cumulated_.begin(), cumulated_.end(), point) - cumulated_.begin());
    }

private:
    std::vector<double> cumulated_;
};

class Shop {
public:
    Shop() {
        const std::vector<std::string> syllables = {"ka", "ri", "su",  "mo",  "te",  "la",
                                                    "ni", "do", "pra", "shi", "ban", "gul"};
        std::mt19937 random(7);
        for (std::size_t at = 0; at < 20000; ++at) {
            std::string word;
            for (std::size_t count = 2 + random() % 3; count > 0; --count)
                word += syllables[random() % syllables.size()];
            words_.push_back(word + (at % 3 == 0 ? "" : std::string(1, char('a' + random() % 26))));
        }
    }

    SearchEntry product(std::uint32_t number) {
        SearchEntry made;
        IdBytes id{};
        for (unsigned at = 0; at < 4; ++at) id[8 + at] = static_cast<std::uint8_t>(number >> (24U - 8U * at));
        made.id = ProductId(id);
        made.revision = 1;
        id[11] = 0;
        id[10] = 0;
        made.retailer_id = UserId(id);
        made.name = text(4);
        made.description = text(22);
        made.category = "Category " + std::to_string(few_.draw(random_));
        made.subcategory = "Sub " + std::to_string(few_.draw(random_));
        made.material = "Material " + std::to_string(few_.draw(random_));
        made.tags = {text(1), text(1)};
        made.colors = {"Color " + std::to_string(few_.draw(random_)), "Color " + std::to_string(few_.draw(random_))};
        for (const char* size : {"XS", "S", "M", "L", "XL", "XXL", "Free"}) {
            if (random_() % 2 == 0) made.sizes.push_back({size, random_() % 4 != 0});
        }
        made.price_paise = 100 * std::int64_t(std::exp(std::normal_distribution<>(7.5, 0.8)(random_)));
        made.created_at = Timestamp::from_milliseconds(1'700'000'000'000 + std::int64_t(number) * 1000 +
                                                       std::int64_t(random_() % 100000));
        made.popularity = random_() % 1000;
        return made;
    }

    std::string text(int count) {
        std::string made;
        for (; count > 0; --count) made += words_[many_.draw(random_)] + " ";
        return made;
    }

    /// One to three words: most whole, some beginnings, some mistyped; every second query with filters.
    SearchQuery query() {
        SearchQuery made{.sort = Sort::relevance, .limit = 20, .facets = true};
        for (std::uint32_t count = 1 + random_() % 3; count > 0; --count) {
            std::string word = words_[many_.draw(random_)];
            const std::uint32_t way = random_() % 10;
            if (way < 2) word.resize(std::max<std::size_t>(2, word.size() / 2));
            if (way == 9) std::swap(word[1], word[2]);
            made.words += word + " ";
        }
        if (random_() % 2 == 0) made.sizes = {"M"};
        if (random_() % 4 == 0) made.in_stock = true;
        if (random_() % 4 == 0) made.categories = {"Category 1", "Category 3"};
        if (random_() % 4 == 0) made.max_price_paise = 250000;
        return made;
    }

private:
    std::mt19937 random_{42};
    std::vector<std::string> words_;
    Zipf many_{20000};
    Zipf few_{15};
};

std::vector<SearchEntry> make_products(std::uint32_t count) {
    Shop shop;
    std::vector<SearchEntry> products;
    products.reserve(count);
    for (std::uint32_t number = 1; number <= count; ++number) products.push_back(shop.product(number));
    return products;
}

void fill(CatalogueIndex& index, std::vector<SearchEntry>& products) {
    constexpr std::size_t batch_size = 10000;
    std::size_t at = 0;
    index.rebuild([&](std::vector<SearchEntry>& batch) {
        const std::size_t end = std::min(at + batch_size, products.size());
        batch.assign(std::make_move_iterator(products.begin() + std::ptrdiff_t(at)),
                     std::make_move_iterator(products.begin() + std::ptrdiff_t(end)));
        at = end;
    });
}

/// One index for each size, made at the first use.
CatalogueIndex& index_of(std::uint32_t count) {
    static std::map<std::uint32_t, std::unique_ptr<CatalogueIndex>> indexes;
    auto& index = indexes[count];
    if (!index) {
        index = std::make_unique<CatalogueIndex>();
        auto products = make_products(count);
        fill(*index, products);
    }
    return *index;
}

/// Measures each call of `once` and reports the percentiles.
template <class Once>
void run_measured(benchmark::State& state, const Once& once) {
    std::vector<double> times;
    for (auto _ : state) {
        const auto start = std::chrono::steady_clock::now();
        once();
        times.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
    }
    std::sort(times.begin(), times.end());
    const auto percentile = [&](double part) {
        return times[std::min(times.size() - 1, std::size_t(part * double(times.size())))];
    };
    state.counters["p50"] = percentile(0.50);
    state.counters["p95"] = percentile(0.95);
    state.counters["p99"] = percentile(0.99);
}

void Build(benchmark::State& state) {
    for (auto _ : state) {
        state.PauseTiming();
        auto products = make_products(std::uint32_t(state.range(0)));
        auto index = std::make_unique<CatalogueIndex>();
        state.ResumeTiming();
        fill(*index, products);
        state.PauseTiming();
        state.counters["megabytes"] = double(index->bytes()) / 1e6;
        index.reset();
        state.ResumeTiming();
    }
}
BENCHMARK(Build)->Arg(1000)->Arg(100000)->Arg(1000000)->Iterations(1)->Unit(benchmark::kMillisecond);

void SearchWithFacets(benchmark::State& state) {
    const CatalogueIndex& index = index_of(std::uint32_t(state.range(0)));
    Shop shop;
    run_measured(state, [&] { benchmark::DoNotOptimize(index.find(shop.query())); });
}
BENCHMARK(SearchWithFacets)->Arg(1000)->Arg(100000)->Arg(1000000)->Iterations(5000)->Unit(benchmark::kMicrosecond);

void OneLetter(benchmark::State& state) {
    const CatalogueIndex& index = index_of(std::uint32_t(state.range(0)));
    run_measured(state, [&] {
        benchmark::DoNotOptimize(index.find({.words = "s", .sort = Sort::relevance, .limit = 20, .facets = true}));
    });
}
BENCHMARK(OneLetter)->Arg(100000)->Arg(1000000)->Unit(benchmark::kMicrosecond);

void FirstPage(benchmark::State& state) {
    const CatalogueIndex& index = index_of(std::uint32_t(state.range(0)));
    run_measured(state, [&] { benchmark::DoNotOptimize(index.find({.sort = Sort::newest, .limit = 20})); });
}
BENCHMARK(FirstPage)->Arg(100000)->Arg(1000000)->Unit(benchmark::kMicrosecond);

void FilteredPage(benchmark::State& state) {
    const CatalogueIndex& index = index_of(std::uint32_t(state.range(0)));
    const SearchQuery query{.min_price_paise = 100000,
                            .max_price_paise = 200000,
                            .categories = {"Category 2"},
                            .sizes = {"M"},
                            .in_stock = true,
                            .sort = Sort::price_asc,
                            .limit = 20};
    run_measured(state, [&] { benchmark::DoNotOptimize(index.find(query)); });
}
BENCHMARK(FilteredPage)->Arg(100000)->Arg(1000000)->Unit(benchmark::kMicrosecond);

void Change(benchmark::State& state) {
    CatalogueIndex& index = index_of(std::uint32_t(state.range(0)));
    Shop shop;
    static std::int64_t revision = 1;
    std::mt19937 random(3);
    run_measured(state, [&] {
        auto product = shop.product(1 + random() % std::uint32_t(state.range(0)));
        product.revision = ++revision;
        index.apply({std::move(product)});
    });
}
BENCHMARK(Change)->Arg(100000)->Arg(1000000)->Iterations(2000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace fitview::products
