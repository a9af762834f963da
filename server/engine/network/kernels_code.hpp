#pragma once
// Included by each file that compiles the kernels for one kind of processor. Uses no function of the standard library:
// a copy compiled for a newer processor could be linked into code that runs on every one.
#include "engine/network/kernels.hpp"

namespace fitview::engine::network {
namespace {

#ifdef __AVX2__
constexpr int lanes = 8;
constexpr int rows_at_once = 6;
#else
constexpr int lanes = 4;
constexpr int rows_at_once = 3;
#endif
constexpr int rows_in_cache = 48;

using Lanes [[gnu::vector_size(4 * lanes), gnu::aligned(4)]] = float;

inline Lanes load(const float* from) {
    return *reinterpret_cast<const Lanes*>(from);
}
inline void store(float* to, const Lanes& value) {
    *reinterpret_cast<Lanes*>(to) = value;
}

template <Activation activation, class Value>
inline Value activate(Value value) {
    if constexpr (activation != Activation::none) value = value < 0.0F ? Value{} : value;
    if constexpr (activation == Activation::relu6) value = value > 6.0F ? Value{} + 6.0F : value;
    return value;
}

template <Activation activation>
struct Constant {
    static constexpr Activation value = activation;
};

/// Calls `work` with the activation as a constant.
template <class Work>
inline void with_activation(Activation activation, const Work& work) {
    if (activation == Activation::none)
        work(Constant<Activation::none>());
    else if (activation == Activation::relu)
        work(Constant<Activation::relu>());
    else
        work(Constant<Activation::relu6>());
}

/// A tile of the product: up to `rows_at_once` rows by `vectors` vectors of columns.
template <Activation activation, int vectors>
inline void multiply_tile(const Product& product, int first_row, int rows, int first_column) {
    const float* weights = product.weights + static_cast<std::size_t>(first_column) * product.depth;
    const float* bias = product.bias + first_column;
    Lanes sums[rows_at_once][vectors];
    const float* row[rows_at_once];
    for (int at = 0; at < rows_at_once; ++at) {
        for (int vector = 0; vector < vectors; ++vector) sums[at][vector] = load(bias + lanes * vector);
        const int own = first_row + (at < rows ? at : rows - 1);  // the missing rows repeat the last one
        row[at] = product.rows + product.row_step * static_cast<std::size_t>(own);
    }
    for (int depth = 0; depth < product.depth; ++depth) {
        Lanes weight[vectors];
        for (int vector = 0; vector < vectors; ++vector) weight[vector] = load(weights + lanes * vector);
        weights += lanes * vectors;
        for (int at = 0; at < rows_at_once; ++at) {
            const float factor = row[at][depth];
            for (int vector = 0; vector < vectors; ++vector) sums[at][vector] += factor * weight[vector];
        }
    }
    const int columns = product.columns - first_column;
    for (int at = 0; at < rows; ++at) {
        float* result = product.result + product.result_step * static_cast<std::size_t>(first_row + at) + first_column;
        for (int vector = 0; vector < vectors; ++vector) {
            const Lanes sum = activate<activation>(sums[at][vector]);
            const int left = columns - lanes * vector;
            if (left >= lanes)
                store(result + lanes * vector, sum);
            else
                for (int lane = 0; lane < left; ++lane) result[lanes * vector + lane] = sum[lane];
        }
    }
}

template <Activation activation>
void multiply_rows(const Product& product) {
    for (int block = 0; block < product.row_count; block += rows_in_cache) {
        const int end = block + rows_in_cache < product.row_count ? block + rows_in_cache : product.row_count;
        for (int column = 0; column < product.columns; column += product.panel)
            for (int row = block; row < end; row += rows_at_once) {
                const int rows = end - row < rows_at_once ? end - row : rows_at_once;
                if (product.panel == wide_panel)
                    multiply_tile<activation, wide_panel / lanes>(product, row, rows, column);
                else
                    multiply_tile<activation, narrow_panel / lanes>(product, row, rows, column);
            }
    }
}

void multiply(const Product& product) {
    with_activation(product.activation, [&](auto kind) { multiply_rows<decltype(kind)::value>(product); });
}

/// The part of a window that lies inside the picture.
struct Inside {
    int first_row, end_row, first_column, end_column;
};

template <Activation activation>
void convolve_place(const PlaneOperation& planes, const float* weights, const float* bias, const Window& window, int y,
                    int x, const Inside& inside) {
    const auto channels = static_cast<std::size_t>(planes.from.channels);
    float* result = planes.result + (static_cast<std::size_t>(y) * planes.to.width + x) * channels;
    const int top = y * window.stride_y - window.pad_top;
    const int left = x * window.stride_x - window.pad_left;
    const auto sum_at = [&](std::size_t channel, auto sum, const auto& multiplied) {
        for (int row = inside.first_row; row < inside.end_row; ++row) {
            const std::size_t from = (static_cast<std::size_t>(top + row) * planes.from.width + left +
                                      static_cast<std::size_t>(inside.first_column)) *
                                     channels;
            const std::size_t weight = static_cast<std::size_t>(row * window.width + inside.first_column) * channels;
            const float* input = planes.input + from + channel;
            const float* factor = weights + weight + channel;
            for (int column = inside.first_column; column < inside.end_column; ++column) {
                sum += multiplied(input, factor);
                input += channels;
                factor += channels;
            }
        }
        return activate<activation>(sum);
    };
    std::size_t channel = 0;
    for (; channel + lanes <= channels; channel += lanes)
        store(result + channel, sum_at(channel, load(bias + channel),
                                       [](const float* one, const float* other) { return load(one) * load(other); }));
    for (; channel < channels; ++channel)
        result[channel] =
            sum_at(channel, bias[channel], [](const float* one, const float* other) { return *one * *other; });
}

void convolve_by_channel(const PlaneOperation& planes, const float* weights, const float* bias, const Window& window,
                         Activation activation) {
    const auto inside = [](int start, int size, int limit) { return start + size > limit ? limit - start : size; };
    with_activation(activation, [&](auto kind) {
        for (int y = 0; y < planes.to.height; ++y) {
            const int top = y * window.stride_y - window.pad_top;
            for (int x = 0; x < planes.to.width; ++x) {
                const int left = x * window.stride_x - window.pad_left;
                const Inside part{top < 0 ? -top : 0, inside(top, window.height, planes.from.height),
                                  left < 0 ? -left : 0, inside(left, window.width, planes.from.width)};
                convolve_place<decltype(kind)::value>(planes, weights, bias, window, y, x, part);
            }
        }
    });
}

void add(const float* one, const float* other, float* sum, std::size_t count, Activation activation) {
    with_activation(activation, [&](auto kind) {
        std::size_t at = 0;
        for (; at + lanes <= count; at += lanes)
            store(sum + at, activate<decltype(kind)::value>(load(one + at) + load(other + at)));
        for (; at < count; ++at) sum[at] = activate<decltype(kind)::value>(one[at] + other[at]);
    });
}

void scale(const float* input, const float* factors, float* result, std::size_t places, std::size_t channels) {
    for (std::size_t place = 0; place < places; ++place) {
        std::size_t channel = 0;
        for (; channel + lanes <= channels; channel += lanes)
            store(result + channel, load(input + channel) * load(factors + channel));
        for (; channel < channels; ++channel) result[channel] = input[channel] * factors[channel];
        input += channels;
        result += channels;
    }
}

/// Two neighbouring places and the share of the second.
struct Between {
    int first, second;
    float share;
};

inline Between between(int at, int from, int to) {
    const float place = (static_cast<float>(at) + 0.5F) * static_cast<float>(from) / static_cast<float>(to) - 0.5F;
    const float inside = place < 0 ? 0 : place;
    const int floor = static_cast<int>(inside);
    const int first = floor < from ? floor : from - 1;
    return {first, first + 1 < from ? first + 1 : first, inside - static_cast<float>(floor)};
}

void resize(const PlaneOperation& planes) {
    const auto channels = static_cast<std::size_t>(planes.from.channels);
    const auto place = [&](int y, int x) {
        return planes.input + (static_cast<std::size_t>(y) * planes.from.width + x) * channels;
    };
    float* result = planes.result;
    for (int y = 0; y < planes.to.height; ++y) {
        const Between row = between(y, planes.from.height, planes.to.height);
        for (int x = 0; x < planes.to.width; ++x, result += channels) {
            const Between column = between(x, planes.from.width, planes.to.width);
            const float* corner[4] = {place(row.first, column.first), place(row.first, column.second),
                                      place(row.second, column.first), place(row.second, column.second)};
            const float share[4] = {(1 - row.share) * (1 - column.share), (1 - row.share) * column.share,
                                    row.share * (1 - column.share), row.share * column.share};
            std::size_t channel = 0;
            for (; channel + lanes <= channels; channel += lanes) {
                Lanes sum = load(corner[0] + channel) * share[0];
                for (int at = 1; at < 4; ++at) sum += load(corner[at] + channel) * share[at];
                store(result + channel, sum);
            }
            for (; channel < channels; ++channel) {
                float sum = corner[0][channel] * share[0];
                for (int at = 1; at < 4; ++at) sum += corner[at][channel] * share[at];
                result[channel] = sum;
            }
        }
    }
}

constexpr Kernels compiled_kernels{multiply, convolve_by_channel, add, scale, resize};

}  // namespace
}  // namespace fitview::engine::network
