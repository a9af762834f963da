#include "engine/network/read_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "engine/network/check_operation.hpp"
#include "engine/network/sparse_weights.hpp"

namespace fitview::engine::network {
namespace {

// Field numbers and codes are those of the format's published schema.
enum OperatorCode {
    code_add = 0,
    code_average_pool = 1,
    code_concatenation = 2,
    code_convolution = 3,
    code_depthwise = 4,
    code_depth_to_space = 5,
    code_dequantize = 6,
    code_logistic = 14,
    code_max_pool = 17,
    code_multiply = 18,
    code_relu = 19,
    code_reshape = 22,
    code_resize_bilinear = 23,
    code_custom = 32,
    code_pad = 34,
    code_hard_swish = 117,
    code_densify = 124,
    code_transposed = -1,  ///< ours: the one custom operation we know
};

const std::map<int, const char*>& names() {
    static const std::map<int, const char*> known = {
        {code_add, "ADD"},
        {code_average_pool, "AVERAGE_POOL_2D"},
        {code_concatenation, "CONCATENATION"},
        {code_convolution, "CONV_2D"},
        {code_depthwise, "DEPTHWISE_CONV_2D"},
        {code_depth_to_space, "DEPTH_TO_SPACE"},
        {code_dequantize, "DEQUANTIZE"},
        {code_logistic, "LOGISTIC"},
        {code_max_pool, "MAX_POOL_2D"},
        {code_multiply, "MUL"},
        {code_relu, "RELU"},
        {code_reshape, "RESHAPE"},
        {code_resize_bilinear, "RESIZE_BILINEAR"},
        {code_pad, "PAD"},
        {code_hard_swish, "HARD_SWISH"},
        {code_densify, "DENSIFY"},
        {code_transposed, "Convolution2DTransposeBias"},
    };
    return known;
}

enum TensorKind { kind_float = 0, kind_half = 1, kind_integer = 2 };

float widen(std::uint16_t half) {
    const int exponent = (half >> 10) & 31;
    const int fraction = half & 1023;
    float value = 0;
    if (exponent == 31)
        throw UnreadableModel("a weight is not a number");
    else if (exponent == 0)
        value = std::ldexp(static_cast<float>(fraction), -24);
    else
        value = std::ldexp(static_cast<float>(1024 + fraction), exponent - 25);
    return (half & 0x8000) ? -value : value;
}

/// What the reader knows of a tensor beyond what the graph keeps.
struct Source {
    std::vector<std::int32_t> integers;  ///< of constants that describe an operation
    FlatTable sparsity;
};

struct Padding {
    int tensor = 0;
    int top = 0, left = 0, bottom = 0, right = 0;
};

class ModelReader {
public:
    explicit ModelReader(FileBytes file) : file_(file) {
        if (file.size() < 16 || std::memcmp(file.data() + 4, "TFL3", 4) != 0)
            throw UnreadableModel("this is no TensorFlow Lite file");
    }

    Model read() {
        const FlatTable model = FlatTable::root(file_);
        read_codes(model.tables(1));
        const std::vector<FlatTable> subgraphs = model.tables(2);
        if (subgraphs.size() != 1) throw UnreadableModel("a model has one subgraph");
        const FlatTable& subgraph = subgraphs.front();
        read_tensors(subgraph.tables(0), model.tables(4));
        made_.assign(graph().tensors.size(), false);
        for (std::size_t at = 0; at < made_.size(); ++at) made_[at] = graph().tensors[at].constant();

        const auto inputs = subgraph.numbers<std::int32_t>(1);
        if (inputs.size() != 1) throw UnreadableModel("a model has one input");
        graph().input = inputs.front();
        tensor(graph().input).extent();
        made_[static_cast<std::size_t>(graph().input)] = true;

        for (const FlatTable& operation : subgraph.tables(3)) read_operation(operation);
        graph().outputs = subgraph.numbers<std::int32_t>(2);
        for (const int output : graph().outputs) {
            require_made(output);
            if (tensor(output).constant()) throw UnreadableModel("a constant output");
        }
        return std::move(model_);
    }

private:
    Graph& graph() { return model_.graph; }

