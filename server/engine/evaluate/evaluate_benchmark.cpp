// What measuring one picture costs, at 768 x 1024, one thread.
#include <benchmark/benchmark.h>

#include "engine/drape/drawn_try_on.hpp"
#include "engine/evaluate/defects.hpp"
#include "engine/evaluate/drawn_case.hpp"
#include "engine/evaluate/overlay.hpp"
#include "engine/evaluate/worn_top.hpp"

namespace fitview::engine {
namespace {

void ComparePictures(benchmark::State& state) {
    cv::setNumThreads(1);
    const PersonModel& person = drawn_person().model;
    const Overlay overlay = paste_overlay(person, drawn_garment().model);
    const cv::Mat region = overlay.coverage | worn_top_mask(person);
    for (auto _ : state) benchmark::DoNotOptimize(compare_pictures(person.picture, overlay.picture, region));
}
BENCHMARK(ComparePictures)->Unit(benchmark::kMillisecond);

void FindDefects(benchmark::State& state) {
    const PersonModel& person = drawn_person().model;
    const Overlay overlay = paste_overlay(person, drawn_garment().model);
    const DrawnPicture drawn{overlay.picture, overlay.coverage, {}, {}};
    for (auto _ : state) benchmark::DoNotOptimize(find_defects(person, drawn_garment().model, drawn));
}
BENCHMARK(FindDefects)->Unit(benchmark::kMillisecond);

void DrawAndMeasureOneCase(benchmark::State& state) {
    const PersonModel& person = drawn_person().model;
    const cv::Mat top = worn_top_mask(person);
    const Truth truth{person.picture, top, top};
    for (auto _ : state) benchmark::DoNotOptimize(draw_case(drawn_person(), drawn_garment(), &truth));
}
BENCHMARK(DrawAndMeasureOneCase)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fitview::engine
