// What a picture costs: an upload from a phone, a decode for the engine, a result's encoding.
#include <benchmark/benchmark.h>

#include <cmath>

#include "media/pictures.hpp"
#include "media/vips_image.hpp"

namespace fitview::media {
namespace {

/// Soft shapes with fine grain, as in a photo: neither flat nor noise.
Raster scene(int width, int height) {
    Raster raster{width, height, 3, {}};
    raster.bytes.reserve(raster.row_bytes() * static_cast<std::size_t>(height));
    std::uint32_t grain = 1;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            for (int c = 0; c < 3; ++c) {
                grain = grain * 1664525u + 1013904223u;
                const double shape = 120 + 60 * std::sin(x * 0.011 + c) + 50 * std::cos(y * 0.017 - c);
                raster.bytes.push_back(static_cast<std::uint8_t>(shape + (grain >> 28)));
            }
        }
    }
    return raster;
}

std::string jpeg_of(const Raster& raster) {
    const Image image = view_of(raster);
    void* buffer = nullptr;
    std::size_t size = 0;
    if (vips_jpegsave_buffer(image.get(), &buffer, &size, "Q", 90, nullptr) != 0) std::abort();
    std::string bytes(static_cast<const char*>(buffer), size);
    g_free(buffer);
    return bytes;
}

void prepare_phone_photo(benchmark::State& state) {
    const std::string bytes = jpeg_of(scene(3000, 4000));
    for (auto _ : state) benchmark::DoNotOptimize(prepare_picture(bytes));
    state.counters["bytes_in"] = double(bytes.size());
}
BENCHMARK(prepare_phone_photo)->MeasureProcessCPUTime()->UseRealTime()->Unit(benchmark::kMillisecond);

void decode_phone_photo_for_the_engine(benchmark::State& state) {
    const std::string bytes = jpeg_of(scene(3000, 4000));
    for (auto _ : state) benchmark::DoNotOptimize(decode_picture(bytes, 1024));
}
BENCHMARK(decode_phone_photo_for_the_engine)->MeasureProcessCPUTime()->UseRealTime()->Unit(benchmark::kMillisecond);

void decode_jpeg_768x1024(benchmark::State& state) {
    const std::string bytes = jpeg_of(scene(768, 1024));
    for (auto _ : state) benchmark::DoNotOptimize(decode_picture(bytes, 1024));
}
BENCHMARK(decode_jpeg_768x1024)->MeasureProcessCPUTime()->UseRealTime()->Unit(benchmark::kMillisecond);

void decode_webp_768x1024(benchmark::State& state) {
    const std::string bytes = encode_webp(scene(768, 1024));
    for (auto _ : state) benchmark::DoNotOptimize(decode_picture(bytes, 1024));
}
BENCHMARK(decode_webp_768x1024)->MeasureProcessCPUTime()->UseRealTime()->Unit(benchmark::kMillisecond);

void encode_webp_768x1024(benchmark::State& state) {
    const Raster raster = scene(768, 1024);
    std::size_t size = 0;
    for (auto _ : state) size = encode_webp(raster, 88, static_cast<int>(state.range(0))).size();
    state.counters["bytes"] = double(size);
}
BENCHMARK(encode_webp_768x1024)
    ->Arg(0)
    ->Arg(2)
    ->Arg(3)
    ->Arg(4)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void refuse_by_header(benchmark::State& state) {
    const std::string bytes = jpeg_of(scene(3000, 40));
    for (auto _ : state) benchmark::DoNotOptimize(prepare_picture(bytes));
}
BENCHMARK(refuse_by_header)->MeasureProcessCPUTime()->UseRealTime()->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace fitview::media