    Tensor& tensor(int index) {
        if (index < 0 || static_cast<std::size_t>(index) >= graph().tensors.size())
            throw UnreadableModel("an operation names a tensor that does not exist");
        return graph().tensors[static_cast<std::size_t>(index)];
    }
    Source& source(int index) {
        tensor(index);
        return sources_[static_cast<std::size_t>(index)];
    }
    void require_made(int index) {
        tensor(index);
        if (!made_[static_cast<std::size_t>(index)]) throw UnreadableModel("a tensor is used before it is made");
    }

    void read_codes(const std::vector<FlatTable>& tables) {
        for (const FlatTable& table : tables) {
            // The code outgrew its eight bits; files carry it in one of two fields.
            const int code = std::max<int>(table.number<std::int8_t>(0, 0), table.number<std::int32_t>(3, 0));
            if (code != code_custom)
                codes_.push_back(code);
            else if (table.text(1) == names().at(code_transposed))
                codes_.push_back(code_transposed);
            else
                throw UnreadableModel("an unknown custom operation");
        }
    }

    void read_tensors(const std::vector<FlatTable>& tables, const std::vector<FlatTable>& buffers) {
        if (tables.size() > tensors_max) throw UnreadableModel("too many tensors");
        for (const FlatTable& table : tables) {
            Tensor made;
            Source from;
            made.shape = table.numbers<std::int32_t>(0);
            check_shape(made.shape);
            from.sparsity = table.table(6);
            const auto buffer = table.number<std::uint32_t>(2, 0);
            if (buffer >= buffers.size()) throw UnreadableModel("a tensor has no buffer");
            read_values(buffers[buffer].raw(0), table.number<std::int8_t>(1, 0), made, from);
            graph().tensors.push_back(std::move(made));
            sources_.push_back(std::move(from));
        }
    }

    static void check_shape(const std::vector<int>& shape) {
        if (shape.size() > 4) throw UnreadableModel("a tensor has more than four sizes");
        std::size_t total = 1;
        for (const int size : shape) {
            if (size < 1 || static_cast<std::size_t>(size) > tensor_total_max) throw UnreadableModel("a bad size");
            total *= static_cast<std::size_t>(size);
            if (total > tensor_total_max) throw UnreadableModel("a tensor is too large");
        }
    }

    static void read_values(FileBytes raw, int kind, Tensor& tensor, Source& from) {
        if (raw.empty()) return;
        std::size_t count = 0;
        if (kind == kind_float) {
            count = raw.size() / sizeof(float);
            tensor.values.resize(count);
            std::memcpy(tensor.values.data(), raw.data(), count * sizeof(float));
        } else if (kind == kind_half) {
            count = raw.size() / 2;
            tensor.values.resize(count);
            for (std::size_t at = 0; at < count; ++at)
                tensor.values[at] = widen(read_number<std::uint16_t>(raw, 2 * at));
        } else if (kind == kind_integer) {
            count = raw.size() / sizeof(std::int32_t);
            from.integers.resize(count);
            std::memcpy(from.integers.data(), raw.data(), count * sizeof(std::int32_t));
        } else {
            throw UnreadableModel("constants of an unknown kind");
        }
        const bool all = count == tensor.total();
        if (!all && !(count < tensor.total() && from.sparsity.present()))
            throw UnreadableModel("a constant has not the size of its shape");
    }

    void read_operation(const FlatTable& table) {
        const auto index = table.number<std::uint32_t>(0, 0);
        if (index >= codes_.size()) throw UnreadableModel("an operation without a code");
        const int code = codes_[index];
        const auto name = names().find(code);
        if (name == names().end()) throw UnreadableModel("the unknown operation " + std::to_string(code));
        ++model_.census[name->second];

        const auto outputs = table.numbers<std::int32_t>(2);
        if (outputs.size() != 1) throw UnreadableModel("an operation has one output");
        Operation operation;
        operation.inputs = table.numbers<std::int32_t>(1);
        operation.output = outputs.front();
        if (operation.inputs.empty() || operation.inputs.size() > tensors_max)
            throw UnreadableModel("an operation without inputs");
        tensor(operation.output);
        if (made_[static_cast<std::size_t>(operation.output)]) throw UnreadableModel("a tensor is made twice");
        if (fold(code, operation)) return;
        describe(code, table, operation);
        take_padding(operation);
        for (const int input : operation.inputs) require_made(input);
        check_operation(graph(), operation);
        made_[static_cast<std::size_t>(operation.output)] = true;
        graph().operations.push_back(std::move(operation));
    }

