#pragma once
// A neural network as a list of operations on tensors. Tensors lie in memory row by row, channels innermost.
#include <cstddef>
#include <vector>

namespace fitview::engine::network {

/// A picture-like tensor of one batch.
struct Extent {
    int height = 0;
    int width = 0;
    int channels = 0;
    bool operator==(const Extent&) const = default;
};

struct Tensor {
    std::vector<int> shape;     ///< one to four sizes, each at least 1; of four, the first is 1 unless it is constant
    std::vector<float> values;  ///< of constants only

    bool constant() const { return !values.empty(); }
    std::size_t total() const;
    /// Of a shape of four. Fails: UnreadableModel for any other, or more than one batch.
    Extent extent() const;
};

enum class Operator {
    add,                  ///< two of the same shape
    average,              ///< over all places, per channel
    concatenate,          ///< one below the other
    convolve,             ///< inputs: picture, weights [outputs, height, width, inputs], bias
    convolve_by_channel,  ///< inputs: picture, weights [1, height, width, channels], bias
    convolve_transposed,  ///< as convolve; windows lie side by side, each place becomes one window
    depth_to_space,       ///< blocks of channels become blocks of places: block row, block column, channel
    logistic,
    maximum,   ///< over a window
    multiply,  ///< two of the same shape, or a picture and one factor per channel
    rectify,   ///< only the activation
    reshape,
    resize,  ///< bilinear, pixel centres at a half
    hard_swish,
};

enum class Activation { none, relu, relu6 };

/// Where a window lies. Padding counts nothing (convolution) or is left out (maximum).
struct Window {
    int height = 1, width = 1;
    int stride_y = 1, stride_x = 1;
    int pad_top = 0, pad_left = 0, pad_bottom = 0, pad_right = 0;
};

struct Operation {
    Operator kind = Operator::add;
    std::vector<int> inputs;  ///< indices of tensors, made by earlier operations, the input, or constant
    int output = 0;
    Activation activation = Activation::none;
    Window window;
    int block = 1;  ///< of depth_to_space
};

/// Checked: every operation's inputs exist and its output has the size it computes, so it may be run as it is.
struct Graph {
    std::vector<Tensor> tensors;
    std::vector<Operation> operations;  ///< in the order to run them
    int input = 0;
    std::vector<int> outputs;
};

}  // namespace fitview::engine::network
