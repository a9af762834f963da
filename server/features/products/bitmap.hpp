#pragma once
// A set of ordinals as a compressed bitmap (CRoaring). Copy-on-write stays off: its counters are not atomic.
#include <roaring/roaring.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace fitview::products {

/// An owning wrapper with the value semantics of a set. An empty set takes no memory of its own.
/// Reading from several threads at once is safe, changing is not.
class Bitmap {
public:
    Bitmap() = default;
    Bitmap(const Bitmap& other) : bits_(other.bits_ ? roaring_bitmap_copy(other.bits_.get()) : nullptr) {}
    Bitmap(Bitmap&&) noexcept = default;
    Bitmap& operator=(Bitmap other) noexcept {
        bits_ = std::move(other.bits_);
        return *this;
    }
    ~Bitmap() = default;

    static Bitmap of(const std::vector<std::uint32_t>& values) {
        return values.empty() ? Bitmap() : Bitmap(roaring_bitmap_of_ptr(values.size(), values.data()));
    }
    static Bitmap union_of(const std::vector<const Bitmap*>& sets);

    void add(std::uint32_t value) {
        if (!bits_) bits_.reset(roaring_bitmap_create());
        roaring_bitmap_add(bits_.get(), value);
    }
    void remove(std::uint32_t value) {
        if (bits_) roaring_bitmap_remove(bits_.get(), value);
    }
    bool contains(std::uint32_t value) const { return bits_ && roaring_bitmap_contains(bits_.get(), value); }
    std::size_t count() const { return bits_ ? roaring_bitmap_get_cardinality(bits_.get()) : 0; }
    bool empty() const { return !bits_ || roaring_bitmap_is_empty(bits_.get()); }

    std::size_t count_in_common(const Bitmap& other) const {
        return bits_ && other.bits_ ? roaring_bitmap_and_cardinality(bits_.get(), other.bits_.get()) : 0;
    }
    bool meets(const Bitmap& other) const {
        return bits_ && other.bits_ && roaring_bitmap_intersect(bits_.get(), other.bits_.get());
    }

    Bitmap operator&(const Bitmap& other) const {
        return bits_ && other.bits_ ? Bitmap(roaring_bitmap_and(bits_.get(), other.bits_.get())) : Bitmap();
    }
    Bitmap operator-(const Bitmap& other) const {
        return bits_ && other.bits_ ? Bitmap(roaring_bitmap_andnot(bits_.get(), other.bits_.get())) : *this;
    }
    Bitmap& operator|=(const Bitmap& other) {
        if (!bits_) return *this = other;
        if (other.bits_) roaring_bitmap_or_inplace(bits_.get(), other.bits_.get());
        return *this;
    }
    Bitmap& operator^=(const Bitmap& other) {
        if (!bits_) return *this = other;
        if (other.bits_) roaring_bitmap_xor_inplace(bits_.get(), other.bits_.get());
        return *this;
    }

    /// All values, ascending.
    std::vector<std::uint32_t> values() const;
    /// Gives memory back after the last of many additions.
    void shrink() {
        if (bits_) roaring_bitmap_shrink_to_fit(bits_.get());
    }
    /// About the memory in use, in bytes.
    std::size_t bytes() const {
        return bits_ ? roaring_bitmap_size_in_bytes(bits_.get()) + sizeof(roaring_bitmap_t) : 0;
    }

private:
    explicit Bitmap(roaring_bitmap_t* bits) : bits_(bits) {}

    struct Free {
        void operator()(roaring_bitmap_t* bits) const { roaring_bitmap_free(bits); }
    };
    std::unique_ptr<roaring_bitmap_t, Free> bits_;
};

}  // namespace fitview::products