    /// Operations that can be done once, here. False for all others.
    bool fold(int code, const Operation& operation) {
        const int from = operation.inputs.front();
        if (code == code_pad) {
            require_made(from);
            const std::vector<std::int32_t>& sizes = source(operation.inputs.back()).integers;
            constexpr int padding_max = 64;
            const bool fits = sizes.size() == 8 && !sizes[0] && !sizes[1] && !sizes[6] && !sizes[7] &&
                              std::all_of(sizes.begin(), sizes.end(),
                                          [](std::int32_t size) { return size >= 0 && size <= padding_max; });
            if (!fits) throw UnreadableModel("padding of another kind");
            paddings_[operation.output] = {from, sizes[2], sizes[4], sizes[3], sizes[5]};
            return true;
        }
        if (code != code_dequantize && code != code_densify) return false;
        Tensor& stored = tensor(from);
        Tensor& made = tensor(operation.output);
        if (!stored.constant() || stored.shape != made.shape) throw UnreadableModel("weights made at run time");
        made.values = code == code_densify ? fill_sparse(stored.values, stored.shape, source(from).sparsity)
                                           : std::move(stored.values);
        if (made.values.size() != made.total()) throw UnreadableModel("a constant has not the size of its shape");
        stored.values.clear();
        made_[static_cast<std::size_t>(from)] = false;
        made_[static_cast<std::size_t>(operation.output)] = true;
        return true;
    }

    void describe(int code, const FlatTable& table, Operation& operation);
    void read_window(const FlatTable& options, int first_size, Operation& operation);
    void read_transposed(const FlatTable& table, Operation& operation);
    void take_padding(Operation& operation);
    void pad_to_same(Operation& operation);

