// Every stage of one try-on at 768 x 1024, one thread.
#include <benchmark/benchmark.h>

#include "engine/drape/drawn_try_on.hpp"
#include "engine/drape/simulate.hpp"
#include "engine/render/composite.hpp"
#include "engine/render/rasterise.hpp"
#include "engine/render/shade.hpp"

namespace fitview::engine {
namespace {

struct Scene {
    FitPlan plan = drawn_plan();
    Cloth placed = placed_cloth(plan);
    Cloth draped = placed;
    ClothLayer layer;
    cv::Mat light;

    Scene() {
        cv::setNumThreads(1);
        simulate(drawn_person().body, draped);
        layer = rasterise(draped, drawn_garment().texture, plan, drawn_person().body, drawn_person().model,
                          drawn_person().undressed);
        light = shade(layer, drawn_person().undressed, drawn_person().body.unit, plan.tucked());
    }
};

const Scene& scene() {
    static const Scene shirt;
    return shirt;
}

void MakeBodyField(benchmark::State& state) {
    const PersonModel& person = drawn_person().model;
    for (auto _ : state) benchmark::DoNotOptimize(make_body_field(person));
}
BENCHMARK(MakeBodyField)->Unit(benchmark::kMillisecond);

void RemoveOldGarment(benchmark::State& state) {
    const PersonModel& person = drawn_person().model;
    for (auto _ : state) benchmark::DoNotOptimize(remove_old_garment(person));
}
BENCHMARK(RemoveOldGarment)->Unit(benchmark::kMillisecond);

void PlanAndPlace(benchmark::State& state) {
    scene();
    for (auto _ : state) benchmark::DoNotOptimize(placed_cloth(drawn_plan()));
}
BENCHMARK(PlanAndPlace)->Unit(benchmark::kMillisecond);

void Simulate(benchmark::State& state) {
    SimulationSettings settings;
    settings.steps = static_cast<int>(state.range(0));
    state.counters["points"] = static_cast<double>(scene().placed.size());
    for (auto _ : state) {
        Cloth cloth = scene().placed;
        simulate(drawn_person().body, cloth, settings);
        benchmark::DoNotOptimize(cloth.position.data());
    }
}
BENCHMARK(Simulate)->Arg(60)->Arg(120)->Arg(220)->Unit(benchmark::kMillisecond);

void Rasterise(benchmark::State& state) {
    const Scene& shirt = scene();
    for (auto _ : state)
        benchmark::DoNotOptimize(rasterise(shirt.draped, drawn_garment().texture, shirt.plan, drawn_person().body,
                                           drawn_person().model, drawn_person().undressed));
}
BENCHMARK(Rasterise)->Unit(benchmark::kMillisecond);

void Shade(benchmark::State& state) {
    const Scene& shirt = scene();
    for (auto _ : state)
        benchmark::DoNotOptimize(shade(shirt.layer, drawn_person().undressed, drawn_person().body.unit, false));
}
BENCHMARK(Shade)->Unit(benchmark::kMillisecond);

void CompositeLayers(benchmark::State& state) {
    const Scene& shirt = scene();
    for (auto _ : state)
        benchmark::DoNotOptimize(composite(drawn_person().model, drawn_person().undressed, shirt.layer, shirt.light));
}
BENCHMARK(CompositeLayers)->Unit(benchmark::kMillisecond);

/// The figure that counts: both analyses cached, encoding apart.
void CachedTryOn(benchmark::State& state) {
    scene();
    for (auto _ : state) benchmark::DoNotOptimize(render_try_on(drawn_person(), drawn_garment()));
}
BENCHMARK(CachedTryOn)->Unit(benchmark::kMillisecond);

void ColdTryOn(benchmark::State& state) {
    const media::Raster person = raster_of(draw_person(DrawnPose::arms_down).picture);
    const media::Raster garment = testing::draw_garment(testing::DrawnKind::t_shirt).photo;
    for (auto _ : state)
        benchmark::DoNotOptimize(render_try_on(prepare_person(person), prepare_garment(garment, GarmentType::top)));
}
BENCHMARK(ColdTryOn)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fitview::engine
