#include "engine/network/read_model.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "engine/network/model_file_builder.hpp"
#include "engine/network/network.hpp"

namespace fitview::engine::network {
namespace {

// Codes of the format.
constexpr int add_code = 0, convolution = 3, dequantize = 6, pad = 34, densify = 124;

std::vector<float> run(const std::vector<std::uint8_t>& file, const std::vector<float>& input) {
    return Network(read_model(file).graph).run(input).front();
}

std::string fault_of(const std::vector<std::uint8_t>& file) {
    try {
        read_model(file);
    } catch (const UnreadableModel& fault) {
        return fault.what();
    }
    return "";
}

TableDraft window(bool same, int stride) {
    return TableDraft().number(0, static_cast<std::int8_t>(same ? 0 : 1)).number(1, stride).number(2, stride);
}

/// A 3 x 3 window of ones over one channel, padded by the rule of the format.
std::vector<std::uint8_t> summing(int height, int width, int stride) {
    ModelDraft draft;
    const int input = draft.tensor({1, height, width, 1});
    const int weights = draft.floats({1, 3, 3, 1}, std::vector<float>(9, 1));
    const int bias = draft.floats({1}, {0});
    const int output = draft.tensor({1, (height + stride - 1) / stride, (width + stride - 1) / stride, 1});
    draft.operation(convolution, {input, weights, bias}, output, window(true, stride));
    return draft.file(input, {output});
}

std::vector<float> ones(int count) {
    return std::vector<float>(static_cast<std::size_t>(count), 1);
}

TEST(ReadModel, PadsEvenlyWhereNothingIsLeftOver) {
    EXPECT_EQ(run(summing(3, 3, 1), ones(9)), (std::vector<float>{4, 6, 4, 6, 9, 6, 4, 6, 4}));
    EXPECT_EQ(run(summing(3, 3, 2), ones(9)), (std::vector<float>{4, 4, 4, 4}));
}

TEST(ReadModel, PutsTheOddPaddingAtBottomAndRight) {
    EXPECT_EQ(run(summing(4, 4, 2), ones(16)), (std::vector<float>{9, 6, 6, 4}));
    EXPECT_EQ(run(summing(2, 4, 2), ones(8)), (std::vector<float>{6, 4}));
}

TEST(ReadModel, FoldsPaddingIntoTheConvolutionThatFollows) {
    ModelDraft draft;
    const int input = draft.tensor({1, 1, 1, 1});
    const int sizes = draft.integers({0, 0, 2, 0, 1, 1, 0, 0});
    const int padded = draft.tensor({1, 3, 3, 1});
    const int weights = draft.floats({1, 3, 3, 1}, {1, 2, 3, 4, 5, 6, 7, 8, 9});
    const int bias = draft.floats({1}, {0.5F});
    const int output = draft.tensor({1, 1, 1, 1});
    draft.operation(pad, {input, sizes}, padded);
    draft.operation(convolution, {padded, weights, bias}, output, window(false, 1));
    EXPECT_EQ(run(draft.file(input, {output}), {10}), std::vector<float>{80.5F});
}

TEST(ReadModel, WidensHalfPrecisionWeights) {
    ModelDraft draft;
    const int input = draft.tensor({1, 1, 1, 1});
    // 1, -2, the largest, the smallest normal, the smallest of all, zero below zero
    const int stored = draft.halves({6, 1, 1, 1}, {0x3C00, 0xC000, 0x7BFF, 0x0400, 0x0001, 0x8000});
    const int weights = draft.tensor({6, 1, 1, 1});
    const int bias = draft.floats({6}, std::vector<float>(6, 0));
    const int output = draft.tensor({1, 1, 1, 6});
    draft.operation(dequantize, {stored}, weights);
    draft.operation(convolution, {input, weights, bias}, output, window(false, 1));
    EXPECT_EQ(run(draft.file(input, {output}), {1}),
              (std::vector<float>{1, -2, 65504, 1.0F / 16384, 1.0F / 16777216, 0}));
}

/// A 4 x 4 matrix of which only two blocks of 2 x 2 are stored: top right and bottom left.
std::vector<std::uint8_t> sparse_model(std::size_t stored_count) {
    const auto level = [](int size) { return TableDraft().number(1, size); };
    TableDraft listed;
    listed.number(0, std::int8_t{1});
    listed.number(2, std::uint8_t{1}).table(3, TableDraft().numbers<std::int32_t>(0, {0, 1, 2}));
    listed.number(4, std::uint8_t{3}).table(5, TableDraft().numbers<std::uint8_t>(0, {1, 0}));
    TableDraft sparsity;
    sparsity.numbers<std::int32_t>(0, {0, 3, 1, 2, 4, 5}).numbers<std::int32_t>(1, {0, 3});
    sparsity.tables(2, {level(2), listed, level(1), level(1), level(2), level(2)});
    ModelDraft draft;
    const int input = draft.tensor({1, 1, 1, 4});
    std::vector<std::uint16_t> halves{0x3C00, 0x4000, 0x4200, 0x4400, 0x4500, 0x4600, 0x4700, 0x4800};
    halves.resize(stored_count);
    const int stored = draft.halves({4, 1, 1, 4}, halves, &sparsity);
    const int dense = draft.tensor({4, 1, 1, 4});
    const int weights = draft.tensor({4, 1, 1, 4});
    const int bias = draft.floats({4}, std::vector<float>(4, 0));
    const int output = draft.tensor({1, 1, 1, 4});
    draft.operation(densify, {stored}, dense);
    draft.operation(dequantize, {dense}, weights);
    draft.operation(convolution, {input, weights, bias}, output, window(false, 1));
    return draft.file(input, {output});
}

TEST(ReadModel, UnpacksSparseWeights) {
    EXPECT_EQ(run(sparse_model(8), {1, 10, 100, 1000}), (std::vector<float>{2100, 4300, 65, 87}));
}

TEST(ReadModel, RefusesSparseWeightsThatDoNotFitTheirDescription) {
    EXPECT_NE(fault_of(sparse_model(7)), "");
    EXPECT_NE(fault_of(sparse_model(9)), "");
}

TEST(ReadModel, RefusesWhatItCannotRun) {
    ModelDraft unknown;
    const int one = unknown.tensor({1, 2, 2, 1}), other = unknown.tensor({1, 2, 2, 1});
    unknown.operation(77, {one}, other);
    EXPECT_EQ(fault_of(unknown.file(one, {other})), "the unknown operation 77");

    ModelDraft custom;
    custom.tensor({1, 2, 2, 1});
    custom.tensor({1, 2, 2, 1});
    custom.custom("Surprise", {0}, 1, {});
    EXPECT_EQ(fault_of(custom.file(0, {1})), "an unknown custom operation");

    ModelDraft activation;
    activation.tensor({1, 2, 2, 1});
    activation.tensor({1, 2, 2, 1});
    activation.operation(add_code, {0, 0}, 1, TableDraft().number(0, std::int8_t{4}));
    EXPECT_EQ(fault_of(activation.file(0, {1})), "an unknown activation");

    EXPECT_EQ(fault_of({}), "this is no TensorFlow Lite file");
    EXPECT_EQ(fault_of(std::vector<std::uint8_t>(1000, 7)), "this is no TensorFlow Lite file");
}

TEST(ReadModel, RefusesTensorsThatDoNotFitTogether) {
    const auto sum = [](const std::vector<int>& shape, int input, int output, int graph_output) {
        ModelDraft draft;
        draft.tensor({1, 2, 2, 1});
        draft.tensor(shape);
        draft.operation(add_code, {0, input}, output);
        return fault_of(draft.file(0, {graph_output}));
    };
    EXPECT_EQ(sum({1, 2, 2, 1}, 0, 1, 1), "");
    EXPECT_NE(sum({1, 2, 3, 1}, 0, 1, 1), "") << "another size";
    EXPECT_NE(sum({1, 2, 2, 1}, 1, 1, 1), "") << "used before it is made";
    EXPECT_NE(sum({1, 2, 2, 1}, 9, 1, 1), "") << "no such tensor";
    EXPECT_NE(sum({1, 2, 2, 1}, 0, 0, 0), "") << "made twice";
    EXPECT_NE(sum({1, 2, 2, 1}, 0, 1, -1), "") << "no such output";
    EXPECT_NE(sum({1, 0, 2, 1}, 0, 1, 1), "") << "an empty size";
    EXPECT_NE(sum({1, 1 << 14, 1 << 14, 1}, 0, 1, 1), "") << "too large";
    EXPECT_NE(sum({1, 2, 2, 1, 1}, 0, 1, 1), "") << "too many sizes";
}

TEST(ReadModel, NeverReadsOutsideADamagedFile) {
    const std::vector<std::vector<std::uint8_t>> files{summing(4, 4, 2), sparse_model(8)};
    int refused = 0;
    for (const auto& whole : files) {
        for (std::size_t size = 0; size < whole.size(); size += 3) {
            refused += fault_of({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)}).empty() ? 0 : 1;
        }
        std::uint32_t state = 1;
        for (int round = 0; round < 4000; ++round) {
            auto file = whole;
            for (int change = 0; change < 1 + round % 3; ++change) {
                state = state * 1664525U + 1013904223U;
                file[(state >> 8) % file.size()] = static_cast<std::uint8_t>(state >> 24);
            }
            try {
                const Network network(read_model(file).graph);
                const Extent from = network.input();
                network.run(std::vector<float>(static_cast<std::size_t>(from.height * from.width * from.channels)));
            } catch (const UnreadableModel&) {
                ++refused;
            }
        }
    }
    EXPECT_GT(refused, 1000);
}

}  // namespace
}  // namespace fitview::engine::network