    FileBytes file_;
    Model model_;
    std::vector<Source> sources_;
    std::vector<bool> made_;
    std::vector<int> codes_;
    std::map<int, Padding> paddings_;  ///< by the tensor that is the padded one
    bool same_padding_ = false;        ///< of the operation being read
};

Activation activation_of(int code) {
    switch (code) {
        case 0:
            return Activation::none;
        case 1:
            return Activation::relu;
        case 3:
            return Activation::relu6;
        default:
            throw UnreadableModel("an unknown activation");
    }
}

void ModelReader::describe(int code, const FlatTable& table, Operation& operation) {
    const FlatTable options = table.table(4);
    const auto activation = [&](int field) { return activation_of(options.number<std::int8_t>(field, 0)); };
    same_padding_ = false;
    switch (code) {
        case code_add:
        case code_multiply:
            operation.kind = code == code_add ? Operator::add : Operator::multiply;
            operation.activation = activation(0);
            break;
        case code_convolution:
        case code_depthwise: {
            const bool by_channel = code == code_depthwise;
            operation.kind = by_channel ? Operator::convolve_by_channel : Operator::convolve;
            if (by_channel && options.number<std::int32_t>(3, 1) != 1)
                throw UnreadableModel("several outputs per channel");
            const int next = by_channel ? 4 : 3;
            operation.activation = activation(next);
            if (options.number<std::int32_t>(next + 1, 1) != 1 || options.number<std::int32_t>(next + 2, 1) != 1)
                throw UnreadableModel("a spread window");
            read_window(options, 0, operation);
            break;
        }
        case code_average_pool:
        case code_max_pool:
            operation.kind = code == code_max_pool ? Operator::maximum : Operator::average;
            operation.activation = activation(5);
            read_window(options, 3, operation);
            break;
        case code_concatenation:
            operation.kind = Operator::concatenate;
            if (options.number<std::int32_t>(0, 0) != 1 || activation(1) != Activation::none)
                throw UnreadableModel("tensors joined side by side");
            break;
        case code_resize_bilinear:
            operation.kind = Operator::resize;
            if (options.number<std::uint8_t>(2, 0) || !options.number<std::uint8_t>(3, 0))
                throw UnreadableModel("resizing about other than pixel centres");
            operation.inputs.resize(1);  // the second repeats the output's size
            break;
        case code_depth_to_space:
            operation.kind = Operator::depth_to_space;
            operation.block = options.number<std::int32_t>(0, 0);
            break;
        case code_relu:
            operation.kind = Operator::rectify;
            operation.activation = Activation::relu;
            break;
        case code_logistic:
            operation.kind = Operator::logistic;
            break;
        case code_hard_swish:
            operation.kind = Operator::hard_swish;
            break;
        case code_reshape:
            operation.kind = Operator::reshape;
            operation.inputs.resize(1);
            break;
        case code_transposed:
            read_transposed(table, operation);
            break;
        default:
            throw UnreadableModel("an operation out of place");
    }
}

/// Convolutions take the window's size from their weights (`first_size` 0), pools from their options.
void ModelReader::read_window(const FlatTable& options, int first_size, Operation& operation) {
    Window& window = operation.window;
    same_padding_ = options.number<std::int8_t>(0, 0) == 0;
    window.stride_x = options.number<std::int32_t>(1, 0);
    window.stride_y = options.number<std::int32_t>(2, 0);
    if (first_size) {
        window.width = options.number<std::int32_t>(first_size, 0);
        window.height = options.number<std::int32_t>(first_size + 1, 0);
    } else {
        if (operation.inputs.size() != 3) throw UnreadableModel("a convolution without bias");
        const std::vector<int>& shape = tensor(operation.inputs[1]).shape;
        if (shape.size() != 4) throw UnreadableModel("weights of another shape");
        window.height = shape[1];
        window.width = shape[2];
    }
    constexpr int window_max = 256;
    for (const int size : {window.width, window.height, window.stride_x, window.stride_y})
        if (size < 1 || size > window_max) throw UnreadableModel("a window of unknown size");
    if (same_padding_) pad_to_same(operation);
}

void ModelReader::pad_to_same(Operation& operation) {
    const Extent from = tensor(operation.inputs.front()).extent();
    Window& window = operation.window;
    const auto missing = [](int size, int stride, int reach) {
        return std::max(((size + stride - 1) / stride - 1) * stride + reach - size, 0);
    };
    // TensorFlow puts an odd pixel at the bottom and right.
    const int rows = missing(from.height, window.stride_y, window.height);
    const int columns = missing(from.width, window.stride_x, window.width);
    window.pad_top = rows / 2;
    window.pad_bottom = rows - window.pad_top;
    window.pad_left = columns / 2;
    window.pad_right = columns - window.pad_left;
}

/// Its strides lie in the custom options as plain numbers: kind of padding, x, y.
void ModelReader::read_transposed(const FlatTable& table, Operation& operation) {
    operation.kind = Operator::convolve_transposed;
    const FileBytes raw = table.raw(5);
    if (operation.inputs.size() != 3) throw UnreadableModel("a convolution without bias");
    const std::vector<int>& shape = tensor(operation.inputs[1]).shape;
    if (shape.size() != 4) throw UnreadableModel("weights of another shape");
    operation.window.height = shape[1];
    operation.window.width = shape[2];
    operation.window.stride_x = read_number<std::int32_t>(raw, 4);
    operation.window.stride_y = read_number<std::int32_t>(raw, 8);
}

void ModelReader::take_padding(Operation& operation) {
    for (std::size_t at = 0; at < operation.inputs.size(); ++at) {
        const auto found = paddings_.find(operation.inputs[at]);
        if (found == paddings_.end()) continue;
        const bool convolution =
            operation.kind == Operator::convolve || operation.kind == Operator::convolve_by_channel;
        if (at != 0 || !convolution || same_padding_) throw UnreadableModel("padding before another operation");
        const Padding& padding = found->second;
        operation.inputs.front() = padding.tensor;
        operation.window.pad_top = padding.top;
        operation.window.pad_left = padding.left;
        operation.window.pad_bottom = padding.bottom;
        operation.window.pad_right = padding.right;
    }
}

}  // namespace

Model read_model(FileBytes file) {
    return ModelReader(file).read();
}

}  // namespace fitview::engine::network
