// A style variation of each kind at 768 x 1024, one thread.
#include <benchmark/benchmark.h>

#include "engine/drape/drawn_try_on.hpp"
#include "engine/evaluate/raster_view.hpp"
#include "engine/scene/style_scene.hpp"

namespace fitview::engine {
namespace {

void SetIntoScene(benchmark::State& state) {
    cv::setNumThreads(1);
    const media::Raster picture = raster_from(drawn_person().model.picture);
    const media::Raster mask = raster_from(drawn_person().model.silhouette);
    for (auto _ : state)
        benchmark::DoNotOptimize(set_into_scene(picture, mask, static_cast<SceneStyle>(state.range(0))));
}
BENCHMARK(SetIntoScene)->DenseRange(0, 3)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fitview::engine
