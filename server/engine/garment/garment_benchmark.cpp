#include <benchmark/benchmark.h>

#include <opencv2/imgproc.hpp>

#include "engine/garment/cut_out.hpp"
#include "engine/garment/garment_texture.hpp"
#include "engine/garment/parse_garment.hpp"
#include "engine/garment/pattern_mesh.hpp"
#include "engine/garment/testing/drawn_garment.hpp"

namespace fitview::engine {
namespace {

/// A drawn shirt at 768 x 1024.
media::Raster photo() {
    const media::Raster small = testing::draw_garment(testing::DrawnKind::t_shirt).photo;
    cv::Mat picture(small.height, small.width, CV_8UC3);
    std::copy(small.bytes.begin(), small.bytes.end(), picture.data);
    cv::resize(picture, picture, {768, 1024}, 0, 0, cv::INTER_CUBIC);
    return testing::to_raster(picture);
}

void CutOutGarment(benchmark::State& state) {
    const media::Raster small = testing::draw_garment(testing::DrawnKind::t_shirt).photo;
    cv::Mat picture(small.height, small.width, CV_8UC3);
    std::copy(small.bytes.begin(), small.bytes.end(), picture.data);
    cv::Mat lab;
    picture.convertTo(lab, CV_32FC3, 1 / 255.0);
    cv::cvtColor(lab, lab, cv::COLOR_RGB2Lab);
    for (auto _ : state) benchmark::DoNotOptimize(cut_out_garment(picture, lab));
}
BENCHMARK(CutOutGarment)->Unit(benchmark::kMillisecond);

void ParseGarment(benchmark::State& state) {
    const media::Raster raster = photo();
    for (auto _ : state) benchmark::DoNotOptimize(parse_garment(raster));
}
BENCHMARK(ParseGarment)->Unit(benchmark::kMillisecond);

void MakePattern(benchmark::State& state) {
    const GarmentModel model = parse_garment(photo());
    for (auto _ : state) benchmark::DoNotOptimize(make_pattern(model, static_cast<int>(state.range(0))));
}
BENCHMARK(MakePattern)->Arg(1250)->Arg(2600)->Unit(benchmark::kMillisecond);

void ExtendColours(benchmark::State& state) {
    const GarmentModel model = parse_garment(photo());
    for (auto _ : state) benchmark::DoNotOptimize(extend_colours(model));
}
BENCHMARK(ExtendColours)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fitview::engine
