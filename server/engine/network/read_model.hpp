#pragma once
// TensorFlow Lite files: the part of the format that the pose and segmentation networks use.
#include <map>
#include <string>

#include "engine/network/flat_table.hpp"
#include "engine/network/graph.hpp"

namespace fitview::engine::network {

/// Tensors and constants beyond this many numbers are refused (64 MB).
constexpr std::size_t tensor_total_max = std::size_t{1} << 24;
constexpr std::size_t tensors_max = 4096;

struct Model {
    Graph graph;
    std::map<std::string, int> census;  ///< operations in the file by their name in the format
};

/// Reads a file with one subgraph, one input and half or single precision weights. Weights are unpacked, padding is
/// folded into the operation that follows. Fails: UnreadableModel, naming what is damaged or not supported.
Model read_model(FileBytes file);

}  // namespace fitview::engine::network
