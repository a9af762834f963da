// One cached try-on of each further class of garment, and of an outfit, at 768 x 1024, one thread.
#include <benchmark/benchmark.h>

#include "engine/compose_outfit.hpp"
#include "engine/drape/drawn_try_on.hpp"
#include "engine/drape/leg_lines.hpp"
#include "engine/garment/testing/drawn_lower.hpp"
#include "engine/render/removed_lower.hpp"

namespace fitview::engine {
namespace {

using testing::DrawnKind;
using testing::DrawnLower;

PreparedGarment lower(DrawnLower kind, GarmentType type) {
    return prepare_garment(testing::draw_lower(kind).photo, type);
}

void try_on(benchmark::State& state, const PreparedGarment& garment) {
    cv::setNumThreads(1);
    drawn_person();
    for (auto _ : state) benchmark::DoNotOptimize(render_try_on(drawn_person(), garment));
}

void RemoveOldLower(benchmark::State& state) {
    const PreparedPerson& person = drawn_person();
    const LegLines legs = measure_leg_lines(person.model, person.body);
    for (auto _ : state) benchmark::DoNotOptimize(remove_old_lower(person.model, legs, false));
}
BENCHMARK(RemoveOldLower)->Unit(benchmark::kMillisecond);

void CachedTrousers(benchmark::State& state) {
    try_on(state, lower(DrawnLower::trousers, GarmentType::trousers));
}
BENCHMARK(CachedTrousers)->Unit(benchmark::kMillisecond);

void CachedSkirt(benchmark::State& state) {
    try_on(state, lower(DrawnLower::skirt, GarmentType::skirt));
}
BENCHMARK(CachedSkirt)->Unit(benchmark::kMillisecond);

void CachedLehenga(benchmark::State& state) {
    try_on(state, lower(DrawnLower::lehenga, GarmentType::lehenga));
}
BENCHMARK(CachedLehenga)->Unit(benchmark::kMillisecond);

void CachedSaree(benchmark::State& state) {
    cv::Mat cloth(300, 900, CV_8UC3, cv::Scalar::all(245));
    cloth(cv::Rect(30, 60, 840, 180)).setTo(cv::Scalar(150, 30, 60));
    try_on(state, prepare_garment(raster_of(cloth), GarmentType::saree));
}
BENCHMARK(CachedSaree)->Unit(benchmark::kMillisecond);

void CachedOpenJacket(benchmark::State& state) {
    try_on(state, prepare_garment(testing::draw_garment(DrawnKind::long_sleeves).photo, GarmentType::jacket));
}
BENCHMARK(CachedOpenJacket)->Unit(benchmark::kMillisecond);

/// Trousers, a top over them and an open jacket over both.
void CachedOutfitOfThree(benchmark::State& state) {
    cv::setNumThreads(1);
    drawn_person();
    const PreparedGarment trousers = lower(DrawnLower::trousers, GarmentType::trousers);
    const PreparedGarment jacket =
        prepare_garment(testing::draw_garment(DrawnKind::long_sleeves).photo, GarmentType::jacket);
    const std::vector<OutfitPiece> pieces{{&trousers, {}}, {&drawn_garment(), {}}, {&jacket, {}}};
    for (auto _ : state) benchmark::DoNotOptimize(compose_outfit(drawn_person(), pieces));
}
BENCHMARK(CachedOutfitOfThree)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fitview::engine
