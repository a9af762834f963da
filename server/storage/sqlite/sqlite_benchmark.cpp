// What reads and writes cost: a row by key, durable and relaxed writes by 1 and 16 callers. Set TMPDIR to a folder on
// the disk to be measured; on a memory file system an fsync costs nothing.
#include <benchmark/benchmark.h>
#include <boost/describe/class.hpp>

#include <atomic>
#include <memory>

#include "base/id.hpp"
#include "storage/sqlite/rows.hpp"
#include "testkit/deterministic.hpp"
#include "testkit/temporary_folder.hpp"

namespace fitview::storage {
namespace {

constexpr std::uint32_t row_count = 100'000;

struct Product {
    ProductId id;
    std::string name;
    std::string document;
    std::int64_t revision;
};
BOOST_DESCRIBE_STRUCT(Product, (), (id, name, document, revision))

/// One database for all threads of a run.
class Shop {
public:
    Shop() {
        database.write(Durability::durable, [](SqliteConnection& connection) {
            connection.run_script(
                "CREATE TABLE products (id TEXT PRIMARY KEY, name TEXT, document TEXT, revision INTEGER)");
            Statement insert = connection.prepare("INSERT INTO products " + insert_list<Product>());
            const std::string document(1200, 'x');
            for (std::uint32_t number = 0; number < row_count; ++number) {
                bind_row(insert, Product{testkit::id<ProductId>(number), "Kurta", document, 1}).run();
            }
        });
    }

    testkit::TemporaryFolder folder;
    SqliteDatabase database = SqliteDatabase::open(folder.path() + "/shop.db");
};

Shop& shop() {
    static const auto made = std::make_unique<Shop>();
    return *made;
}

void read_by_key(benchmark::State& state) {
    SqliteDatabase& database = shop().database;
    std::uint32_t number = static_cast<std::uint32_t>(state.thread_index());
    for (auto _ : state) {
        number = (number * 1103515245U + 12345U) % row_count;
        const auto found = database.read([number](SqliteConnection& connection) {
            Statement select = connection.prepare("SELECT document FROM products WHERE id = ?");
            select.bind(1, testkit::id<ProductId>(number));
            return select.step() ? select.get<std::string>(0) : std::string();
        });
        if (found.empty()) state.SkipWithError("a product is missing");
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(read_by_key)->Threads(1)->Threads(4)->UseRealTime();

void read_described_row(benchmark::State& state) {
    SqliteDatabase& database = shop().database;
    static const std::string sql = "SELECT " + column_list<Product>() + " FROM products WHERE id = ?";
    std::uint32_t number = 1;
    for (auto _ : state) {
        number = (number * 1103515245U + 12345U) % row_count;
        benchmark::DoNotOptimize(database.read([number](SqliteConnection& connection) {
            Statement select = connection.prepare(sql);
            select.bind(1, testkit::id<ProductId>(number));
            return read_next<Product>(select);
        }));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(read_described_row)->UseRealTime();

void write_one(benchmark::State& state, Durability durability) {
    SqliteDatabase& database = shop().database;
    static std::atomic<std::uint32_t> next = 0;
    for (auto _ : state) {
        const std::uint32_t number = (next++ * 7919U) % row_count;
        database.write(durability, [number](SqliteConnection& connection) {
            connection.run("UPDATE products SET revision = revision + 1 WHERE id = ?", testkit::id<ProductId>(number));
        });
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(write_one, durable, Durability::durable)->Threads(1)->Threads(16)->UseRealTime();
BENCHMARK_CAPTURE(write_one, relaxed, Durability::relaxed)->Threads(1)->Threads(16)->UseRealTime();

}  // namespace
}  // namespace fitview::storage
