#pragma once
// Whether an operation fits its tensors, so that running it needs no checks.
#include "engine/network/graph.hpp"

namespace fitview::engine::network {

/// Whether inputs and output of `operation` have the sizes it works with, its weights being constant. All indices must
/// exist. Fails: UnreadableModel.
void check_operation(const Graph& graph, const Operation& operation);

}  // namespace fitview::engine::network
