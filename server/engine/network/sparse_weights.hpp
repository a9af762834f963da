#pragma once
// Weights of which only those other than zero are stored.
#include <vector>

#include "engine/network/flat_table.hpp"

namespace fitview::engine::network {

/// The full weights of `shape` (sizes as in a Tensor) out of the stored ones and the file's description where they
/// belong (a `SparsityParameters` table). Fails: UnreadableModel when the two do not fit together.
std::vector<float> fill_sparse(const std::vector<float>& stored, const std::vector<int>& shape,
                               const FlatTable& description);

}  // namespace fitview::engine::network
