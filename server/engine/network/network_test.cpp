#include "engine/network/network.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "engine/network/check_operation.hpp"
#include "engine/network/flat_table.hpp"

namespace fitview::engine::network {
namespace {

std::vector<float> noise(std::size_t count, std::uint32_t seed = 1) {
    std::vector<float> values;
    for (std::size_t at = 0; at < count; ++at) {
        seed = seed * 1664525U + 1013904223U;
        values.push_back(static_cast<float>(seed >> 8) / 8388608.0F - 1);
    }
    return values;
}

/// A graph of one operation; the first shape is the input's.
Graph graph_of(Operation operation, std::vector<int> from, std::vector<int> to, std::vector<Tensor> constants = {}) {
    Graph graph;
    graph.tensors = {{std::move(from), {}}, {std::move(to), {}}};
    operation.inputs = {0};
    operation.output = 1;
    for (Tensor& constant : constants) {
        operation.inputs.push_back(static_cast<int>(graph.tensors.size()));
        graph.tensors.push_back(std::move(constant));
    }
    check_operation(graph, operation);
    graph.operations = {operation};
    graph.outputs = {1};
    return graph;
}

Operation of_kind(Operator kind) {
    Operation operation;
    operation.kind = kind;
    return operation;
}

std::vector<float> run(const Graph& graph, const std::vector<float>& input) {
    return Network(graph).run(input).front();
}

TEST(Network, ResizesAboutPixelCentres) {
    const Graph graph = graph_of(of_kind(Operator::resize), {1, 1, 2, 1}, {1, 1, 4, 1});
    EXPECT_EQ(run(graph, {0, 4}), (std::vector<float>{0, 1, 3, 4}));
}

TEST(Network, SpreadsDepthByBlockRowThenColumn) {
    Operation operation = of_kind(Operator::depth_to_space);
    operation.block = 2;
    const Graph graph = graph_of(operation, {1, 1, 2, 4}, {1, 2, 4, 1});
    EXPECT_EQ(run(graph, {1, 2, 3, 4, 5, 6, 7, 8}), (std::vector<float>{1, 2, 5, 6, 3, 4, 7, 8}));
}

TEST(Network, LaysTransposedWindowsSideBySide) {
    Operation operation = of_kind(Operator::convolve_transposed);
    operation.window = {2, 2, 2, 2};
    const Graph graph = graph_of(operation, {1, 1, 2, 1}, {1, 2, 4, 1}, {{{1, 2, 2, 1}, {1, 2, 3, 4}}, {{1}, {0.5F}}});
    EXPECT_EQ(run(graph, {1, 10}), (std::vector<float>{1.5F, 2.5F, 10.5F, 20.5F, 3.5F, 4.5F, 30.5F, 40.5F}));
}

TEST(Network, TakesTheMaximumAndTheMean) {
    Operation maximum = of_kind(Operator::maximum);
    maximum.window = {2, 2, 2, 2};
    EXPECT_EQ(run(graph_of(maximum, {1, 2, 4, 1}, {1, 1, 2, 1}), {1, 2, -3, -4, 0, 1, -5, -6}),
              (std::vector<float>{2, -3}));
    Operation average = of_kind(Operator::average);
    average.window = {2, 2, 1, 1};
    EXPECT_EQ(run(graph_of(average, {1, 2, 2, 2}, {1, 1, 1, 2}), {1, 10, 2, 20, 3, 30, 6, 60}),
              (std::vector<float>{3, 30}));
}

TEST(Network, BendsValuesAsNamed) {
    const auto bent = [](Operator kind, const std::vector<float>& values) {
        return run(graph_of(of_kind(kind), {1, 1, 4, 1}, {1, 1, 4, 1}), values);
    };
    EXPECT_EQ(bent(Operator::rectify, {-1, 0, 2, 9}), (std::vector<float>{0, 0, 2, 9}));
    EXPECT_EQ(bent(Operator::hard_swish, {-4, 0, 3, 9}), (std::vector<float>{0, 0, 3, 9}));
    EXPECT_FLOAT_EQ(bent(Operator::logistic, {0, 1, -90, 90})[1], 1 / (1 + std::exp(-1.0F)));
}

struct Shape {
    int channels, made, side, window, stride;
};

Graph convolution(Operator kind, const Shape& shape, Activation activation) {
    Operation operation = of_kind(kind);
    operation.activation = activation;
    operation.window = {shape.window,     shape.window,     shape.stride,     shape.stride,
                        shape.window / 2, shape.window / 2, shape.window / 2, shape.window / 2};
    const bool by_channel = kind == Operator::convolve_by_channel;
    const int made = by_channel ? shape.channels : shape.made;
    const int to = (shape.side + shape.window / 2 * 2 - shape.window) / shape.stride + 1;
    Tensor weights{by_channel ? std::vector<int>{1, shape.window, shape.window, made}
                              : std::vector<int>{made, shape.window, shape.window, shape.channels},
                   {}};
    weights.values = noise(weights.total(), 7);
    Tensor bias{{made}, noise(static_cast<std::size_t>(made), 9)};
    return graph_of(operation, {1, shape.side, shape.side, shape.channels}, {1, to, to, made}, {weights, bias});
}

/// The sum over one window, written down plainly.
double reference(const Graph& graph, const std::vector<float>& input, int y, int x, int made) {
    const Operation& operation = graph.operations.front();
    const Window& window = operation.window;
    const Extent from = graph.tensors[0].extent();
    const bool by_channel = operation.kind == Operator::convolve_by_channel;
    double sum = graph.tensors[3].values[static_cast<std::size_t>(made)];
    for (int row = 0; row < window.height; ++row)
        for (int column = 0; column < window.width; ++column)
            for (int channel = 0; channel < from.channels; ++channel) {
                const int v = y * window.stride_y - window.pad_top + row;
                const int u = x * window.stride_x - window.pad_left + column;
                if (v < 0 || u < 0 || v >= from.height || u >= from.width || (by_channel && channel != made)) continue;
                const int weight =
                    by_channel ? (row * window.width + column) * from.channels + channel
                               : ((made * window.height + row) * window.width + column) * from.channels + channel;
                sum += static_cast<double>(
                           input[static_cast<std::size_t>((v * from.width + u) * from.channels + channel)]) *
                       graph.tensors[1 + 1].values[static_cast<std::size_t>(weight)];
            }
    switch (operation.activation) {
        case Activation::none:
            return sum;
        case Activation::relu:
            return std::max(sum, 0.0);
        case Activation::relu6:
            return std::clamp(sum, 0.0, 6.0);
    }
    return 0;
}

class Convolution : public testing::TestWithParam<Shape> {};

TEST_P(Convolution, EqualsItsDefinitionOnEveryKindOfProcessor) {
    const Shape shape = GetParam();
    for (const Operator kind : {Operator::convolve, Operator::convolve_by_channel})
        for (const Activation activation : {Activation::none, Activation::relu, Activation::relu6}) {
            const Graph graph = convolution(kind, shape, activation);
            const std::vector<float> input = noise(graph.tensors[0].total());
            const std::vector<float> fast = Network(graph).run(input).front();
            EXPECT_EQ(fast, Network(graph, plain_kernels()).run(input).front()) << "processors differ";
            const Extent to = graph.tensors[1].extent();
            for (int y = 0; y < to.height; ++y)
                for (int x = 0; x < to.width; ++x)
                    for (int made = 0; made < to.channels; ++made)
                        ASSERT_NEAR(fast[static_cast<std::size_t>((y * to.width + x) * to.channels + made)],
                                    reference(graph, input, y, x, made), 1e-4)
                            << y << " " << x << " " << made;
        }
}

INSTANTIATE_TEST_SUITE_P(Shapes, Convolution,
                         testing::Values(Shape{1, 1, 5, 1, 1}, Shape{3, 16, 9, 3, 2}, Shape{8, 8, 7, 3, 1},
                                         Shape{13, 19, 6, 1, 1}, Shape{16, 33, 5, 5, 1}, Shape{24, 7, 8, 3, 2},
                                         Shape{17, 40, 3, 5, 2}));

TEST(Network, KernelsForEveryProcessorGiveTheSameBits) {
    const Kernels& plain = plain_kernels();
    const Kernels& fast = fastest_kernels();
    constexpr std::size_t count = 3 * 5 * 21;
    const std::vector<float> one = noise(count, 3), other = noise(count, 4);
    std::vector<float> first(count), second(count);
    plain.add(one.data(), other.data(), first.data(), count, Activation::relu);
    fast.add(one.data(), other.data(), second.data(), count, Activation::relu);
    EXPECT_EQ(first, second);
    plain.scale(one.data(), other.data(), first.data(), 15, 21);
    fast.scale(one.data(), other.data(), second.data(), 15, 21);
    EXPECT_EQ(first, second);
    std::vector<float> large(11 * 9 * 21), also_large(11 * 9 * 21);
    plain.resize({one.data(), large.data(), {3, 5, 21}, {11, 9, 21}});
    fast.resize({one.data(), also_large.data(), {3, 5, 21}, {11, 9, 21}});
    EXPECT_EQ(large, also_large);
}

TEST(Network, SharesWorkBuffersWithoutMixingUpTensors) {
    // a = x + x, b = a + x, c = a + b: `a` must outlive `b`.
    Graph graph;
    graph.tensors.assign(4, {{1, 2, 2, 1}, {}});
    const auto sum = [](int one, int other, int output) {
        Operation operation = of_kind(Operator::add);
        operation.inputs = {one, other};
        operation.output = output;
        return operation;
    };
    graph.operations = {sum(0, 0, 1), sum(1, 0, 2), sum(1, 2, 3)};
    graph.outputs = {3};
    const Network network(graph);
    EXPECT_EQ(network.run(std::vector<float>{1, 2, 3, 4}).front(), (std::vector<float>{5, 10, 15, 20}));
    EXPECT_LE(network.buffer_bytes(), 4 * 4 * sizeof(float));
}

TEST(Network, AnswersSeveralThreadsAtOnce) {
    const Graph graph = convolution(Operator::convolve, {16, 32, 20, 3, 1}, Activation::relu);
    const Network network(graph);
    const std::vector<float> input = noise(graph.tensors[0].total());
    const auto expected = network.run(input);
    std::vector<std::thread> threads;
    std::vector<int> same(4, 0);
    for (int& count : same)
        threads.emplace_back([&] {
            for (int round = 0; round < 5; ++round) count += network.run(input) == expected ? 1 : 0;
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(same, std::vector<int>(4, 5));
}

TEST(Network, RefusesAnInputOfAnotherSize) {
    const Network network(graph_of(of_kind(Operator::rectify), {1, 2, 2, 1}, {1, 2, 2, 1}));
    EXPECT_THROW(network.run(std::vector<float>(3)), std::invalid_argument);
}

}  // namespace
}  // namespace fitview::engine::network
