#pragma once
// A sorted list of ordinals that takes one more, or gives one back, without moving all the others.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace fitview::products {

/// Ordinals in the order of a comparison that every call is given (it reads the arrays the ordinals point into, so it
/// cannot live in here). They are kept in blocks: a change moves at most one block, a position is found by counting
/// blocks. The comparison must be a strict total order and must not change its mind about what is inside. Reading from
/// several threads at once is safe, changing is not.
class OrderedOrdinals {
public:
    /// Takes all of `ordinals`, in any order, in place of what was there.
    template <class Less>
    void assign(std::vector<std::uint32_t> ordinals, const Less& less) {
        std::sort(ordinals.begin(), ordinals.end(), less);
        assign_sorted(ordinals);
    }

    /// Takes all of `ordinals`, which are in order, in place of what was there.
    void assign_sorted(const std::vector<std::uint32_t>& ordinals) {
        blocks_.clear();
        for (std::size_t at = 0; at < ordinals.size(); at += block_fill) {
            const std::size_t end = std::min(at + block_fill, ordinals.size());
            blocks_.emplace_back(ordinals.begin() + std::ptrdiff_t(at), ordinals.begin() + std::ptrdiff_t(end));
        }
        size_ = ordinals.size();
    }

    template <class Less>
    void insert(std::uint32_t ordinal, const Less& less) {
        ++size_;
        if (blocks_.empty()) {
            blocks_.push_back({ordinal});
            return;
        }
        auto block = block_of(blocks_, [&](std::uint32_t other) { return less(other, ordinal); });
        if (block == blocks_.end()) --block;
        block->insert(std::lower_bound(block->begin(), block->end(), ordinal, less), ordinal);
        if (block->size() > block_max) {
            const auto middle = block->begin() + std::ptrdiff_t(block->size() / 2);
            std::vector<std::uint32_t> upper(middle, block->end());
            block->erase(middle, block->end());
            blocks_.insert(block + 1, std::move(upper));
        }
    }

    /// Takes `ordinal` out; nothing happens when it is not there.
    template <class Less>
    void erase(std::uint32_t ordinal, const Less& less) {
        const auto block = block_of(blocks_, [&](std::uint32_t other) { return less(other, ordinal); });
        if (block == blocks_.end()) return;
        const auto place = std::lower_bound(block->begin(), block->end(), ordinal, less);
        if (place == block->end() || *place != ordinal) return;
        block->erase(place);
        --size_;
        if (block->empty()) blocks_.erase(block);
    }

    std::size_t size() const { return size_; }

    /// Calls `visit(ordinal)` in order from `position` on, until it returns false.
    template <class Visit>
    void visit_from(std::size_t position, const Visit& visit) const {
        for (const auto& block : blocks_) {
            if (position >= block.size()) {
                position -= block.size();
                continue;
            }
            for (std::size_t at = position; at < block.size(); ++at) {
                if (!visit(block[at])) return;
            }
            position = 0;
        }
    }

    /// Calls `visit(ordinal)` in order, from the first for which `before` is false on, until it returns false.
    /// `before` must be true for a beginning of the list and false for the rest.
    template <class Before, class Visit>
    void visit_after(const Before& before, const Visit& visit) const {
        const auto first = block_of(blocks_, before);
        for (auto block = first; block != blocks_.end(); ++block) {
            auto place = block == first ? std::partition_point(block->begin(), block->end(), before) : block->begin();
            for (; place != block->end(); ++place) {
                if (!visit(*place)) return;
            }
        }
    }

    std::size_t bytes() const { return size_ * sizeof(std::uint32_t) * 3 / 2; }

private:
    using Blocks = std::vector<std::vector<std::uint32_t>>;
    static constexpr std::size_t block_fill = 512;
    static constexpr std::size_t block_max = 1024;

    /// The first block whose last ordinal is not before.
    template <class SomeBlocks, class Before>
    static auto block_of(SomeBlocks& blocks, const Before& before) {
        return std::partition_point(blocks.begin(), blocks.end(),
                                    [&](const std::vector<std::uint32_t>& block) { return before(block.back()); });
    }

    Blocks blocks_;
    std::size_t size_ = 0;
};

}  // namespace fitview::products
