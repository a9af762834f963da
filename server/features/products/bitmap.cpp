#include "products/bitmap.hpp"

namespace fitview::products {

Bitmap Bitmap::union_of(const std::vector<const Bitmap*>& sets) {
    std::vector<const roaring_bitmap_t*> parts;
    parts.reserve(sets.size());
    for (const Bitmap* set : sets) {
        if (set->bits_) parts.push_back(set->bits_.get());
    }
    if (parts.empty()) return {};
    return Bitmap(roaring_bitmap_or_many(parts.size(), parts.data()));
}

std::vector<std::uint32_t> Bitmap::values() const {
    std::vector<std::uint32_t> values(count());
    if (!values.empty()) roaring_bitmap_to_uint32_array(bits_.get(), values.data());
    return values;
}

}  // namespace fitview::products
