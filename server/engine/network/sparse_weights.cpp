#include "engine/network/sparse_weights.hpp"

#include <algorithm>

namespace fitview::engine::network {
namespace {

constexpr std::size_t blocks_max = 4;

/// One dimension in the order of storage: all places in turn, or a list of those that are stored.
struct Level {
    bool listed = false;
    int size = 0;
    std::vector<int> segments;  ///< of `places`, one more than the places of the level above
    std::vector<int> places;
};

/// A list of numbers stored with 32, 16 or 8 bits; the field holds the kind, the next one the list.
std::vector<int> read_indices(const FlatTable& level, int field) {
    const FlatTable list = level.table(field + 1);
    switch (level.number<std::uint8_t>(field, 0)) {
        case 1:
            return list.numbers<std::int32_t>(0);
        case 2: {
            const auto narrow = list.numbers<std::uint16_t>(0);
            return {narrow.begin(), narrow.end()};
        }
        case 3: {
            const auto narrow = list.numbers<std::uint8_t>(0);
            return {narrow.begin(), narrow.end()};
        }
        default:
            throw UnreadableModel("sparse weights with an unknown kind of index");
    }
}

class SparseReader {
public:
    SparseReader(const std::vector<float>& stored, const std::vector<int>& shape, const FlatTable& description)
        : stored_(stored),
          shape_(shape),
          order_(description.numbers<std::int32_t>(0)),
          blocks_(description.numbers<std::int32_t>(1)) {
        const std::vector<FlatTable> tables = description.tables(2);
        const std::size_t count = shape.size() + blocks_.size();
        if (blocks_.size() > blocks_max || order_.size() != count || tables.size() != count)
            throw UnreadableModel("sparse weights of another shape");
        for (const FlatTable& table : tables) {
            Level level;
            level.listed = table.number<std::int8_t>(0, 0) != 0;
            level.size = table.number<std::int32_t>(1, 0);
            if (level.listed) {
                level.segments = read_indices(table, 2);
                level.places = read_indices(table, 4);
            }
            levels_.push_back(std::move(level));
        }
        check_order();
        place_.resize(count);
        std::size_t total = 1;
        for (const int size : shape) total *= static_cast<std::size_t>(size);
        result_.resize(total);
    }

    std::vector<float> read() {
        walk(0, 0);
        if (used_ != stored_.size()) throw UnreadableModel("sparse weights are left over");
        return std::move(result_);
    }

private:
    /// First the dimensions, in any order, then the blocks, each splitting a dimension.
    void check_order() const {
        const auto rank = static_cast<int>(shape_.size());
        const auto within = [](int value, int limit) { return value >= 0 && value < limit; };
        for (std::size_t at = 0; at < order_.size(); ++at) {
            const int dimension = order_[at];
            const bool fits = at < shape_.size() ? within(dimension, rank)
                                                 : within(dimension - rank, static_cast<int>(blocks_.size()));
            if (!fits) throw UnreadableModel("sparse weights in an unknown order");
        }
        for (const int block : blocks_)
            if (!within(block, rank)) throw UnreadableModel("sparse blocks of an unknown dimension");
    }

    void walk(std::size_t depth, std::size_t above) {
        if (depth == levels_.size()) {
            store();
            return;
        }
        const Level& level = levels_[depth];
        if (!level.listed) {
            for (int at = 0; at < level.size; ++at) {
                place_[depth] = at;
                walk(depth + 1, above * static_cast<std::size_t>(level.size) + static_cast<std::size_t>(at));
            }
            return;
        }
        if (above + 1 >= level.segments.size()) throw UnreadableModel("sparse weights lack a segment");
        for (int at = level.segments[above]; at < level.segments[above + 1]; ++at) {
            if (at < 0 || static_cast<std::size_t>(at) >= level.places.size())
                throw UnreadableModel("a sparse segment leaves its list");
            place_[depth] = level.places[static_cast<std::size_t>(at)];
            walk(depth + 1, static_cast<std::size_t>(at));
        }
    }

    void store() {
        const std::size_t rank = shape_.size();
        std::vector<std::int64_t> coordinates(rank);
        const auto set = [&](std::size_t dimension, std::int64_t coordinate) {
            if (coordinate < 0 || coordinate >= shape_[dimension])
                throw UnreadableModel("a sparse weight lies outside its shape");
            coordinates[dimension] = coordinate;
        };
        for (std::size_t at = 0; at < rank; ++at) set(static_cast<std::size_t>(order_[at]), place_[at]);
        for (std::size_t at = rank; at < levels_.size(); ++at) {
            const auto dimension = static_cast<std::size_t>(blocks_[static_cast<std::size_t>(order_[at]) - rank]);
            set(dimension, coordinates[dimension] * levels_[at].size + place_[at]);
        }
        std::size_t flat = 0;
        for (std::size_t at = 0; at < rank; ++at)
            flat = flat * static_cast<std::size_t>(shape_[at]) + static_cast<std::size_t>(coordinates[at]);
        if (used_ == stored_.size()) throw UnreadableModel("too few sparse weights are stored");
        result_[flat] = stored_[used_++];
    }

    const std::vector<float>& stored_;
    const std::vector<int>& shape_;
    std::vector<int> order_;
    std::vector<int> blocks_;
    std::vector<Level> levels_;
    std::vector<int> place_;
    std::vector<float> result_;
    std::size_t used_ = 0;
};

}  // namespace

std::vector<float> fill_sparse(const std::vector<float>& stored, const std::vector<int>& shape,
                               const FlatTable& description) {
    return SparseReader(stored, shape, description).read();
}

}  // namespace fitview::engine::network
