// What a hit, a miss and a put cost in the in-process cache, and a call at the rate limiter.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

#include "storage/cache/cache.hpp"
#include "storage/rate_limiter.hpp"

namespace fitview::storage {
namespace {

constexpr std::size_t key_count = 10'000;
constexpr Milliseconds lifetime = std::chrono::hours(6);

const std::vector<std::string>& keys() {
    static const std::vector<std::string> made = [] {
        std::vector<std::string> list;
        for (std::size_t number = 0; number < key_count; ++number) {
            list.push_back("product:65f0c0ffee" + std::to_string(10'000'000'000'000 + number));
        }
        return list;
    }();
    return made;
}

Cache& cache() {
    static const std::unique_ptr<Cache> made = [] {
        auto opened = open_in_process_cache(std::size_t{256} << 20U, system_clock());
        const auto document = std::make_shared<const std::string>(std::string(1200, 'x'));
        for (const std::string& key : keys()) opened->put(key, document, lifetime);
        return opened;
    }();
    return *made;
}

void cache_hit(benchmark::State& state) {
    Cache& filled = cache();
    std::size_t at = static_cast<std::size_t>(state.thread_index()) * 4099;
    for (auto _ : state) benchmark::DoNotOptimize(filled.find(keys()[at++ % key_count]));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(cache_hit)->Threads(1)->Threads(4)->UseRealTime();

void cache_miss(benchmark::State& state) {
    Cache& filled = cache();
    for (auto _ : state) benchmark::DoNotOptimize(filled.find("product:65f0c0ffee00000000000000"));
}
BENCHMARK(cache_miss);

void cache_put(benchmark::State& state) {
    Cache& filled = cache();
    const auto document = std::make_shared<const std::string>(std::string(1200, 'y'));
    std::size_t at = 0;
    for (auto _ : state) filled.put(keys()[at++ % key_count], document, lifetime);
}
BENCHMARK(cache_put);

void rate_limit_take(benchmark::State& state) {
    const auto limiter = open_in_process_rate_limiter(system_clock());
    std::size_t at = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            limiter->take(keys()[at++ % key_count], {.count = 100, .window = std::chrono::minutes(1)}));
    }
}
BENCHMARK(rate_limit_take);

}  // namespace
}  // namespace fitview::storage
