// What a page costs above the HTTP layer: products out of the cache and out of SQLite, and the start of a large shop.
#include <benchmark/benchmark.h>

#include "products/catalogue_follower.hpp"
#include "products/catalogue_index.hpp"
#include "products/products_builders.hpp"
#include "products/products_service.hpp"
#include "reflect/json_write.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "testkit/temporary_folder.hpp"

namespace fitview::products {
namespace {

class NoFinder final : public pictures::FitPointFinder {
    std::vector<engine::FoundPoint<engine::BodyPoint>> on_person(const pictures::Picture&) override { return {}; }
    std::vector<engine::FoundPoint<engine::GarmentPoint>> on_garment(
        const pictures::Picture&, const std::optional<engine::GarmentType>&) override {
        return {};
    }
};

class NoAnalyst final : public PictureAnalyst {
public:
    void analyse(const PictureToAnalyse&) override {}
};

constexpr std::uint32_t product_count = 20000;

/// A shop of `product_count` products on disk.
struct Shop {
    Shop() {
        for (std::uint32_t number = 1; number <= product_count;) {
            unit_of_work->run(storage::Durability::durable, [&] {
                for (int count = 0; count < 500; ++count, ++number) {
                    store->add(stocked_product(number, "Royal Blue Silk Kurta " + std::to_string(number % 997)));
                }
            });
        }
        follower.build([](const StockedProduct&) {});
    }

    testkit::FixedClock clock;
    testkit::TemporaryFolder folder;
    storage::SqliteDatabase database = storage::SqliteDatabase::open(folder.path() + "/shop.db");
    std::unique_ptr<storage::UnitOfWork> unit_of_work = storage::open_sqlite_unit_of_work(database);
    std::unique_ptr<storage::ChangeFeed> feed = storage::open_sqlite_change_feed(database);
    std::unique_ptr<storage::Objects> objects = storage::open_filesystem_objects(folder.path());
    std::unique_ptr<storage::ObjectLedger> ledger = storage::open_sqlite_object_ledger(database);
    std::unique_ptr<storage::Cache> cache = storage::open_in_process_cache(64U << 20U, clock);
    std::unique_ptr<media::PictureDecoder> decoder = media::make_in_process_decoder();
    std::unique_ptr<Store> store = open_sqlite_store(database);
    pictures::Addresses addresses{"http://shop.test", "", Secret("key"), std::chrono::hours(1), clock};
    CatalogueIndex index;
    ProductDocuments documents{*store, *cache, addresses};
    NoAnalyst analyst;
    NoFinder finder;
    Popularity popularity{*store, index, telemetry::no_event_sink(), clock};
    pictures::Shelf shelf{*decoder, *objects, *ledger, clock};
    Service service{{*store, *unit_of_work, index, documents, popularity, shelf, addresses, analyst, finder, clock}};
    CatalogueFollower follower{*store, index, documents, *feed};
};

Shop& shop() {
    static Shop one;
    return one;
}

void ListPage(benchmark::State& state) {
    Service& service = shop().service;
    const ProductQuery query{};
    service.list(query);
    for (auto _ : state) benchmark::DoNotOptimize(service.list_quickly(query));
}
BENCHMARK(ListPage)->Unit(benchmark::kMicrosecond);

void SearchPageWithFacets(benchmark::State& state) {
    Service& service = shop().service;
    ProductQuery query{.search = *Text<0, 200>::check("silk kurta 99")};
    query.facets = true;
    for (auto _ : state) benchmark::DoNotOptimize(service.list(query));
}
BENCHMARK(SearchPageWithFacets)->Unit(benchmark::kMicrosecond);

void ProductPageCached(benchmark::State& state) {
    Service& service = shop().service;
    const auto id = testkit::id<ProductId>(7);
    service.get(id);
    for (auto _ : state) benchmark::DoNotOptimize(service.find_quickly(id));
}
BENCHMARK(ProductPageCached)->Unit(benchmark::kMicrosecond);

void ProductPageFromStore(benchmark::State& state) {
    Shop& one = shop();
    std::uint32_t number = 0;
    for (auto _ : state) {
        const auto stocked = one.store->find(testkit::id<ProductId>(number++ % product_count + 1));
        benchmark::DoNotOptimize(reflect::encode_text(view_of(*stocked, one.addresses)));
    }
}
BENCHMARK(ProductPageFromStore)->Unit(benchmark::kMicrosecond);

void BuildFromStore(benchmark::State& state) {
    Shop& one = shop();
    for (auto _ : state) one.follower.build([](const StockedProduct&) {});
    state.counters["products"] = product_count;
}
BENCHMARK(BuildFromStore)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace fitview::products
