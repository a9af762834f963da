#include "engine/network/network.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

namespace fitview::engine::network {
namespace {

bool is_convolution(const Operation& operation) {
    return operation.kind == Operator::convolve || operation.kind == Operator::convolve_by_channel ||
           operation.kind == Operator::convolve_transposed;
}

/// Whether each result place is made of the one input place, so that the input itself is the matrix of windows.
bool place_by_place(const Window& window) {
    return window.height == 1 && window.width == 1 && window.stride_y == 1 && window.stride_x == 1 && !window.pad_top &&
           !window.pad_left;
}

int window_numbers(const Operation& operation, int channels) {
    return operation.window.height * operation.window.width * channels;
}

/// The windows of one result row side by side, zeros where they leave the picture.
void gather_windows(const PlaneOperation& planes, const Window& window, int y, std::vector<float>& windows) {
    const auto channels = static_cast<std::size_t>(planes.from.channels);
    const auto row_numbers = static_cast<std::size_t>(window.width) * channels;
    std::fill(windows.begin(), windows.end(), 0.0F);
    float* target = windows.data();
    for (int x = 0; x < planes.to.width; ++x) {
        const int left = x * window.stride_x - window.pad_left;
        const int first = std::max(0, -left);
        const int end = std::min(window.width, planes.from.width - left);
        for (int row = 0; row < window.height; ++row, target += row_numbers) {
            const int from = y * window.stride_y - window.pad_top + row;
            if (from < 0 || from >= planes.from.height || end <= first) continue;
            const float* source =
                planes.input + (static_cast<std::size_t>(from) * planes.from.width + left + first) * channels;
            std::copy_n(source, static_cast<std::size_t>(end - first) * channels,
                        target + static_cast<std::size_t>(first) * channels);
        }
    }
}

void average(const PlaneOperation& planes, Activation activation) {
    const auto channels = static_cast<std::size_t>(planes.from.channels);
    const std::size_t places = static_cast<std::size_t>(planes.from.height) * planes.from.width;
    std::vector<double> sums(channels);
    for (std::size_t place = 0; place < places; ++place)
        for (std::size_t channel = 0; channel < channels; ++channel)
            sums[channel] += planes.input[place * channels + channel];
    for (std::size_t channel = 0; channel < channels; ++channel) {
        const auto mean = static_cast<float>(sums[channel] / static_cast<double>(places));
        const float lower = activation == Activation::none ? mean : std::max(mean, 0.0F);
        planes.result[channel] = activation == Activation::relu6 ? std::min(lower, 6.0F) : lower;
    }
}

void maximum(const PlaneOperation& planes, const Window& window, Activation activation) {
    const auto channels = static_cast<std::size_t>(planes.from.channels);
    float* result = planes.result;
    for (int y = 0; y < planes.to.height; ++y)
        for (int x = 0; x < planes.to.width; ++x, result += channels)
            for (std::size_t channel = 0; channel < channels; ++channel) {
                float most = activation == Activation::none ? -INFINITY : 0;
                for (int row = 0; row < window.height; ++row)
                    for (int column = 0; column < window.width; ++column) {
                        const std::size_t place =
                            static_cast<std::size_t>(y * window.stride_y + row) * planes.from.width +
                            static_cast<std::size_t>(x * window.stride_x + column);
                        most = std::max(most, planes.input[place * channels + channel]);
                    }
                result[channel] = activation == Activation::relu6 ? std::min(most, 6.0F) : most;
            }
}

void depth_to_space(const PlaneOperation& planes, int block) {
    const auto channels = static_cast<std::size_t>(planes.to.channels);
    float* result = planes.result;
    for (int y = 0; y < planes.to.height; ++y)
        for (int x = 0; x < planes.to.width; ++x, result += channels) {
            const std::size_t place = static_cast<std::size_t>(y / block) * planes.from.width + x / block;
            const std::size_t part = static_cast<std::size_t>((y % block) * block + x % block) * channels;
            std::copy_n(planes.input + place * static_cast<std::size_t>(planes.from.channels) + part, channels, result);
        }
}

void convolve_transposed(const PlaneOperation& planes, const float* weights, const float* bias, const Window& window) {
    const auto channels = static_cast<std::size_t>(planes.from.channels);
    float* result = planes.result;
    for (int y = 0; y < planes.to.height; ++y)
        for (int x = 0; x < planes.to.width; ++x) {
            const float* input =
                planes.input +
                (static_cast<std::size_t>(y / window.height) * planes.from.width + x / window.width) * channels;
            for (int made = 0; made < planes.to.channels; ++made) {
                const std::size_t place = static_cast<std::size_t>(
                    (made * window.height + y % window.height) * window.width + x % window.width);
                float sum = bias[made];
                for (std::size_t channel = 0; channel < channels; ++channel)
                    sum += input[channel] * weights[place * channels + channel];
                *result++ = sum;
            }
        }
}

Extent extent_or_flat(const Tensor& tensor) {
    if (tensor.shape.size() == 4) return tensor.extent();
    return {1, 1, static_cast<int>(tensor.total())};
}

}  // namespace

Network::Network(Graph graph, const Kernels& kernels) : graph_(std::move(graph)), kernels_(&kernels) {
    pack_weights();
    assign_buffers();
}

void Network::pack_weights() {
    weights_.resize(graph_.operations.size());
    for (std::size_t index = 0; index < weights_.size(); ++index) {
        const Operation& operation = graph_.operations[index];
        if (!is_convolution(operation)) continue;
        const Tensor& from = graph_.tensors[static_cast<std::size_t>(operation.inputs[1])];
        Weights& weights = weights_[index];
        weights.bias = graph_.tensors[static_cast<std::size_t>(operation.inputs[2])].values;
        if (operation.kind != Operator::convolve) {
            weights.packed = from.values;
            continue;
        }
        const auto made = static_cast<std::size_t>(from.shape[0]);
        const std::size_t depth = from.total() / made;
        weights.panel = from.shape[0] <= narrow_panel ? narrow_panel : wide_panel;
        const auto panel = static_cast<std::size_t>(weights.panel);
        const std::size_t filled = (made + panel - 1) / panel * panel;
        weights.bias.resize(filled);
        weights.packed.resize(filled * depth);
        for (std::size_t output = 0; output < made; ++output)
            for (std::size_t at = 0; at < depth; ++at)
                weights.packed[output / panel * panel * depth + at * panel + output % panel] =
                    from.values[output * depth + at];
    }
    for (Tensor& tensor : graph_.tensors) tensor.values = {};
}

void Network::assign_buffers() {
    constexpr std::size_t always = ~std::size_t{0};
    std::vector<std::size_t> last_use(graph_.tensors.size(), 0);
    std::size_t windows = 0;
    for (std::size_t index = 0; index < graph_.operations.size(); ++index) {
        const Operation& operation = graph_.operations[index];
        for (const int input : operation.inputs) last_use[static_cast<std::size_t>(input)] = index;
        if (operation.kind != Operator::convolve || place_by_place(operation.window)) continue;
        const Extent from = graph_.tensors[static_cast<std::size_t>(operation.inputs[0])].extent();
        const Extent to = graph_.tensors[static_cast<std::size_t>(operation.output)].extent();
        windows = std::max(windows, static_cast<std::size_t>(to.width) *
                                        static_cast<std::size_t>(window_numbers(operation, from.channels)));
    }
    for (const int output : graph_.outputs) last_use[static_cast<std::size_t>(output)] = always;

    buffer_of_.assign(graph_.tensors.size(), -1);
    std::set<int> free;
    const auto take = [&](int tensor) {
        const std::size_t need = graph_.tensors[static_cast<std::size_t>(tensor)].total();
        const auto waste = [&](int buffer) {
            const std::size_t size = buffer_sizes_[static_cast<std::size_t>(buffer)];
            return size > need ? size - need : need - size;
        };
        const auto best =
            std::min_element(free.begin(), free.end(), [&](int one, int other) { return waste(one) < waste(other); });
        int buffer = static_cast<int>(buffer_sizes_.size());
        if (best == free.end()) {
            buffer_sizes_.push_back(0);
        } else {
            buffer = *best;
            free.erase(best);
        }
        std::size_t& size = buffer_sizes_[static_cast<std::size_t>(buffer)];
        size = std::max(size, need);
        buffer_of_[static_cast<std::size_t>(tensor)] = buffer;
    };
    take(graph_.input);
    for (std::size_t index = 0; index < graph_.operations.size(); ++index) {
        const Operation& operation = graph_.operations[index];
        take(operation.output);
        for (const int input : operation.inputs) {
            const int buffer = buffer_of_[static_cast<std::size_t>(input)];
            if (buffer >= 0 && last_use[static_cast<std::size_t>(input)] == index) free.insert(buffer);
        }
    }
    buffer_sizes_.push_back(windows);
}

Extent Network::input() const {
    return graph_.tensors[static_cast<std::size_t>(graph_.input)].extent();
}

std::size_t Network::buffer_bytes() const {
    std::size_t numbers = 0;
    for (const std::size_t size : buffer_sizes_) numbers += size;
    return numbers * sizeof(float);
}

std::vector<std::vector<float>> Network::run(std::span<const float> input) const {
    if (input.size() != graph_.tensors[static_cast<std::size_t>(graph_.input)].total())
        throw std::invalid_argument("the network needs an input of another size");
    Buffers buffers;
    for (const std::size_t size : buffer_sizes_) buffers.emplace_back(size);
    const auto buffer_of = [&](int tensor) -> std::vector<float>& {
        return buffers[static_cast<std::size_t>(buffer_of_[static_cast<std::size_t>(tensor)])];
    };
    std::copy(input.begin(), input.end(), buffer_of(graph_.input).begin());
    for (std::size_t index = 0; index < graph_.operations.size(); ++index) run_operation(index, buffers);
    std::vector<std::vector<float>> outputs;
    for (const int output : graph_.outputs) {
        const std::vector<float>& buffer = buffer_of(output);
        const std::size_t total = graph_.tensors[static_cast<std::size_t>(output)].total();
        outputs.emplace_back(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(total));
    }
    return outputs;
}

void Network::run_convolution(const Operation& operation, const Weights& weights, const PlaneOperation& planes,
                              std::vector<float>& windows) const {
    const auto columns = static_cast<std::size_t>(planes.to.channels);
    Product product{planes.input,
                    static_cast<std::size_t>(planes.from.channels),
                    weights.packed.data(),
                    weights.bias.data(),
                    planes.result,
                    columns,
                    planes.to.height * planes.to.width,
                    planes.from.channels,
                    planes.to.channels,
                    weights.panel,
                    operation.activation};
    if (place_by_place(operation.window)) {
        kernels_->multiply(product);
        return;
    }
    product.depth = window_numbers(operation, planes.from.channels);
    product.rows = windows.data();
    product.row_step = static_cast<std::size_t>(product.depth);
    product.row_count = planes.to.width;
    for (int y = 0; y < planes.to.height; ++y) {
        gather_windows(planes, operation.window, y, windows);
        product.result = planes.result + static_cast<std::size_t>(y) * planes.to.width * columns;
        kernels_->multiply(product);
    }
}

void Network::run_operation(std::size_t index, Buffers& buffers) const {
    const Operation& operation = graph_.operations[index];
    const Weights& weights = weights_[index];
    const auto tensor = [&](int at) -> const Tensor& { return graph_.tensors[static_cast<std::size_t>(at)]; };
    const auto data = [&](int at) {
        return buffers[static_cast<std::size_t>(buffer_of_[static_cast<std::size_t>(at)])].data();
    };
    const float* input = data(operation.inputs[0]);
    float* result = data(operation.output);
    const std::size_t total = tensor(operation.output).total();
    const PlaneOperation planes{input, result, extent_or_flat(tensor(operation.inputs[0])),
                                extent_or_flat(tensor(operation.output))};
    switch (operation.kind) {
        case Operator::add:
            kernels_->add(input, data(operation.inputs[1]), result, total, operation.activation);
            break;
        case Operator::average:
            average(planes, operation.activation);
            break;
        case Operator::concatenate:
            for (const int part : operation.inputs) result = std::copy_n(data(part), tensor(part).total(), result);
            break;
        case Operator::convolve:
            run_convolution(operation, weights, planes, buffers.back());
            break;
        case Operator::convolve_by_channel:
            kernels_->convolve_by_channel(planes, weights.packed.data(), weights.bias.data(), operation.window,
                                          operation.activation);
            break;
        case Operator::convolve_transposed:
            convolve_transposed(planes, weights.packed.data(), weights.bias.data(), operation.window);
            break;
        case Operator::depth_to_space:
            depth_to_space(planes, operation.block);
            break;
        case Operator::logistic:
            std::transform(input, input + total, result, [](float value) { return 1 / (1 + std::exp(-value)); });
            break;
        case Operator::maximum:
            maximum(planes, operation.window, operation.activation);
            break;
        case Operator::multiply: {
            const std::size_t factors = tensor(operation.inputs[1]).total();
            kernels_->scale(input, data(operation.inputs[1]), result, total / factors, factors);
            break;
        }
        case Operator::rectify:
            std::transform(input, input + total, result, [](float value) { return std::max(value, 0.0F); });
            break;
        case Operator::reshape:
            std::copy_n(input, total, result);
            break;
        case Operator::resize:
            kernels_->resize(planes);
            break;
        case Operator::hard_swish:
            std::transform(input, input + total, result,
                           [](float value) { return value * std::clamp(value + 3, 0.0F, 6.0F) * (1 / 6.0F); });
            break;
    }
}

}  // namespace fitview::engine::network
