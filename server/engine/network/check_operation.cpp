#include "engine/network/check_operation.hpp"

#include "engine/network/flat_table.hpp"

namespace fitview::engine::network {
namespace {

class Checker {
public:
    Checker(const Graph& graph, const Operation& operation) : graph_(graph), operation_(operation) {}

    void check() const {
        require(input(0).values.empty(), "an operation works on constants only");
        switch (operation_.kind) {
            case Operator::add:
                require_inputs(2);
                require(same_as_output(0) && same_as_output(1), "a sum of different shapes");
                break;
            case Operator::multiply:
                check_product();
                break;
            case Operator::average: {
                require_inputs(1);
                const Extent from = input(0).extent();
                require(whole(from), "an average over less than the picture");
                require(output().extent() == Extent{1, 1, from.channels}, "an average of another size");
                break;
            }
            case Operator::convolve:
            case Operator::convolve_by_channel:
            case Operator::convolve_transposed:
                check_convolution();
                break;
            case Operator::maximum:
                require_inputs(1);
                require(no_padding(), "padding around a maximum");
                require(output().extent() == reached(input(0).extent().channels), "a maximum of another size");
                break;
            case Operator::depth_to_space:
                check_blocks();
                break;
            case Operator::concatenate:
                check_joined();
                break;
            case Operator::resize:
                require(input(0).extent().channels == output().extent().channels, "resizing changes the channels");
                break;
            case Operator::reshape:
                require(input(0).total() == output().total(), "reshaping changes the size");
                break;
            case Operator::rectify:
            case Operator::logistic:
            case Operator::hard_swish:
                require_inputs(1);
                require(same_as_output(0), "an operation changes the shape");
                break;
        }
    }

private:
    static void require(bool holds, const char* fault) {
        if (!holds) throw UnreadableModel(fault);
    }
    void require_inputs(std::size_t count) const {
        require(operation_.inputs.size() == count, "an operation with too many or too few inputs");
    }

    const Tensor& input(std::size_t at) const {
        return graph_.tensors[static_cast<std::size_t>(operation_.inputs[at])];
    }
    const Tensor& output() const { return graph_.tensors[static_cast<std::size_t>(operation_.output)]; }
    bool same_as_output(std::size_t at) const { return input(at).values.empty() && input(at).shape == output().shape; }

    bool no_padding() const {
        const Window& window = operation_.window;
        return !window.pad_top && !window.pad_left && !window.pad_bottom && !window.pad_right;
    }
    bool whole(const Extent& from) const {
        return no_padding() && operation_.window.height == from.height && operation_.window.width == from.width;
    }

    /// The size of what a window that moves over the padded input makes.
    Extent reached(int channels) const {
        const Extent from = input(0).extent();
        const Window& window = operation_.window;
        const int rows = from.height + window.pad_top + window.pad_bottom - window.height;
        const int columns = from.width + window.pad_left + window.pad_right - window.width;
        require(rows >= 0 && columns >= 0, "a window larger than its picture");
        return {rows / window.stride_y + 1, columns / window.stride_x + 1, channels};
    }

    void check_product() const {
        require_inputs(2);
        require(operation_.activation == Activation::none, "an activation after a product");
        require(same_as_output(0) && input(1).values.empty(), "a product of different shapes");
        require(input(1).shape == input(0).shape ||
                    input(1).total() == static_cast<std::size_t>(input(0).extent().channels),
                "a product of different shapes");
    }

    void check_convolution() const {
        require_inputs(3);
        const Tensor& weights = input(1);
        const Tensor& bias = input(2);
        require(weights.shape.size() == 4 && weights.values.size() == weights.total() && bias.constant() &&
                    bias.values.size() == bias.total(),
                "weights that are not constant");
        const Extent from = input(0).extent();
        const bool by_channel = operation_.kind == Operator::convolve_by_channel;
        const int made = by_channel ? weights.shape[3] : weights.shape[0];
        require(weights.shape[3] == from.channels && (!by_channel || weights.shape[0] == 1) &&
                    bias.total() == static_cast<std::size_t>(made),
                "weights that do not fit the picture");
        const Window& window = operation_.window;
        if (operation_.kind == Operator::convolve_transposed) {
            require(window.stride_y == window.height && window.stride_x == window.width, "windows that overlap");
            const Extent made_extent{from.height * window.height, from.width * window.width, made};
            require(output().extent() == made_extent && operation_.activation == Activation::none,
                    "a transposed convolution of another size");
        } else {
            require(output().extent() == reached(made), "a convolution of another size");
        }
    }

    void check_blocks() const {
        require_inputs(1);
        const Extent from = input(0).extent();
        const int block = operation_.block;
        require(block >= 1 && block <= 16 && from.channels % (block * block) == 0, "blocks of another size");
        require(output().extent() == Extent{from.height * block, from.width * block, from.channels / (block * block)},
                "blocks of another size");
    }

    void check_joined() const {
        std::size_t total = 0;
        for (std::size_t at = 0; at < operation_.inputs.size(); ++at) {
            require(input(at).values.empty() && input(at).shape.size() > 1 && input(at).shape.front() == 1,
                    "tensors that cannot be joined");
            total += input(at).total();
        }
        require(total == output().total(), "tensors joined to another size");
    }

    const Graph& graph_;
    const Operation& operation_;
};

}  // namespace

std::size_t Tensor::total() const {
    std::size_t product = 1;
    for (const int size : shape) product *= static_cast<std::size_t>(size);
    return product;
}

Extent Tensor::extent() const {
    if (shape.size() != 4 || shape.front() != 1) throw UnreadableModel("a tensor that is no picture");
    return {shape[1], shape[2], shape[3]};
}

void check_operation(const Graph& graph, const Operation& operation) {
    Checker(graph, operation).check();
}

}  // namespace fitview::engine::network
