#include "engine/ops/running_mean.hpp"

#include <algorithm>

namespace fitview::engine {

void running_mean(std::vector<float>& values, int radius) {
    const int count = static_cast<int>(values.size());
    std::vector<float> result(values.size());
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < count; ++i) {
            const int first = std::max(0, i - radius), last = std::min(count - 1, i + radius);
            float sum = 0;
            for (int k = first; k <= last; ++k) sum += values[k];
            result[i] = sum / static_cast<float>(last - first + 1);
        }
        values.swap(result);
    }
}

}  // namespace fitview::engine
