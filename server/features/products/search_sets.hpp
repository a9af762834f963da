#pragma once
// The sets one search works with.
#include <cstddef>
#include <utility>
#include <vector>

#include "products/bitmap.hpp"

namespace fitview::products {

/// A set that is either looked at where it lies or held here.
class SetView {
public:
    SetView() = default;
    explicit SetView(const Bitmap& lies_elsewhere) : borrowed_(&lies_elsewhere) {}
    explicit SetView(Bitmap&& own) : own_(std::move(own)) {}
    const Bitmap& operator*() const { return borrowed_ != nullptr ? *borrowed_ : own_; }
    const Bitmap* operator->() const { return &**this; }

private:
    const Bitmap* borrowed_ = nullptr;
    Bitmap own_;
};

inline SetView any_of(const std::vector<const Bitmap*>& sets) {
    if (sets.size() == 1) return SetView(*sets.front());
    return SetView(Bitmap::union_of(sets));
}

/// Numbers per ordinal, as one bitmap for each binary digit.
class Score {
public:
    /// One point for each of `ordinals`.
    void add(Bitmap ordinals) {
        for (std::size_t digit = 0; !ordinals.empty(); ++digit) {
            if (digit == digits_.size()) digits_.emplace_back();
            Bitmap carry = digits_[digit] & ordinals;
            digits_[digit] ^= ordinals;
            ordinals = std::move(carry);
        }
    }

    /// Calls `visit(group)` for the groups of equal score, highest first, until it returns false.
    template <class Visit>
    bool visit_groups(const Bitmap& ordinals, const Visit& visit) const {
        return visit_groups(ordinals, digits_.size(), visit);
    }

private:
    template <class Visit>
    bool visit_groups(const Bitmap& ordinals, std::size_t digits, const Visit& visit) const {
        if (ordinals.empty()) return true;
        if (digits == 0) return visit(ordinals);
        const Bitmap& digit = digits_[digits - 1];
        return visit_groups(ordinals & digit, digits - 1, visit) && visit_groups(ordinals - digit, digits - 1, visit);
    }

    std::vector<Bitmap> digits_;
};

}  // namespace fitview::products
