#pragma once
// Smoothing a row of numbers.
#include <vector>

namespace fitview::engine {

/// Replaces each value by the mean of those up to `radius` places away, twice over, which is close to a Gaussian. At
/// the ends the mean is taken of what is there.
void running_mean(std::vector<float>& values, int radius);

}  // namespace fitview::engine
