#pragma once
// The inner loops. Compiled twice, for every processor and for those with AVX2; both add in the same order and give the
// same bits.
#include <cstddef>

#include "engine/network/graph.hpp"

namespace fitview::engine::network {

/// Weights of a convolution as the kernels read them: panels of `panel` outputs, within one the outputs innermost.
constexpr int wide_panel = 16;
constexpr int narrow_panel = 8;

/// Rows of numbers to be multiplied by a matrix.
struct Product {
    const float* rows = nullptr;
    std::size_t row_step = 0;
    const float* weights = nullptr;  ///< panels, the last one filled up with zeros
    const float* bias = nullptr;     ///< as long as the panels
    float* result = nullptr;
    std::size_t result_step = 0;
    int row_count = 0;
    int depth = 0;    ///< numbers in a row
    int columns = 0;  ///< numbers in a row of the result
    int panel = wide_panel;
    Activation activation = Activation::none;
};

struct PlaneOperation {
    const float* input = nullptr;
    float* result = nullptr;
    Extent from;
    Extent to;
};

struct Kernels {
    void (*multiply)(const Product& product);
    /// Weights: one window for each channel, channels innermost.
    void (*convolve_by_channel)(const PlaneOperation& planes, const float* weights, const float* bias,
                                const Window& window, Activation activation);
    void (*add)(const float* one, const float* other, float* sum, std::size_t count, Activation activation);
    /// Multiplies each of `places` places channel by channel.
    void (*scale)(const float* input, const float* factors, float* result, std::size_t places, std::size_t channels);
    void (*resize)(const PlaneOperation& planes);
};

const Kernels& plain_kernels();
/// The plain ones where the processor or the compiler has no AVX2.
const Kernels& fastest_kernels();

}  // namespace fitview::engine::network
