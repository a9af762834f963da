// Each network alone and both questions whole, one thread. Needs the network files (./fit setup).
#include <benchmark/benchmark.h>
#include <opencv2/core.hpp>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "engine/network/network.hpp"
#include "engine/network/read_model.hpp"
#include "engine/person/drawn_person.hpp"
#include "engine/pose/model_files.hpp"
#include "engine/pose/person_networks.hpp"

namespace fitview::engine {
namespace {

std::string folder() {
    const char* given = std::getenv("POSE_MODELS_DIR");
    return given ? given : (std::filesystem::path(FITVIEW_SOURCE_DIR) / "build/models").string();
}

void run_network(benchmark::State& state, const ModelFile& file, const network::Kernels& kernels) {
    try {
        const auto bytes = read_model_file(folder(), file);
        const network::Network network(network::read_model(bytes).graph, kernels);
        const network::Extent from = network.input();
        const std::vector<float> input(static_cast<std::size_t>(from.height) * from.width * from.channels, 0.3F);
        for (auto _ : state) benchmark::DoNotOptimize(network.run(input));
        state.counters["buffer_megabytes"] = static_cast<double>(network.buffer_bytes()) / 1e6;
    } catch (const std::runtime_error& missing) {
        state.SkipWithError(missing.what());
    }
}

BENCHMARK_CAPTURE(run_network, detector, detector_file, network::fastest_kernels())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(run_network, landmarks, landmark_file, network::fastest_kernels())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(run_network, person, person_file, network::fastest_kernels())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(run_network, landmarks_any_processor, landmark_file, network::plain_kernels())
    ->Unit(benchmark::kMillisecond);

void load_networks(benchmark::State& state) {
    try {
        for (auto _ : state) benchmark::DoNotOptimize(load_person_networks(folder()));
    } catch (const std::runtime_error& missing) {
        state.SkipWithError(missing.what());
    }
}
BENCHMARK(load_networks)->Unit(benchmark::kMillisecond);

void find_person(benchmark::State& state) {
    try {
        const PersonNetworks networks = load_person_networks(folder());
        const DrawnPerson drawn = draw_person(DrawnPose::arms_down);
        for (auto _ : state) {
            benchmark::DoNotOptimize(networks.pose->find_pose(drawn.picture));
            benchmark::DoNotOptimize(networks.parser->find_person(drawn.picture));
        }
    } catch (const std::runtime_error& missing) {
        state.SkipWithError(missing.what());
    }
}
BENCHMARK(find_person)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fitview::engine
