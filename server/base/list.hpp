#pragma once
// Sequences and maps that carry their size limits.
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace fitview {

/// `Min` to `Max` items in the order given. The decoder names every wrong item and refuses other counts.
template <class T, std::size_t Min, std::size_t Max>
struct List {
    static constexpr std::size_t min_items = Min;
    static constexpr std::size_t max_items = Max;

    std::vector<T> items;

    auto begin() const { return items.begin(); }
    auto end() const { return items.end(); }
    std::size_t size() const { return items.size(); }
    bool empty() const { return items.empty(); }
    const T& operator[](std::size_t at) const { return items[at]; }
    bool operator==(const List&) const = default;
};

/// At most `Max` entries by name; `Key` is a value whose wire form is a text.
template <class Key, class T, std::size_t Max>
struct Map {
    static constexpr std::size_t max_items = Max;

    std::map<Key, T> items;

    auto begin() const { return items.begin(); }
    auto end() const { return items.end(); }
    std::size_t size() const { return items.size(); }
    bool empty() const { return items.empty(); }
    bool operator==(const Map&) const = default;
};

}  // namespace fitview
