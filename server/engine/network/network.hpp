#pragma once
// Running a network.
#include <span>
#include <vector>

#include "engine/network/graph.hpp"
#include "engine/network/kernels.hpp"

namespace fitview::engine::network {

/// A network ready to run. Immutable: threads share one, each call has its own work buffers. Deterministic, the same
/// bits whatever the processor.
class Network {
public:
    explicit Network(Graph graph, const Kernels& kernels = fastest_kernels());

    Extent input() const;
    /// One list for each output of the graph. Fails: std::invalid_argument unless `input` fills the input's extent.
    std::vector<std::vector<float>> run(std::span<const float> input) const;
    /// What one call needs while it runs.
    std::size_t buffer_bytes() const;

private:
    struct Weights {
        std::vector<float> packed;
        std::vector<float> bias;
        int panel = wide_panel;
    };
    using Buffers = std::vector<std::vector<float>>;

    void pack_weights();
    void assign_buffers();
    void run_operation(std::size_t index, Buffers& buffers) const;
    void run_convolution(const Operation& operation, const Weights& weights, const PlaneOperation& planes,
                         std::vector<float>& windows) const;

    Graph graph_;
    const Kernels* kernels_;
    std::vector<Weights> weights_;           ///< by operation; empty for those without
    std::vector<int> buffer_of_;             ///< by tensor; tensors that are not needed at the same time share one
    std::vector<std::size_t> buffer_sizes_;  ///< in numbers; the last one is for the windows of a convolution
};

}  // namespace fitview::engine::network
